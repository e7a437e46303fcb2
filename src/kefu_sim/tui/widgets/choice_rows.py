"""Rows of choices: up and down choose a row, left and right its value; everything there is to choose is in sight."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from kefu_sim.tui.render import clickable, fitted, plain

LABEL = 12
"""Cells of the labels."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to choose."""

    name: str
    label: str
    options: Sequence[tuple[Hashable, str]]
    """Value and how it is called."""


class ChoiceRows(Widget, can_focus=True):
    """Several rows, one of them in hand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
    ]
    DEFAULT_CSS = "ChoiceRows { height: auto; text-wrap: nowrap; }"
    ALLOW_SELECT = False

    class Changed(Message):
        """Another row or value."""

    def __init__(self, rows: Sequence[Row], values: dict[str, Hashable], *, id: str | None = None) -> None:  # noqa: A002
        """`values` says what is chosen at first, by row name."""
        super().__init__(id=id)
        self.auto_links = False
        self._rows = list(rows)
        self.values = dict(values)
        self._at = 0

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Offer other rows; what was chosen stays as far as it is offered."""
        here = self._rows[self._at].name
        self._rows = list(rows)
        names = [row.name for row in rows]
        self._at = names.index(here) if here in names else 0
        self.refresh(layout=True)

    def _chosen(self, row: Row) -> int:
        values = [value for value, _ in row.options]
        wanted = self.values.get(row.name)
        return values.index(wanted) if wanted in values else 0

    def value(self, name: str) -> Hashable:
        """What is chosen in a row; None when the row is not offered."""
        row = next((row for row in self._rows if row.name == name), None)
        return row.options[self._chosen(row)][0] if row is not None else None

    def action_move(self, step: int) -> None:
        """Another row."""
        self._at = (self._at + step) % len(self._rows)
        self.refresh()

    def action_turn(self, step: int) -> None:
        """Another value of the row."""
        row = self._rows[self._at]
        self.action_take(self._at, (self._chosen(row) + step) % len(row.options))

    def action_take(self, at: int, option: int) -> None:
        """The value of a row, as it was clicked on."""
        row = self._rows[at]
        self.values[row.name] = row.options[option][0]
        self.refresh()
        self.post_message(self.Changed())

    def on_click(self, event: events.Click) -> None:
        """Take the row clicked on."""
        if 0 <= event.y < len(self._rows):
            self._at = event.y
            self.refresh()

    def render(self) -> Content:
        """All rows; a row too long for the width shows what is near its choice."""
        return Content("\n").join([self._line(at, row) for at, row in enumerate(self._rows)])

    def _line(self, at: int, row: Row) -> Content:
        here, chosen = at == self._at and self.has_focus, self._chosen(row)
        label = fitted(plain(f"{'▸' if here else ' '} {row.label}", "bold $accent" if here else "$muted"), LABEL + 2)
        chips = []
        for index, (_, title) in enumerate(row.options):
            text = f" {'●' if index == chosen else '○'} {title} "
            style = (
                "bold $key-text on $key-face" if index == chosen and here else "bold" if index == chosen else "$muted"
            )
            chips.append(clickable(plain(text, style), f"take({at}, {index})"))
        room, first = self.content_size.width - LABEL - 2, 0
        while first < chosen and sum(chip.cell_length for chip in chips[first : chosen + 1]) > room - 2:
            first += 1
        lead = plain("… " if first else "", "$muted")
        return Content.assemble(label, lead, *chips[first:]).truncate(max(self.content_size.width, 1), ellipsis=True)
