"""What would you answer? The answers of a class, judged as they come; hands counted; one of them goes to the buyer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from kefu_sim.demo.ballot import MOST, Ballot
from kefu_sim.demo.film import Moment
from kefu_sim.demo.lane import Opinion
from kefu_sim.demo.stage import CLASS_REPLY
from kefu_sim.demonstrations import DemoRoom, Showing
from kefu_sim.engine import events as ev
from kefu_sim.i18n import tr, trn
from kefu_sim.tui import aside
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import Block, StyleOf, indented, plain, sides, wrapped
from kefu_sim.tui.whole import Whole
from kefu_sim.tui.widgets.chat_log import Bubble
from kefu_sim.tui.widgets.composer import Composer
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.stage import flowed, points_pieces, seen_pieces

if TYPE_CHECKING:
    from kefu_sim.tui.app import KefuApp


class ClassAskScreen(Whole, Screen[str | None]):
    """Collecting answers above, then counting hands; gives the answer that goes to the buyer, or None."""

    CSS_PATH = "../styles/demo.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("class-ask")
    AUTO_FOCUS = "#composer"
    place: Place = "class-ask"

    page = getters.query_one("#answers", LineView)
    composer = getters.query_one("#composer", Composer)

    def __init__(self, room: DemoRoom, showing: Showing, moment: Moment) -> None:
        super().__init__()
        self._room = room
        self._showing = showing
        self._moment = moment
        self.ballot = Ballot()
        self._opinions: dict[str, Opinion] = {}
        self.writing = True
        """Whether answers are being written down, not hands counted."""
        self._marked: int | None = None
        """The answer chosen by hand; None: the one with most hands."""

    def compose(self) -> ComposeResult:
        """The buyer's line, the answers, the composer, keys."""
        yield HeadLine()
        yield LineView([self._buyer_lines], id="buyer-lines")
        yield LineView(id="answers")
        composer = Composer(time.monotonic, id="composer")
        composer.border_title = tr("An answer of the class")
        composer.border_subtitle = tr("Enter takes it · Tab counts hands")
        yield composer
        yield KeyLine()

    def on_mount(self) -> None:
        """Nothing but the composer takes keys."""
        for view in self.query(LineView):
            view.can_focus = False
        self._show()
        cast("KefuApp", self.app).typeahead.give(self.composer)

    def on_resize(self) -> None:
        """The head fills the width."""
        self._show()

    def _buyer_lines(self, width: int, style_of: StyleOf) -> Sequence[Content]:
        log = self._showing.film.lanes[self._moment.lane].events[: self._moment.count]
        said: list[ev.BuyerSaid] = []
        for event in reversed(log):
            if isinstance(event, ev.AgentSent):
                break
            if isinstance(event, ev.BuyerSaid):
                said.append(event)
        bubbles = [Bubble(tr("Buyer"), event.text, event.t, mine=False, large=True) for event in reversed(said[:2])]
        return [line for bubble in bubbles for line in bubble(width, style_of)]

    def _show(self) -> None:
        title = tr("Hands up!") if not self.writing and self.ballot.answers else tr("What would you answer?")
        count = trn("{n} hand", "{n} hands", len(self.ballot.cast)).format(n=len(self.ballot.cast))
        self.query_one(HeadLine).tell(tr("The class answers"), plain(title, "bold"), plain(count + " ", "bold"))
        answers = self._answers(gap=1)
        if sum(len(block(self.page.size.width, self.page.style_of)) for block in answers) > self.page.size.height:
            answers = self._answers(gap=0)
        self.page.show(answers)
        if self.writing:
            self.page.to_end()
        elif self.chosen is not None:
            self.page.to_block(self.chosen)
        self.query_one(KeyLine).refresh()

    @property
    def chosen(self) -> int | None:
        """The answer that goes to the buyer: the one marked by hand, else the one with most hands."""
        return self._marked if self._marked is not None else self.ballot.leader

    def _answers(self, *, gap: int) -> list[Block]:
        """All answers, so many rows between them."""
        blocks = [self._answer(index, gap) for index in range(len(self.ballot.answers))]
        return [*blocks, _same_time] if blocks else [_invitation]

    def _answer(self, index: int, gap: int) -> Block:
        text, votes = self.ballot.answers[index], self.ballot.votes[index]
        opinion = self._opinions.get(text)
        chosen = index == self.chosen and not self.writing

        def lines(width: int, style_of: StyleOf) -> Sequence[Content]:
            sign = plain(f"{'▸' if chosen else ' '} {index + 1}  ", style_of("accent" if chosen else "title"))
            hands = plain(f"  {'▮' * min(votes, 12)} {votes} " if votes else "", style_of("accent"))
            room = max(width - hands.cell_length, 20)
            page = indented(plain(text, style_of("strong")), room, sign)
            page[0] = sides(page[0], hands, width)
            if opinion is None:
                told = [plain(tr("judging…"), style_of("muted"))]
            else:
                parts = points_pieces(opinion, style_of), seen_pieces(opinion.seen, style_of)
                told = [line for part in parts for line in flowed(part, width - 6)]
            return [*page, *(line.pad_left(5) for line in told), *([Content("")] * gap)]

        return lines

    @on(Composer.Submitted)
    def add(self, event: Composer.Submitted) -> None:
        """An answer of the class."""
        text = " ".join(event.text.split())
        self.ballot = self.ballot.with_answer(text)
        self._marked = None
        if self.ballot.full:
            self.action_switch()
        self._show()
        self.judge(text)

    @work(thread=True)
    def judge(self, text: str) -> None:
        """Understand and score an answer."""
        self._opinions[text] = self._room.opinion(self._showing, self._moment, text)
        aside.show(self, self._show)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Writing and counting have their own keys."""
        del parameters
        if not self.is_mounted:
            return True
        if action == "add":
            return self.writing
        if action in {"choose", "vote", "unvote", "mark", "correct"}:
            return not self.writing and bool(self.ballot.answers)
        return action != "switch" or self.writing or not self.ballot.full

    def action_switch(self) -> None:
        """From writing to counting, and back."""
        if self.writing and self.ballot.answers:
            self.writing = False
            self.set_focus(None)
        elif not self.writing and not self.ballot.full:
            self.writing = True
            self.composer.focus()
        self.set_class(not self.writing, "-voting")
        self.call_after_refresh(self._show)

    def action_vote(self, number: int) -> None:
        """One more hand."""
        self.ballot = self.ballot.voted(number - 1)
        self._marked = None
        self._show()

    def action_unvote(self) -> None:
        """One hand less."""
        self.ballot = self.ballot.unvoted()
        self._show()

    def action_correct(self) -> None:
        """The marked answer goes back to where it was written; hands raised for it do not count."""
        at = self.chosen
        if at is not None:
            text = self.ballot.answers[at]
            self.ballot, self._marked = self.ballot.without(at), None
            self.writing = True
            self.remove_class("-voting")
            self.composer.load_text(text)
            self.composer.move_cursor(self.composer.document.end)
            self.composer.focus()
            self._show()

    def action_mark(self, step: int) -> None:
        """Choose by hand."""
        at = self.chosen
        if at is not None:
            self._marked = (at + step) % len(self.ballot.answers)
            self._show()

    def action_choose(self) -> None:
        """The answer goes to the buyer."""
        at = self.chosen
        if at is not None:
            self.dismiss(self.ballot.answers[at])

    def action_leave(self) -> None:
        """Back to the demo."""
        self.dismiss(None)


def _same_time(width: int, style_of: StyleOf) -> Sequence[Content]:
    text = tr("Each counts as sent after {n:g} seconds: the difference lies in the words.").format(n=CLASS_REPLY)
    return wrapped(plain(text, style_of("muted")), width)


def _invitation(width: int, style_of: StyleOf) -> Sequence[Content]:
    text = tr("Write down what the class calls out, up to {n} answers; each is judged at once.").format(n=MOST)
    return wrapped(plain(text, style_of("muted")), width)
