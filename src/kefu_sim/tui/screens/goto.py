"""Finding a window by its number or by a piece of the buyer's name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, TextArea
from textual.widgets.option_list import Option

from kefu_sim.i18n import tr
from kefu_sim.tui.render import fitted, plain, shortened
from kefu_sim.tui.rush_view import BuyerRow
from kefu_sim.tui.typeahead import Dialog
from kefu_sim.tui.widgets.composer import Composer
from kefu_sim.tui.widgets.pick_list import MarkedList

LAST = 30
"""Cells of the last message."""


class GotoScreen(Dialog[str | None]):
    """Gives the id of a buyer; None when given up."""

    CSS_PATH = "../styles/form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False, system=True),
    ]

    found = getters.query_one("#found", OptionList)

    def __init__(self, rows: Sequence[BuyerRow]) -> None:
        super().__init__()
        self._rows = rows
        self._fitting: list[BuyerRow] = []
        self._wanted: str | None = None
        """What they were last looked up by."""

    def compose(self) -> ComposeResult:
        """What to look for, and who fits."""
        with Vertical(id="form") as box:
            box.border_title = plain(" " + tr("Find a buyer") + " ")
            box.border_subtitle = plain(" " + tr("number or name · Enter goes there · Esc stays") + " ")
            composer = Composer(lambda: 0.0, id="wanted")
            composer.add_class("field")
            composer.styles.height = 3
            composer.form_line, composer.dialog = True, self
            down, up = (partial(self.move, step) for step in (1, -1))
            composer.in_order = {"down": down, "tab": down, "up": up, "shift+tab": up}
            yield composer
            yield MarkedList(id="found")

    def on_mount(self) -> None:
        """All of them at first."""
        self.set_focus(self.query_one(Composer))
        self.look()
        self.opened()

    @on(TextArea.Changed, "#wanted")
    def look(self) -> None:
        """Show who fits: a number exactly first, then names."""
        wanted = self.query_one(Composer).text.strip()
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._fitting = [row for row in self._rows if not wanted or str(row.number) == wanted]
        self._fitting += [
            row
            for row in self._rows
            if wanted and row not in self._fitting and (wanted in row.name or str(row.number).startswith(wanted))
        ]
        self.found.set_options([Option(_line(row)) for row in self._fitting])
        if self._fitting:
            self.found.highlighted = 0

    @on(Composer.Submitted)
    def go(self, event: Composer.Submitted) -> None:
        """Go to who is chosen."""
        event.stop()
        at = self.found.highlighted
        self.dismiss(self._fitting[at].buyer if at is not None and at < len(self._fitting) else None)

    @on(OptionList.OptionSelected)
    def clicked(self, event: OptionList.OptionSelected) -> None:
        """Go to who was clicked on."""
        self.dismiss(self._fitting[event.option_index].buyer)

    def move(self, step: int) -> None:
        """Choose another one of those who fit what is typed by now."""
        self.look()
        if self._fitting:
            self.found.highlighted = ((self.found.highlighted or 0) + step) % len(self._fitting)

    def action_give_up(self) -> None:
        """Stay."""
        self.dismiss(None)


def _line(row: BuyerRow) -> Content:
    waits = fitted(plain("" if row.waited is None else row.waited, "$warning"), 6)
    name = fitted(plain(f"{row.number:>3}  {row.name}", "bold"), 24)
    return Content.assemble(name, waits, plain(shortened(row.last, LAST), "$muted"))
