"""A line of things to choose from, for keys and for the mouse."""

from __future__ import annotations

from textual.widgets import Static


class ClickLine(Static):
    """Pieces made by `render.clickable` are taken with a click; they look like the others."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.auto_links = False
