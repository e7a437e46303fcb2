"""A page over another screen whose rows can be disputed: every point of a reception, or how a reply was understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from kefu_sim.i18n import tr
from kefu_sim.tui.disputing import toggle
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import Block, plain
from kefu_sim.tui.typeahead import Overlay
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.row_page import RowPage

if TYPE_CHECKING:
    from kefu_sim.history.disputing import Docket
    from kefu_sim.tui.app import KefuApp

Painted = tuple[Sequence[Block], Mapping[int, int]]
"""Blocks of a page, and for those that are rows (index of the block) the index in the ledger."""
Painter = Callable[["Docket"], Painted]
"""Makes a page anew whenever something was disputed."""


class LedgerScreen(Overlay[None]):
    """Rows to read and to dispute; Esc goes back."""

    CSS_PATH = "../styles/page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("ledger")
    place: Place = "ledger"

    frame = getters.query_one("#frame", Vertical)
    page = getters.query_one("#page", RowPage)

    def __init__(self, title: str, docket: Docket, paint: Painter) -> None:
        super().__init__()
        self._title = title
        self.docket = docket
        self._paint = paint
        self._rows: Mapping[int, int] = {}

    def compose(self) -> ComposeResult:
        """A framed page above the key line."""
        with Vertical(id="frame"):
            yield RowPage(id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        """Arrow keys go from row to row at once."""
        self._fill(stay=False)
        self.page.focus()

    def turn_to(self, title: str, docket: Docket, paint: Painter) -> None:
        """Show another page."""
        self._title, self.docket, self._paint = title, docket, paint
        self._fill(stay=False)
        self.query_one(KeyLine).refresh()

    def repaint(self) -> None:
        """Something was disputed, here or over this page."""
        self._fill(stay=True)

    def _fill(self, *, stay: bool) -> None:
        self.frame.border_title = plain(f" {self._title} ")
        blocks, self._rows = self._paint(self.docket)
        self.page.show_rows(blocks, self._rows, stay=stay)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was not kept cannot be disputed: the key is not offered, and its letter goes nowhere else."""
        del parameters
        return True if action != "dispute" or self.docket.reception else None

    def on_key(self, event: events.Key) -> None:
        """Say why nothing can be disputed to whoever tries."""
        bound = self.active_bindings.get(event.key)
        if bound is not None and bound.binding.action == "dispute" and not bound.enabled:
            event.stop()
            told = tr("nothing of this reception is saved, so nothing can be disputed")
            self.notify(told, markup=False)

    @work
    async def action_dispute(self) -> None:
        """Dispute the row in hand, or take that back; one out of sight is brought into view."""
        row = self.page.row
        self.page.reveal()
        if row is not None and await toggle(cast("KefuApp", self.app), self.docket, [self._rows[row]]):
            self.repaint()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()
