"""What a shift shows: the windows at the left, the chat in the middle, cards and steps at the right."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kefu_sim.i18n import tr
from kefu_sim.quick.fill import variables
from kefu_sim.quick_replies import QuickRoom
from kefu_sim.rush.floor import Seat
from kefu_sim.rush.urgency import most_urgent
from kefu_sim.scenario.wares import tail_of
from kefu_sim.tui.at_once import paint_whole
from kefu_sim.tui.drafts import Windows
from kefu_sim.tui.render import StyleOf, plain
from kefu_sim.tui.rush_lines import board_lines, head_line
from kefu_sim.tui.rush_view import BuyerRow, buyer_row, buyer_rows, order_notes
from kefu_sim.tui.screens.chat import ChatScreen
from kefu_sim.tui.view import Standing, standing
from kefu_sim.tui.widgets.buyer_head import BuyerHead, BuyerPanel
from kefu_sim.tui.widgets.buyer_list import BuyerBar, BuyerList
from kefu_sim.tui.widgets.cards import Cards, all_cards
from kefu_sim.tui.widgets.changing_lines import ChangingLines
from kefu_sim.tui.widgets.chat_log import ChatLog
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.reply_box import ReplyBox

if TYPE_CHECKING:
    from kefu_sim.shifts import ShiftPlay

WIDE = 120
"""Columns from which the cards stand beside the chat."""


class RushDesk(ChatScreen):
    """Many buyers, brought up to the floor and the clock by `show_news`."""

    CSS_PATH = "../styles/rush.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-middle"), (WIDE, "-wide")]  # noqa: RUF012 (Textual's declaration)
    AUTO_FOCUS = "#composer"

    head = getters.query_one("#head", ChangingLines)
    news = getters.query_one("#news", Static)
    person = getters.query_one("#person", BuyerHead)
    panel = getters.query_one("#steps", BuyerPanel)
    facts = getters.query_one("#facts", LineView)

    def __init__(self, play: ShiftPlay, quick: QuickRoom) -> None:
        super().__init__()
        self.play = play
        self.quick = quick
        self.windows = Windows()
        self.rows: Sequence[BuyerRow] = ()
        """The buyer list as it is shown."""
        self._standing = Standing()
        """How the reception in front stands."""
        self._facts_of = ""
        """The story whose cards stand beside the chat."""
        self._addressed = ""
        """What stands over the composer; setting it anew would paint it anew."""

    def compose(self) -> ComposeResult:
        """Head, news, windows, chat, cards, keys."""
        yield ChangingLines(self._head, at_once=True, id="head")
        yield BuyerBar(id="bar")
        yield Static(id="news")
        with Horizontal(id="body"):
            yield BuyerList(id="list")
            with Vertical(id="talk"):
                yield BuyerHead(id="person")
                yield Cards({}, id="cards")
                yield ChatLog(reveal=True, id="chat")
                yield ReplyBox(lambda: self.play.now, self.quick, self._variables)
            with Vertical(id="side"):
                yield BuyerPanel(id="steps")
                yield LineView(id="facts")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what has happened before: all of it after a resume.

        What is in memory by now stays there; looking through it for garbage would hold up keys and windows.
        """
        gc.collect()
        gc.freeze()
        self.facts.can_focus = False
        if self.play.floor.front:
            self.show_window(self.play.floor.front)
        self.show_news()
        self.composer.focus()

    def on_unmount(self) -> None:
        """Let go of the log, so that it can be resumed."""
        self.play.close()
        gc.unfreeze()

    @property
    def over(self) -> bool:
        """Whether the bell has rung."""
        return self.play.over

    @property
    def seat(self) -> Seat | None:
        """The window in front."""
        return self.play.floor.seats.get(self.windows.front)

    def show_news(self) -> None:
        """Bring everything on the screen up to the floor and the clock."""
        if not self.is_mounted:
            return
        self._greet_first()
        floor = self.play.floor
        self.rows = buyer_rows(floor, self.play.now, self.windows.drafted)
        for name in ("#list", "#bar"):
            self.query_one(name, BuyerList).show(self.rows, len(floor.queue))
        if self.seat is not None:
            self._show_front(self.seat)
        self.head.update()
        self._show_board()
        if self.over and not self.has_class("-over"):
            self.close_composer(tr("The shift is over"), tr("Enter: see the report"))
        self.tell_unsaved(self.play.unsaved)

    def _greet_first(self) -> None:
        """The first buyer is looked at without a key; afterwards the agent turns."""
        if not self.windows.front and (seat := most_urgent(self.play.floor, self.play.now)) is not None:
            self.play.turn(seat.buyer)
            self.show_window(seat.buyer)

    def _show_front(self, seat: Seat) -> None:
        if self.chat.follow(seat.log, _needs(seat), seat.program.scenario):
            self._standing = standing(seat)
        self.chat.buyer_types(seat.state.due is not None and not seat.over)
        self._show_name(seat)
        self.panel.show(self._standing, order_notes(seat))

    def _show_name(self, seat: Seat) -> None:
        """Whom one talks to, above the chat and above the composer."""
        name, tail = seat.visit.name, tail_of(seat.program.scenario, seat.visit.tail)
        self.person.show(buyer_row(seat, self.play.floor, self.play.now), tail, self._standing)
        title = (tr("{name} has gone · Tab goes on") if seat.over else tr("To {name}")).format(name=name)
        if title != self._addressed and not self.over:
            self._addressed = title
            self.composer.border_title = plain(title)

    def _head(self, width: int, style_of: StyleOf) -> list[Content]:
        return [head_line(self.play.plan, self.play.floor, self.play.now, width, style_of)]

    def _show_board(self) -> None:
        lines = board_lines(self.play.plan.shift, self.play.floor, max(self.app.size.width - 2, 20))
        self.news.set_class(bool(lines), "-shown")
        board = Content("\n").join(lines)
        if lines and board != self.news.content:
            self.news.update(board)

    def turn(self, buyer: str) -> None:
        """Look at another window: its chat, its draft; what stands around them follows with the next frame."""
        if buyer != self.windows.front and buyer in self.play.floor.seats:
            self.play.turn(buyer)
            moves = self.box.picking
            self.show_window(buyer)
            if not moves:  # else the list of quick replies leaves room that only a frame can share out
                paint_whole(self.chat, self.composer)
            self.call_after_refresh(self.show_news)

    def show_window(self, buyer: str) -> None:
        """Bring a window to the front, without telling the shift of it."""
        seat = self.play.floor.seats[buyer]
        story = seat.program.scenario
        self.box.shut()
        self.windows.turn(buyer, self.composer)
        self.chat.turn_to_log(buyer, seat.log, _needs(seat), story)
        self.cards.change(story.cards)
        self._show_facts()
        self._standing = standing(seat)
        self._show_name(seat)

    def on_resize(self) -> None:
        """A wide screen shows the cards by themselves."""
        self._show_facts()

    def _show_facts(self) -> None:
        """The cards beside the chat, where there is room; those of one story are drawn once."""
        if self.seat is not None and self.app.size.width >= WIDE:
            story, cards = self.seat.visit.scenario, self.seat.program.scenario.cards
            if story != self._facts_of:
                self._facts_of = story
                self.facts.turn_to(story, lambda sheet: () if sheet.blocks else all_cards(cards))

    def _variables(self) -> Mapping[str, str]:
        seat = self.seat
        return variables(seat.program.scenario, seat.visit.name, seat.visit.tail) if seat is not None else {}


def _needs(seat: Seat) -> dict[str, str]:
    """Hidden needs of a story in words, by name."""
    return {name: hidden.text for name, hidden in seat.program.scenario.hidden.items() if hidden.need}
