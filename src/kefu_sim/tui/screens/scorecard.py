"""The scorecard: reply speed, politeness and the eight steps first, then every point with its reason."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content

from kefu_sim.base.errors import KefuError
from kefu_sim.engine import events as ev
from kefu_sim.i18n import language, spelt, tr
from kefu_sim.progress.disputes import readings
from kefu_sim.tui import aside
from kefu_sim.tui.disputing import toggle
from kefu_sim.tui.explain import reading_page
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import Block, bar, plain
from kefu_sim.tui.report import Report, ledger_blocks, overview_blocks, reply_blocks, report_of
from kefu_sim.tui.screens.result import ResultScreen, Tile, share_style
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.words import dimension_title, opened_title, outcome_title, seconds

if TYPE_CHECKING:
    from kefu_sim.play import Play
    from kefu_sim.scoring.ledger import Dimension, Score

REPLIES = 2
"""Index of the tab with the conversation."""


class ScorecardScreen(ResultScreen):
    """What a reception is worth."""

    CSS_PATH = "../styles/scorecard.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("scorecard")
    FIGURES: ClassVar[tuple[Dimension, ...]] = ("speed", "politeness", "flow")
    place: Place = "scorecard"

    def __init__(self, play: Play) -> None:
        super().__init__()
        self._play = play
        self._report: Report | None = None
        self._rows: dict[int, list[int]] = {}

    def on_mount(self) -> None:
        """Compute in the background: recognising a long chat takes a moment."""
        self.show_head()
        self.compute()

    @work(thread=True, exclusive=True)
    def compute(self) -> None:
        """Score the reception, then put it into the records."""
        report = report_of(self._play, language())
        aside.show(self, self.show_report, report)
        self.our_app.take_in()
        if self._play.reception:
            from kefu_sim.history.disputing import docket_of_play  # noqa: PLC0415 (after the score is shown)

            assert self.our_app.house is not None
            with suppress(KefuError):  # taking in has told it already
                docket = docket_of_play(self.our_app.house, self._play, report.score.ledger).read()
                aside.show(self, self.show_docket, docket)

    def show_report(self, report: Report) -> None:
        """The score is there."""
        self._report = report
        for name in self.FIGURES:
            self._fill_tile(name, report.score)
        self.show_total(report.score.total)
        self.show_tab()

    def _fill_tile(self, name: Dimension, score: Score) -> None:
        part = score.dimensions[name]
        tile = self.query_one(f"#tile-{name}", Tile)
        if not part.max:
            tile.tell(dimension_title(name), "-", "", plain(tr("not judged"), "$muted"))
            return
        remark = {
            "speed": tr("mean {time}").format(time=seconds(score.metrics.mean_reply_s)),
            "flow": tr("{n}/8 steps").format(n=sum(s in {"done", "late"} for s in score.steps.values())),
        }.get(name, "")
        full, empty = bar(part.points, 0, part.max, 4)
        line = Content.assemble(
            (full, share_style(part.points / part.max)), (empty, "$faint"), " ", plain(remark, "$muted")
        )
        tile.tell(dimension_title(name), f"{part.points:.1f}", f" /{round(part.max, 1):g}", line)

    def headline(self) -> tuple[str, str, str, str]:
        """Story, outcome, mode and seed."""
        scenario, opened, last = self._play.scenario, self._play.opened, self._play.session.log[-1]
        title = spelt(scenario.title, scenario.title_en)
        how = outcome_title(last.outcome) if isinstance(last, ev.Ended) else ""
        remark = tr("{mode} · seed {seed} ").format(mode=opened_title(opened), seed=opened.seed)
        return tr("Scorecard"), title, how, remark

    @property
    def titles(self) -> tuple[str, ...]:
        """The tabs."""
        return tr("Overview"), tr("Every point"), tr("Reply by reply")

    def show_page(self, *, stay: bool = False) -> None:
        """Fill the page of the tab in hand; `stay` leaves the cursor on its row."""
        report = self._report
        if report is None:
            return
        disputed = self._docket.disputed if self._docket is not None else {}
        pages: tuple[Callable[[], list[Block]], ...] = (
            lambda: overview_blocks(report),
            lambda: ledger_blocks(report, disputed),
            lambda: reply_blocks(report, disputed),
        )
        self._rows = self._rows_of(report)
        self.page.show_rows(pages[self._tab](), self._rows, stay=stay)
        self.query_one(KeyLine).refresh()

    def _rows_of(self, report: Report) -> dict[int, list[int]]:
        """What can be chosen on the page in hand: index of the block → rows of the ledger."""
        ledger = report.score.ledger
        if self._tab == 1:
            return {at + 1: [at] for at in range(len(ledger))}
        if self._tab == REPLIES:
            found: dict[int, list[int]] = {at: [] for at, said in enumerate(report.turns) if said.mine}
            for at, row in enumerate(ledger):
                if row.turn is not None:
                    found.setdefault(row.turn, []).append(at)
            return found
        return {}

    def action_again(self) -> None:
        """The same buyer, the same seed."""
        opened = self._play.opened
        self.our_app.begin(opened.scenario, opened.seed, opened.mode)

    def action_next(self) -> None:
        """The next buyer."""
        house = self.our_app.house
        assert house is not None
        self.our_app.begin(house.after(self._play.scenario.id), None, self._play.opened.mode)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is to do: what was not saved cannot be reviewed."""
        del parameters
        if action == "explain":
            return self._report is not None and self._tab == REPLIES
        if action == "dispute":
            return self._docket is not None and bool(self._rows)
        return action != "review" or bool(self._play.reception)

    def action_explain(self) -> None:
        """Say what the reply in hand was understood as."""
        from kefu_sim.history.disputing import docket_of_play  # noqa: PLC0415 (as above)
        from kefu_sim.programs import study_of_turn  # noqa: PLC0415 (as above)

        report, at, house = self._report, self.page.row, self.our_app.house
        if report is None or at is None or house is None:
            return
        if not report.turns[at].mine:
            self.notify(tr("This line is the buyer's; choose one of yours."), markup=False)
            return
        study = study_of_turn(self._play.session.program, self._play.session.log, at)
        found = self._docket.found if self._docket is not None else None
        docket = docket_of_play(house, self._play, readings(study.recognition, at), found)
        self.app.push_screen(reading_page(tr("What was understood"), study, docket, self._play.scenario))

    @work
    async def action_dispute(self) -> None:
        """Dispute the row in hand, or take that back."""
        at = self.page.row
        if self._docket is not None and at is not None and await toggle(self.our_app, self._docket, self._rows[at]):
            self.show_page(stay=True)

    def action_review(self) -> None:
        """Turn by turn."""
        self.our_app.past.open_review(self._play.reception)
