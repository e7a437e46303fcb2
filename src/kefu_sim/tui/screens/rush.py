"""A shift: what can be done in it. Forwards what is typed to whom it is for."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from kefu_sim.base.text import clean
from kefu_sim.engine.step import Input, OpenCard, Say, Typing, UseQuick
from kefu_sim.i18n import tr
from kefu_sim.rush.floor import Seat
from kefu_sim.rush.handover import SLOTS, left_behind
from kefu_sim.rush.urgency import most_urgent
from kefu_sim.tui.keys import Place, actions, bindings
from kefu_sim.tui.rush_view import neighbour
from kefu_sim.tui.screens.goto import GotoScreen
from kefu_sim.tui.screens.note import ask_note
from kefu_sim.tui.screens.paused import PausedScreen
from kefu_sim.tui.screens.rush_desk import RushDesk
from kefu_sim.tui.screens.rush_papers import hand_over_form, leave_question, notices_page, promises_page, which_paper
from kefu_sim.tui.typeahead import asking
from kefu_sim.tui.widgets.buyer_list import BuyerList
from kefu_sim.tui.widgets.cards import card_block_index
from kefu_sim.tui.widgets.composer import Composer

IN_ORDER = frozenset(("goto", "cards", "book", "note", "notices", "busy"))
"""Actions whose keys must not overtake characters and switches typed before them."""


class RushScreen(RushDesk):
    """Many buyers."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rush")
    place: Place = "rush"

    def on_mount(self) -> None:
        """Keys that are about the window in front, or bring another one there, are taken in the order of typing."""
        keys = {"tab": self.action_next, "shift+tab": self.action_previous}
        keys |= {"ctrl+down": lambda: self.action_below(1), "ctrl+up": lambda: self.action_below(-1)}
        for action in actions("rush"):
            if action.name in IN_ORDER:
                keys |= {key: partial(self._act, action.name) for key in action.keys.split(",")}
        self.composer.in_order = keys
        self.composer.hears = self._heard

    def _act(self, name: str) -> None:
        if self.check_action(name, ()):
            getattr(self, f"action_{name}")()

    def advance(self) -> None:
        """Let time pass: called by the ticker."""
        if not self.over:
            self.play.advance()
        self.show_news()

    def send(self, buyer: str, given: Input) -> bool:
        """Do something in the window of a buyer; whether that could be done."""
        done = bool(self.play.feed(buyer, given))
        self.show_news()
        return done

    # ---- windows

    def action_next(self) -> None:
        """The most pressing window."""
        front = self.windows.front
        seat = most_urgent(self.play.floor, self.play.now, but=front)
        if seat is not None and seat.buyer != front:
            self.turn(seat.buyer)
        else:
            self.action_below()

    def action_previous(self) -> None:
        """The window before, as long as there is somebody in it."""
        self.turn(self.windows.before(self.play.floor.open) or "")

    def action_below(self, step: int = 1) -> None:
        """The window above or below in the list."""
        self.turn(neighbour(self.rows, self.windows.front, step) or "")

    @asking
    async def action_goto(self) -> None:
        """A window by number or name."""
        buyer = await self.app.push_screen_wait(GotoScreen(self.rows))
        if buyer is not None:
            self.turn(buyer)

    @on(BuyerList.Chosen)
    def clicked(self, event: BuyerList.Chosen) -> None:
        """A window in the list was clicked on."""
        self.turn(event.buyer)

    # ---- the draft

    def _heard(self, event: Message) -> None:
        """The draft of a buyer was begun, got a quick reply, or is sent."""
        match event:
            case Composer.Started(owner=owner):
                self.send(owner, Typing())
            case Composer.Quick(reply=reply, chars=chars, owner=owner):
                self.send(owner, UseQuick(reply, chars))
            case Composer.Submitted():
                self._said(event)
            case _:
                pass

    def _said(self, event: Composer.Submitted) -> None:
        """A message is sent to whom it was written for; what cannot go out stays a draft."""
        if self.send(event.owner, Say(event.text, event.typed, event.typing_s, event.pasted)):
            self.chat.to_end()
            return
        why = tr("Messages do not go out just now; the draft is kept.")
        if not self.play.run.blocked("sending"):
            why = tr("This buyer has gone; the draft is kept.")
        self.notify(why, severity="warning", markup=False)
        self.windows.give_back(event, self.composer)

    # ---- the rest

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the moment allows."""
        del parameters
        return not (self.over and action in {"pause", "quick", "goto", "busy"}) and (
            action != "notices" or bool(self.play.floor.notices)
        )

    def action_cards(self) -> None:
        """Open the next card."""
        seat = self.seat
        if seat is None:
            return
        if self.play.run.blocked("cards"):
            self.notify(tr("Cards cannot be opened just now."), severity="warning", markup=False)
            self.cards.change(seat.program.scenario.cards)
            return
        card = self.cards.turn()
        self.facts.to_block(card_block_index(seat.program.scenario.cards, card))
        if card is not None:
            self.send(seat.buyer, OpenCard(card))

    @asking
    async def action_note(self) -> None:
        """Write the note of this buyer's order; with several orders one is chosen first."""
        seat = self.seat
        if seat is None or seat.over:
            self.notify(tr("There is no order to write a note on: this buyer has gone."), markup=False)
            return
        name = clean(seat.visit.name)
        note = await ask_note(self.our_app, seat.program.scenario, seat.state, lambda: self.play.now, name)
        if note is not None and not self.send(seat.buyer, note):
            told = tr("{name} had gone before the note was saved: {text}").format(name=name, text=note.text)
            self.notify(told, severity="warning", timeout=12, markup=False)

    @asking
    async def action_book(self) -> None:
        """What was promised; and where the shift asks for it, the hand-over form of this buyer."""
        seat = self.seat
        asked = seat is not None and self.play.plan.shift.handover
        if seat is not None and asked and await self.app.push_screen_wait(which_paper(seat)) == "form":
            await self.hand_over(seat)
        else:
            self.app.push_screen(promises_page(self.play))

    async def hand_over(self, seat: Seat) -> None:
        """Fill in the form of one buyer."""
        given = await self.app.push_screen_wait(hand_over_form(self.play, seat))
        if given is not None:
            self.play.hand_over(seat.buyer, {slot: given[slot] for slot in SLOTS})

    def go_on(self) -> None:
        """After the bell: the report."""
        self.wind_up()

    @asking
    async def wind_up(self) -> None:
        """Forms for those left behind, then the report."""
        for seat in left_behind(self.play.floor) if self.play.plan.shift.handover else ():
            if seat.buyer not in self.play.floor.forms:
                self.show_window(seat.buyer)
                self.show_news()
                await self.hand_over(seat)
        self.our_app.typeahead.drop()
        self.our_app.rush.show_report(self.play)

    def action_notices(self) -> None:
        """Everything announced so far; it counts as read."""
        self.app.push_screen(notices_page(self.play))
        self.show_news()

    def action_busy(self) -> None:
        """Receive nobody new for a while; again: receive."""
        busy = not self.play.floor.busy
        if self.play.set_busy(busy=busy) and busy:
            told = tr("Busy: who comes now waits outside. The wait counts, and after 3 minutes they leave.")
            self.notify(told + "\n" + tr("Ctrl+O again: receive."), timeout=6, markup=False)
        self.show_news()

    def action_pause(self) -> None:
        """Stop the clock."""
        self.play.pause()
        if self.play.floor.paused:
            self.app.push_screen(PausedScreen(), self._go_on)

    def _go_on(self, _: None) -> None:
        self.play.resume()
        self.show_news()

    @asking
    async def action_leave(self) -> None:
        """Leave the shift: at once when it is over, else after a question."""
        answer = "end" if self.over else await self.app.push_screen_wait(leave_question(self.play))
        if answer == "end":
            self.play.leave()
            self.wind_up()
        elif answer == "later":
            self.our_app.go_home()
