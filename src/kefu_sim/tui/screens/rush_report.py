"""What came of a shift: score and figures, every point, every buyer, and where one stands among ten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType

from kefu_sim.base.errors import KefuError, UnwritableError
from kefu_sim.history.disputing import NOWHERE, docket_of_seat, docket_of_shift
from kefu_sim.i18n import language, tr
from kefu_sim.rush.report import Report, Standing
from kefu_sim.scoring.ledger import Phrase
from kefu_sim.shift_archive import write_archive
from kefu_sim.shift_words import ended_line, figure, figure_title, shift_title
from kefu_sim.tui import aside
from kefu_sim.tui import report as single
from kefu_sim.tui.aside import made
from kefu_sim.tui.disputing import toggle
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import Block, plain
from kefu_sim.tui.rush_report import buyer_blocks, colleague_blocks, overview_blocks, point_blocks
from kefu_sim.tui.rush_view import BuyerRow, report_rows
from kefu_sim.tui.screens.form import Field, FormScreen
from kefu_sim.tui.screens.goto import GotoScreen
from kefu_sim.tui.screens.ledger import LedgerScreen, Painted
from kefu_sim.tui.screens.result import ResultScreen, Tile
from kefu_sim.tui.typeahead import asking
from kefu_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kefu_sim.history.disputing import Docket, Shelved
    from kefu_sim.shifts import ShiftPlay

POINTS = 1
"""Index of the tab with every point."""


class RushReportScreen(ResultScreen):
    """The report."""

    CSS_PATH = "../styles/rush.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("rush-report")
    FIGURES: ClassVar[tuple[str, ...]] = ("first_reply_s", "replied_3min", "conversion")
    place: Place = "rush-report"

    def __init__(self, play: ShiftPlay, shelved: Shelved) -> None:
        super().__init__()
        self._play = play
        self._shelved = shelved
        self._report: Report | None = None
        self._ranking: Sequence[Standing] | None = None

    def on_unmount(self) -> None:
        """Let go of the log."""
        self._play.close()

    def on_mount(self) -> None:
        """Count aside, then let the colleagues work."""
        self.show_head()
        self.count()

    @work(thread=True, exclusive=True)
    def count(self) -> None:
        """The report first; the ranking takes some seconds more."""
        from kefu_sim.shifts import ranking  # noqa: PLC0415 (loaded with the shift)

        report = self._play.report()
        aside.show(self, self.show_report, report)
        try:
            self._play.finish(report)
        except UnwritableError as error:
            aside.show(self, self._not_kept, error)
        self.our_app.take_in()
        house, shift = self.our_app.house, self._play.plan.shift.id
        if self._shelved.id and house is not None:
            with suppress(KefuError):  # taking in has told it already
                docket = docket_of_shift(house, self._shelved, self._play.floor, shift, report.score.rows)
                aside.show(self, self.show_docket, docket)
        if self._ranking is None:
            standings = ranking(self._play.plan, report.figures, Phrase("您", "You"))
            aside.show(self, self.show_ranking, standings)

    def show_report(self, report: Report) -> None:
        """The figures are there."""
        self._report = report
        for name in self.FIGURES:
            self._fill_tile(name, report)
        self.show_total(report.score.total)
        self.show_tab()

    def _not_kept(self, error: UnwritableError) -> None:
        self.notify(error.message, title=tr("Disk trouble"), severity="warning", timeout=12, markup=False)

    def _fill_tile(self, name: str, report: Report) -> None:
        value = report.figures.value(name)
        goal = next((goal for goal in report.goals if goal.figure == name), None)
        remark = plain("", "$muted")
        if goal is not None and goal.met is not None:
            text, style = (tr("goal met"), "$success") if goal.met else (tr("goal missed"), "$error")
            remark = plain(f"{'✓' if goal.met else '×'} {text}", style)
        shown = "-" if value is None else f"{value:.0f}"
        unit = "" if value is None else figure(name, value)[len(f"{round(value, 1):g}") :]
        self.query_one(f"#tile-{name}", Tile).tell(figure_title(name), shown, " " + unit.strip(), remark)

    def show_ranking(self, standings: Sequence[Standing]) -> None:
        """The colleagues have finished."""
        self._ranking = standings
        if self._tab == 3:
            self.show_page()

    def headline(self) -> tuple[str, str, str, str]:
        """Shift, how it ended, seed."""
        plan = self._play.plan
        title, seed = shift_title(plan.shift), tr("seed {seed} ").format(seed=plan.seed)
        return tr("Shift report"), title, ended_line(self._play.run), seed

    @property
    def titles(self) -> tuple[str, ...]:
        """The tabs."""
        return tr("Overview"), tr("Every point"), tr("Each buyer"), tr("Colleagues")

    def show_page(self, *, stay: bool = False) -> None:
        """Fill the page of the tab in hand; `stay` leaves the cursor on its row."""
        report = self._report
        if report is None:
            return
        disputed = self._docket.disputed if self._docket is not None else {}
        pages: tuple[Callable[[], list[Block]], ...] = (
            lambda: overview_blocks(report),
            lambda: point_blocks(report, disputed),
            lambda: buyer_blocks(report),
            lambda: colleague_blocks(self._ranking),
        )
        rows = range(1, len(report.score.rows) + 1) if self._tab == POINTS else ()
        self.page.show_rows(pages[self._tab](), rows, stay=stay)
        self.query_one(KeyLine).refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Rows stand on the page of points."""
        del parameters
        return action != "dispute" or (self._docket is not None and self._tab == POINTS)

    @work
    async def action_dispute(self) -> None:
        """Dispute the row in hand, or take that back; one out of sight is brought into view."""
        row = self.page.row
        self.page.reveal()
        if self._docket is None or row is None:
            return
        if await toggle(self.our_app, self._docket, [row - 1]):
            self.show_page(stay=True)

    @asking
    async def action_buyer(self) -> None:
        """The scorecard of one buyer, whose rows can be disputed."""
        house = self.our_app.house
        if self._report is None or house is None:
            return
        rows: list[BuyerRow] = report_rows(self._play.floor)
        buyer = await self.app.push_screen_wait(GotoScreen(rows))
        if buyer is None:
            return
        seat = self._play.floor.seats[buyer]
        report = single.report_of_log(seat.program, seat.log, language())
        ledger, before = report.score.ledger, single.overview_blocks(report)

        def paint(docket: Docket) -> Painted:
            points = single.ledger_blocks(report, docket.disputed)
            blocks = [*before, *points, *single.reply_blocks(report, docket.disputed)]
            return blocks, {len(before) + 1 + at: at for at in range(len(ledger))}

        docket = await made(self.our_app, lambda: docket_of_seat(house, self._shelved, seat, ledger))
        if docket is None:  # the points can be read all the same
            docket = docket_of_seat(house, NOWHERE, seat, ledger)
        self.app.push_screen(LedgerScreen(f"{seat.visit.name} · {report.score.total:.0f}", docket, paint))

    @asking
    async def action_archive(self) -> None:
        """Put the chats into a folder of one's choice."""
        if self._report is None:
            return
        usual = str(self._play.logs.folder.parent / "archive")
        remark = tr("Not on the desktop and not on the system drive: the next shift must find it.")
        given = await self.app.push_screen_wait(
            FormScreen(tr("Archive the chats"), [Field("folder", tr("Folder"), usual)], remark)
        )
        if given is None or not given["folder"]:
            return
        await self._archive(given["folder"])

    async def _archive(self, folder: str) -> None:
        try:
            place = await asyncio.to_thread(lambda: write_archive(self._play, Path(folder).expanduser()))
        except KefuError as error:
            self.our_app.show_error(error)
            return
        told = tr("Archived in {folder}; `kefu-sim rush --read` shows it again.").format(folder=place)
        self.notify(told, timeout=12, markup=False)
        self.count()

    def action_again(self) -> None:
        """The same shift, the same buyers."""
        self.our_app.rush.begin(self._play.plan.shift.id, self._play.plan.seed)
