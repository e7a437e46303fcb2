"""A shift: the windows at the left, the chat in the middle, cards and steps at the right. Forwards what is typed."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kefu_sim.engine.step import Input, OpenCard, Say, Typing, UseQuick
from kefu_sim.i18n import language, tr
from kefu_sim.quick_replies import QuickRoom, variables
from kefu_sim.rush.floor import Seat
from kefu_sim.rush.handover import SLOTS, left_behind
from kefu_sim.rush.pledges import book
from kefu_sim.rush.urgency import most_urgent
from kefu_sim.scenario.wares import tail_of
from kefu_sim.shift_words import shift_title, slot_title
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import Block, StyleOf, indented, plain, sides, wrapped
from kefu_sim.tui.rush_report import promise_blocks
from kefu_sim.tui.rush_view import BuyerRow, buyer_rows, neighbour, order_notes
from kefu_sim.tui.screens.form import Field, FormScreen
from kefu_sim.tui.screens.goto import GotoScreen
from kefu_sim.tui.screens.note import ask_note
from kefu_sim.tui.screens.page import AskScreen, Choice, PageScreen
from kefu_sim.tui.screens.paused import PausedScreen
from kefu_sim.tui.typing_meter import TypingMeter
from kefu_sim.tui.view import Standing, standing
from kefu_sim.tui.widgets.buyer_head import BuyerHead, BuyerPanel
from kefu_sim.tui.widgets.buyer_list import BuyerBar, BuyerList
from kefu_sim.tui.widgets.cards import Cards, all_cards
from kefu_sim.tui.widgets.chat_log import ChatLog
from kefu_sim.tui.widgets.composer import Composer, Draft
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.progress import Progress
from kefu_sim.tui.widgets.reply_box import ReplyBox
from kefu_sim.words import clock

if TYPE_CHECKING:
    from kefu_sim.shifts import ShiftPlay
    from kefu_sim.tui.app import KefuApp

WIDE = 120
"""Columns from which the cards stand beside the chat."""
LAST_MINUTE = 60.0
"""Seconds before the bell from which the time is shown as a warning."""


class RushScreen(Screen[None]):
    """Many buyers."""

    CSS_PATH = "../styles/rush.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-middle"), (WIDE, "-wide")]  # noqa: RUF012 (Textual's declaration)
    BINDINGS: ClassVar[list[BindingType]] = bindings("rush")
    AUTO_FOCUS = "#composer"
    place: Place = "rush"

    head = getters.query_one("#head", Static)
    news = getters.query_one("#news", Static)
    person = getters.query_one("#person", BuyerHead)
    chat = getters.query_one("#chat", ChatLog)
    cards = getters.query_one("#cards", Cards)
    facts = getters.query_one("#facts", LineView)
    box = getters.query_one(ReplyBox)
    composer = getters.query_one("#composer", Composer)

    def __init__(self, play: ShiftPlay, quick: QuickRoom) -> None:
        super().__init__()
        self.play = play
        self.quick = quick
        self._drafts: dict[str, Draft] = {}
        self._visited: list[str] = []
        """Windows in the order in which they were looked at, the latest last."""
        self._front = ""
        self._told = 0
        """Events of the window in front that are on the screen."""
        self._rows: Sequence[BuyerRow] = ()
        self._warned_unsaved = False
        self._facts_of: object = None
        """The cards that stand beside the chat."""

    # ---- layout

    def compose(self) -> ComposeResult:
        """Head, news, windows, chat, cards, keys."""
        yield Static(id="head")
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
        keys = {"tab": self.action_next, "shift+tab": self.action_previous}
        keys |= {"ctrl+down": lambda: self.action_below(1), "ctrl+up": lambda: self.action_below(-1)}
        self.composer.in_order = keys
        if self.play.floor.front:
            self._show_window(self.play.floor.front)
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
        return self.play.floor.seats.get(self._front)

    # ---- time and what it brings

    def advance(self) -> None:
        """Let time pass: called by the ticker."""
        if not self.over:
            self.play.advance()
        self.show_news()

    def _greet_first(self) -> None:
        """The first buyer is looked at without a key; afterwards the agent turns."""
        if not self._front and (seat := most_urgent(self.play.floor, self.play.now)) is not None:
            self.play.turn(seat.buyer)
            self._show_window(seat.buyer)

    def send(self, buyer: str, given: Input) -> bool:
        """Do something in the window of a buyer; whether that could be done."""
        done = bool(self.play.feed(buyer, given))
        self.show_news()
        return done

    def show_news(self) -> None:
        """Bring everything on the screen up to the floor and the clock."""
        if not self.is_mounted:
            return
        self._greet_first()
        floor, now = self.play.floor, self.play.now
        self._rows = buyer_rows(floor, now)
        for widget in self.query(BuyerList):
            widget.show(self._rows, len(floor.queue))
        self._show_front()
        self._show_head()
        self._show_board()
        if self.over and not self.has_class("-over"):
            self._close()
        self._tell_unsaved()

    def _show_front(self) -> None:
        seat = self.seat
        if seat is None:
            return
        if len(seat.log) > self._told:
            self.chat.tell(seat.log[self._told :], self._needs(seat), seat.program.scenario)
            self._told = len(seat.log)
            self._show_standing(standing(seat))
        self.chat.buyer_types(seat.state.due is not None and not seat.over)
        if not self.over:
            name = seat.visit.name
            title = tr("{name} has gone · Tab goes on") if seat.over else tr("To {name}")
            self.composer.border_title = plain(title.format(name=name))
        self.person.row = next((row for row in self._rows if row.buyer == seat.buyer), None)

    def _show_standing(self, now: Standing) -> None:
        for panel in self.query(Progress):
            panel.standing = now
        for panel in self.query(BuyerPanel):
            panel.notes = order_notes(self.seat)

    def _show_head(self) -> None:
        play, floor = self.play, self.play.floor
        left_s = max(play.plan.shift.seconds - play.now, 0.0)
        left = Content.assemble(
            (" " + tr("Shift") + " ", "$key-text on $key-face bold"),
            " ",
            plain(shift_title(play.plan.shift, language()), "bold"),
            plain("  " + tr("{n} open").format(n=len(floor.open)), "$muted"),
            plain("  " + tr("{n} to come").format(n=len(play.plan.visits) - len(floor.visits)), "$muted"),
        )
        tally = floor.tally
        figures = []
        if tally.first is not None:
            figures.append(tr("first {n:.0f} s").format(n=tally.first))
        if tally.within_3min is not None:
            figures.append(tr("3 min {n:.0f}%").format(n=tally.within_3min))
        late = "$warning bold" if left_s <= LAST_MINUTE else ""
        right = Content.assemble(
            plain("  ".join(figures), "$muted"), "  ", (tr("left {time}").format(time=clock(left_s)), late), " "
        )
        line = sides(left, right, self.app.size.width)
        if line != self.head.content:
            self.head.update(line, layout=False)

    def _show_board(self) -> None:
        """Notices not yet read, and what does not work."""
        shift, floor = self.play.plan.shift, self.play.floor
        english = language() == "en"
        lines = [
            tr("Notice: {text} (F7: read)").format(text=notice.text_en if english and notice.text_en else notice.text)
            for index, notice in enumerate(shift.notices)
            if index in floor.notices and index not in floor.read
        ]
        for index in sorted(floor.broken):
            outage = shift.outages[index]
            text = (outage.text_en if english and outage.text_en else outage.text) or outage_title(outage.blocks)
            lines.append(tr("Out of order: {text}").format(text=text))
        self.news.set_class(bool(lines), "-shown")
        if lines:
            width = max(self.app.size.width - 2, 20)
            board = Content("\n").join([line for told in lines for line in wrapped(plain(told), width)][:3])
            if board != self.news.content:
                self.news.update(board)

    def _close(self) -> None:
        self.composer.read_only = True
        self.composer.border_title = tr("The shift is over")
        self.composer.border_subtitle = tr("Enter: see the report")
        self.add_class("-over")
        self.box.shut()
        self.query_one(KeyLine).refresh()

    def _tell_unsaved(self) -> None:
        if self.play.unsaved and not self._warned_unsaved:
            self._warned_unsaved = True
            text = tr("Nothing is saved any more; you can play on.") + "\n" + self.play.unsaved
            self.notify(text, title=tr("Disk trouble"), severity="warning", timeout=12, markup=False)

    # ---- windows

    def turn(self, buyer: str) -> None:
        """Look at another window: its chat, its cards, its draft."""
        if buyer == self._front or buyer not in self.play.floor.seats:
            return
        if self._front:
            self._drafts[self._front] = self.composer.put_aside()
        self.play.turn(buyer)
        self._show_window(buyer)
        self.show_news()

    def _show_window(self, buyer: str) -> None:
        self._front = buyer
        self._visited = [*(one for one in self._visited if one != buyer), buyer]
        seat = self.play.floor.seats[buyer]
        self.box.shut()
        self.composer.take_up(self._drafts.pop(buyer, None), buyer)
        self.chat.show_log(seat.log, self._needs(seat), seat.program.scenario)
        self._told = len(seat.log)
        self.cards.change(seat.program.scenario.cards)
        self._show_facts()
        self.person.tail = tail_of(seat.program.scenario, seat.visit.tail)
        self._show_standing(standing(seat))

    def on_resize(self) -> None:
        """A wide screen shows the cards by themselves."""
        self._show_facts()
        self._show_head()

    def _show_facts(self) -> None:
        """The cards beside the chat, where there is room; those of one story are drawn once."""
        cards = self.seat.program.scenario.cards if self.seat is not None else None
        if cards is not None and cards is not self._facts_of and self.app.size.width >= WIDE:
            self._facts_of = cards
            self.facts.show(all_cards(cards))

    def _variables(self) -> Mapping[str, str]:
        seat = self.seat
        return variables(seat.program.scenario, seat.visit.name, seat.visit.tail) if seat is not None else {}

    @staticmethod
    def _needs(seat: Seat) -> dict[str, str]:
        return {name: hidden.text for name, hidden in seat.program.scenario.hidden.items() if hidden.need}

    def action_next(self) -> None:
        """The most pressing window."""
        seat = most_urgent(self.play.floor, self.play.now, but=self._front)
        if seat is not None and seat.buyer != self._front:
            self.turn(seat.buyer)
        elif (other := neighbour(self._rows, self._front, 1)) is not None:
            self.turn(other)

    def action_previous(self) -> None:
        """The window before, as long as there is somebody in it."""
        here = self.play.floor.open
        back = next((buyer for buyer in reversed(self._visited[:-1]) if buyer in here), None)
        if back is not None:
            self.turn(back)

    def action_below(self, step: int = 1) -> None:
        """The window above or below in the list."""
        other = neighbour(self._rows, self._front, step)
        if other is not None:
            self.turn(other)

    @work
    async def action_goto(self) -> None:
        """A window by number or name."""
        buyer = await self.app.push_screen_wait(GotoScreen(self._rows))
        if buyer is not None:
            self.turn(buyer)

    @on(BuyerList.Chosen)
    def clicked(self, event: BuyerList.Chosen) -> None:
        """A window in the list was clicked on."""
        self.turn(event.buyer)

    # ---- the draft

    @on(Composer.Started)
    def began_typing(self, event: Composer.Started) -> None:
        """First key of a draft."""
        self.send(event.owner, Typing())

    @on(Composer.Submitted)
    def said(self, event: Composer.Submitted) -> None:
        """A message is sent to whom it was written for; what cannot go out stays a draft."""
        if self.send(event.owner, Say(event.text, event.typed, event.typing_s, event.pasted)):
            self.chat.to_end()
            return
        why = tr("Messages do not go out just now; the draft is kept.")
        if not self.play.run.blocked("sending"):
            why = tr("This buyer has gone; the draft is kept.")
        self.notify(why, severity="warning", markup=False)
        self._keep_draft(event)

    def _keep_draft(self, event: Composer.Submitted) -> None:
        if event.owner == self._front and not self.composer.text:
            self.composer.load_text(event.text)
            self.composer.move_cursor(self.composer.document.end)
        elif event.owner != self._front:
            self._drafts[event.owner] = Draft(event.text, (0, 0), TypingMeter())

    @on(Composer.Quick)
    def took_quick(self, event: Composer.Quick) -> None:
        """A quick reply went into a draft."""
        self.send(event.owner, UseQuick(event.reply, event.chars))

    @on(Composer.Shortened)
    def too_long(self, event: Composer.Shortened) -> None:
        """More was pasted than a message holds."""
        text = tr("A message holds 4,000 characters; {n} more were left out.").format(n=event.lost)
        self.notify(text, severity="warning", markup=False)

    def on_key(self, event: events.Key) -> None:
        """After the bell Enter goes on to the report."""
        if self.over and event.key == "enter":
            event.stop()
            self.wind_up()

    def on_click(self) -> None:
        """Whatever is clicked, the caret stays in the composer."""
        self.composer.focus()

    def on_screen_resume(self) -> None:
        """Back from a page, perhaps from one's quick replies."""
        self.box.read_book()
        self.composer.focus()
        self.composer.place_caret()

    # ---- the rest

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the moment allows."""
        del parameters
        return not (self.over and action in {"pause", "quick", "goto"}) and (
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
        if card is not None:
            self.send(seat.buyer, OpenCard(card))

    def action_older(self) -> None:
        """Scroll up."""
        (self.cards if self.cards.card else self.chat).scroll_page_up(animate=False)

    def action_newer(self) -> None:
        """Scroll down."""
        (self.cards if self.cards.card else self.chat).scroll_page_down(animate=False)

    @work
    async def action_note(self) -> None:
        """Write the note of this buyer's order; with several orders one is chosen first."""
        seat = self.seat
        if seat is None or seat.over:
            return
        note = await ask_note(self.our_app, seat.program.scenario, seat.state, lambda: self.play.now)
        if note is not None:
            self.send(seat.buyer, note)

    @work
    async def action_book(self) -> None:
        """What was promised; and where the shift asks for it, the hand-over form of this buyer."""
        seat = self.seat
        if seat is None or not self.play.plan.shift.handover:
            self.show_promises()
            return
        form = tr("Hand-over form: {name}").format(name=seat.visit.name)
        choices = [
            Choice("book", tr("What was promised")),
            Choice("form", form, tr("five slots, by the next shift's eyes")),
        ]
        if await self.app.push_screen_wait(AskScreen(tr("Promises and hand-over"), choices)) == "form":
            await self.hand_over(seat)
        else:
            self.show_promises()

    def show_promises(self) -> None:
        """Every promise of the shift, those to be kept first."""
        names = {buyer: visit.name for buyer, visit in self.play.floor.visits.items()}
        self.app.push_screen(
            PageScreen(tr("What was promised"), promise_blocks(book(self.play.floor), names, self.play.now))
        )

    async def hand_over(self, seat: Seat) -> None:
        """Fill in the form of one buyer."""
        done = self.play.floor.forms.get(seat.buyer)
        fields = [Field(slot, slot_title(slot), getattr(done, slot, "")) for slot in SLOTS]
        title = tr("Hand-over form: {name}").format(name=seat.visit.name)
        said = tr("Last line: {text}").format(text=seat.last)
        remark = said + "\n" + tr("No whole phone number or address, please.")
        given = await self.app.push_screen_wait(FormScreen(title, fields, remark))
        if given is not None:
            self.play.hand_over(seat.buyer, {slot: given[slot] for slot in SLOTS})

    @work
    async def wind_up(self) -> None:
        """After the bell: forms for those left behind, then the report."""
        if self.play.plan.shift.handover:
            for seat in left_behind(self.play.floor):
                if seat.buyer not in self.play.floor.forms:
                    self._show_window(seat.buyer)
                    self.show_news()
                    await self.hand_over(seat)
        self.our_app.rush.show_report(self.play)

    def action_notices(self) -> None:
        """Everything announced so far; it counts as read."""
        shift = self.play.plan.shift
        english = language() == "en"
        for index in self.play.floor.notices:
            self.play.read_notice(index)
        told = [shift.notices[index] for index in reversed(self.play.floor.notices)]
        blocks = [_notice(n.at, n.text_en if english and n.text_en else n.text) for n in told]
        self.app.push_screen(PageScreen(tr("Notices"), blocks))
        self.show_news()

    def action_pause(self) -> None:
        """Stop the clock."""
        self.play.pause()
        if self.play.floor.paused:
            self.app.push_screen(PausedScreen(), self._go_on)

    def _go_on(self, _: None) -> None:
        self.play.resume()
        self.show_news()

    @work
    async def action_leave(self) -> None:
        """Leave the shift: at once when it is over, else after a question."""
        if self.over:
            self.wind_up()
            return
        choices = [
            Choice("stay", tr("Stay with the buyers")),
            Choice("end", tr("End the shift"), tr("who is still there is left behind")),
            Choice("later", tr("Go on later"), tr("it is kept; Resume in the list of shifts continues it")),
        ]
        if self.play.unsaved:
            choices.pop()
        answer = await self.app.push_screen_wait(AskScreen(tr("Leave the shift?"), choices))
        if answer == "end":
            self.play.leave()
            self.wind_up()
        elif answer == "later":
            self.our_app.go_home()

    @property
    def our_app(self) -> KefuApp:
        """The app, by its own type."""
        return cast("KefuApp", self.app)


def outage_title(blocks: str) -> str:
    """What does not work, where a shift does not say."""
    return {
        "cards": tr("cards cannot be opened"),
        "sending": tr("messages do not go out; drafts are kept"),
    }.get(blocks, blocks)


def _notice(at: float, text: str) -> Block:
    def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
        return [*indented(plain(text), width, plain(clock(at) + "  ", style_of("accent"))), Content("")]

    return lines
