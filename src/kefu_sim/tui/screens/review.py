"""Review: the chat on the left, the turn in hand with its ledger on the right, and a way back into any reply."""

from __future__ import annotations

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kefu_sim.base.errors import KefuError
from kefu_sim.history.branch import pair_of
from kefu_sim.history.disputing import Docket
from kefu_sim.history.review import Review, reading_at
from kefu_sim.i18n import language, spelt, tr
from kefu_sim.progress.disputes import readings
from kefu_sim.tui.disputing import toggle
from kefu_sim.tui.explain import reading_page
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import chip, plain
from kefu_sim.tui.report import Report, Said, ledger_blocks
from kefu_sim.tui.review_pages import pair_blocks, resolutions, turn_blocks, turn_lines
from kefu_sim.tui.screens.ledger import LedgerScreen, Painted
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.screens.page import PageScreen
from kefu_sim.tui.typeahead import asking
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.tui.widgets.pick_list import PickList
from kefu_sim.words import mode_title, outcome_title


class ReviewScreen(OurScreen):
    """One finished reception, turn by turn."""

    CSS_PATH = "../styles/review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("review")
    AUTO_FOCUS = "#turns"
    place: Place = "review"

    head = getters.query_one(HeadLine)
    words = getters.query_one("#words", Static)
    turns = getters.query_one("#turns", PickList)
    page = getters.query_one("#page", LineView)

    def __init__(self, review: Review, docket: Docket, other: Review | None = None) -> None:
        """`other`: the way it went another time, if there is one."""
        super().__init__()
        self.review = review
        self.docket = docket
        self._other = other

    def compose(self) -> ComposeResult:
        """Head, three lines of advice, chat and turn, keys."""
        yield HeadLine()
        yield Static(id="words")
        with Horizontal(id="body"):
            yield PickList(id="turns")
            yield LineView(id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the reply that cost most."""
        self.page.can_focus = False
        self._fill()
        mine = [at for at, turn in enumerate(self.review.turns) if turn.role == "agent"]
        worst = max(mine, key=lambda at: (sum(row.lost for row in self.review.rows_at(at)), -at), default=0)
        if self.review.turns:
            self.turns.highlighted = worst

    def on_resize(self) -> None:
        """Everything is wrapped anew."""
        self._fill()

    def _fill(self) -> None:
        review, at = self.review, self.turns.highlighted
        record = review.record
        title = spelt(review.story.title, review.story.title_en) if review.story else record.title
        right = Content.assemble(
            plain(f"  {review.score.total:.0f}", "bold $accent"),
            plain(f"  {outcome_title(record.outcome)} ", "$muted"),
        )
        name, left = tr("Review"), plain(title, "bold")
        when = plain(f" {record.started[:16].replace('T', ' ')} · {mode_title(record.mode)} ", "$muted")
        if sum(piece.cell_length for piece in (chip(name), left, right, when)) < self.app.size.width:
            right = right.append(when)
        self.head.tell(name, left, right)
        self.words.update(resolutions(review, language(), self.app.size.width - 1))
        width = max(self.turns.scrollable_content_region.width - 2, 20)
        self.turns.set_options([Option(turn_lines(review, n, width)) for n in range(len(review.turns))])
        self.turns.highlighted = at

    @on(OptionList.OptionHighlighted, "#turns")
    def show_turn(self, event: OptionList.OptionHighlighted) -> None:
        """Look at another turn."""
        self.page.show(turn_blocks(self.review, self.docket, event.option_index, language()))
        self.query_one(KeyLine).refresh()

    @property
    def _reply(self) -> int | None:
        """Index of the reply in hand; for a line of the buyer that of its answer."""
        at = self.turns.highlighted
        turns = self.review.turns
        return None if at is None else next((n for n in range(at, len(turns)) if turns[n].role == "agent"), None)

    @property
    def _own(self) -> int | None:
        """Index of the turn in hand if it is a reply; None for a line of the buyer."""
        at = self.turns.highlighted
        return None if at is None or self.review.turns[at].role != "agent" else at

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is to do."""
        del parameters
        if action == "compare":
            return self._other is not None
        if action == "explain":
            return self.review.story is not None and self._own is not None
        if action == "dispute":
            return self.turns.highlighted is not None and bool(self.docket.rows_at(self.turns.highlighted))
        if action == "reenter":
            return self.review.story is not None and not self.review.in_shift and self._reply is not None
        return True

    @on(OptionList.OptionSelected, "#turns")
    def action_reenter(self) -> None:
        """Go on from this reply, another way."""
        reply = self._reply
        if reply is not None and self.check_action("reenter", ()):
            self.our_app.past.reenter(self.review, reply)

    def action_ledger(self) -> None:
        """Every point."""
        review = self.review
        said = tuple(Said(turn.role == "agent", turn.t, turn.text) for turn in review.turns)
        report = Report(review.score, review.coaching, said, language())

        def paint(docket: Docket) -> Painted:
            return ledger_blocks(report, docket.disputed), {at + 1: at for at in range(len(docket.ledger))}

        self.app.push_screen(LedgerScreen(tr("Every point"), self.docket, paint), lambda _: self._show_turn())

    @asking
    async def action_explain(self) -> None:
        """Say what the reply in hand was understood as."""
        at = self._own
        if at is None:
            return
        try:
            study, same_rules = await self.our_app.aside(lambda: reading_at(self.review, at))
        except KefuError as error:
            self.our_app.show_error(error)
            return
        remark = "" if same_rules else tr("Rules or story have changed since; this is how the reply is read now.")
        docket = self.docket.over(readings(study.recognition, at))
        if self.is_current:
            page = reading_page(tr("What was understood"), study, docket, self.review.story, remark)
            await self.app.push_screen(page, lambda _: self._show_turn())

    @work
    async def action_dispute(self) -> None:
        """Dispute a row of the turn in hand, or take that back."""
        at = self.turns.highlighted
        if at is not None and await toggle(self.our_app, self.docket, self.docket.rows_at(at)):
            self._show_turn()

    def _show_turn(self) -> None:
        if (at := self.turns.highlighted) is not None:
            self.page.show(turn_blocks(self.review, self.docket, at, language()))

    def action_compare(self) -> None:
        """Both ways side by side."""
        if self._other is not None:
            pair = pair_of(*sorted((self.review, self._other), key=lambda review: review.record.started))
            self.app.push_screen(PageScreen(tr("Side by side"), pair_blocks(pair)))

    def action_back(self) -> None:
        """Back to progress."""
        self.our_app.past.open_progress()
