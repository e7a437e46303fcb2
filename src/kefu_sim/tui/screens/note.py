"""Short texts written over another screen: the note of an order, while the chat goes on, and a remark on a row."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from kefu_sim.base.text import clean
from kefu_sim.engine.state import State
from kefu_sim.engine.step import Note
from kefu_sim.i18n import tr
from kefu_sim.scenario.model import Scenario
from kefu_sim.tui.render import plain
from kefu_sim.tui.screens.page import AskScreen, Choice
from kefu_sim.tui.typeahead import Dialog
from kefu_sim.tui.widgets.composer import Composer

if TYPE_CHECKING:
    from kefu_sim.tui.app import KefuApp


class NoteScreen(Dialog[str | None]):
    """A field at the foot of the screen; Esc leaves the note as it was (None)."""

    CSS_PATH = "../styles/page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False, system=True)]

    def __init__(self, order: str, text: str, now: Callable[[], float]) -> None:
        """`order` in words, empty where there is but one; `text` is what stands there."""
        super().__init__()
        self._order = order
        self._text = text
        self._now = now

    def compose(self) -> ComposeResult:
        """The field."""
        field = Composer(self._now, id="note")
        field.form_line, field.dialog = True, self
        title = tr("Note on {order}").format(order=self._order) if self._order else tr("Order note")
        field.border_title = plain(title)
        field.border_subtitle = tr("Enter saves · Esc back")
        yield field

    def on_mount(self) -> None:
        """Go on at the end of what stands there."""
        field = self.query_one(Composer)
        field.load_text(self._text)
        field.move_cursor(field.document.end)
        self.set_focus(field)
        self.opened()

    @on(Composer.Submitted)
    def saved(self, event: Composer.Submitted) -> None:
        """Save."""
        event.stop()
        self.dismiss(event.text)

    def action_back(self) -> None:
        """Leave it."""
        self.dismiss(None)


class RemarkScreen(NoteScreen):
    """A field for a short remark; Esc gives None."""

    def __init__(self, row: str) -> None:
        """`row`: what it is about, short."""
        super().__init__(row, "", time.monotonic)

    def compose(self) -> ComposeResult:
        """The field."""
        field = Composer(self._now, id="note")
        field.form_line, field.dialog = True, self
        field.border_title = plain(tr("“{row}”: what is wrong? (may stay empty)").format(row=self._order))
        field.border_subtitle = tr("Enter disputes · Esc back")
        yield field

    def on_mount(self) -> None:
        """What was typed while it was being opened."""
        cast("KefuApp", self.app).typeahead.give(self.query_one(Composer))


async def ask_note(
    app: App[int], scenario: Scenario, state: State, now: Callable[[], float], buyer: str = ""
) -> Note | None:
    """Let a note be written; with several orders one is chosen first. None when it is left as it was.

    `buyer`: whose order it is, where there are many.
    """
    orders, order = scenario.orders, ""
    if orders:
        choices = [Choice("", tr("None"))]
        choices += [Choice(name, clean(title), clean(state.notes.get(name, ""))) for name, title in orders.items()]
        order = await app.push_screen_wait(AskScreen(tr("A note on which order?"), choices))
        if not order:
            return None
    about = " · ".join(filter(None, (buyer, clean(orders.get(order, "")))))
    text = await app.push_screen_wait(NoteScreen(about, state.notes.get(order, ""), now))
    return None if text is None else Note(text, order)
