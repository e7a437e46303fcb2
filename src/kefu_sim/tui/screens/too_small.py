"""Shown while the terminal is too small to chat in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from kefu_sim.i18n import tr
from kefu_sim.tui.whole import Whole

MIN_COLUMNS, MIN_ROWS = 60, 16


class TooSmallScreen(Whole, ModalScreen[None]):
    """Goes away by itself when the window grows."""

    CSS = """
    TooSmallScreen { align: center middle; background: $background; }
    TooSmallScreen Static { width: 100%; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        """The notice."""
        yield Static(id="notice", markup=False)

    def on_mount(self) -> None:
        """Say how much is missing."""
        self.tell()

    def on_resize(self) -> None:
        """Say it anew."""
        self.tell()

    def tell(self) -> None:
        """Name the size there is and the size that is needed."""
        size = self.app.size
        text = tr("The window is too small ({columns}×{rows}).\nPlease make it at least {min_columns}×{min_rows}.")
        self.query_one(Static).update(
            text.format(columns=size.width, rows=size.height, min_columns=MIN_COLUMNS, min_rows=MIN_ROWS)
        )
