"""What a drill was worth: four figures, the curve, the bill, and what to practise next."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from kefu_sim import drill_words as words
from kefu_sim.drills import DrillPlay, DrillRoom, Report
from kefu_sim.i18n import tr
from kefu_sim.tui import aside
from kefu_sim.tui.drill_report import blocks
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import bar, plain
from kefu_sim.tui.screens.drill_page import DrillPage
from kefu_sim.tui.screens.result import Tile
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.words import mode_title

TILES = ("net", "gross", "accuracy", "consistency")
CELLS, FEWEST = 10, 4
"""Of the bar towards the target; with fewer it is left out."""


class DrillResultScreen(DrillPage):
    """One finished drill."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("drill-result")
    AUTO_FOCUS = "#page"
    place: Place = "drill-result"

    page = getters.query_one("#page", LineView)

    def __init__(self, room: DrillRoom, play: DrillPlay) -> None:
        super().__init__()
        self._room = room
        self._play = play
        self.report: Report | None = None
        """Made in the background."""

    def compose(self) -> ComposeResult:
        """Head, four big figures, a page, keys."""
        yield HeadLine()
        with Horizontal(id="tiles"):
            for name in TILES:
                yield Tile(name)
        yield LineView(id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        """Compute in the background: earlier drills are read for comparison."""
        self.show_head()
        self.compute()

    @work(thread=True, exclusive=True)
    def compute(self) -> None:
        """Measure the drill."""
        report = self._room.report(self._play)
        aside.show(self, self.show_report, report)

    def show_report(self, report: Report) -> None:
        """The figures are there."""
        self.report = report
        self.show_tiles(report)
        self.page.show(blocks(report, self._room.standards))
        self.query_one(KeyLine).refresh()
        if why := self._play.keeper.unsaved:
            self.notify(tr("Not saved: {why}").format(why=why), severity="warning", timeout=12, markup=False)

    def show_tiles(self, report: Report) -> None:
        """The four big figures."""
        found, of = report.figures, tr(" /min")
        self._tile("net", tr("Net speed"), f"{found.net:.1f}", of, self._reached(report))
        lost = tr("{n} errors").format(n=found.tally.errors) if found.tally.errors else tr("no errors")
        self._tile("gross", tr("Gross speed"), f"{found.gross:.1f}", of, plain(lost, "$muted"))
        figure = "-" if found.accuracy is None else f"{found.accuracy:.1f}"
        self._tile("accuracy", tr("Correctness"), figure, " %", plain(_counted(report), "$muted"))
        figure = "-" if found.consistency is None else f"{found.consistency:.0f}"
        each = tr("{n:.1f} a commit").format(n=found.per_commit or 0.0)
        self._tile("consistency", tr("Consistency"), figure, " %", plain(each, "$muted"))

    def _tile(self, name: str, title: str, figure: str, of: str, remark: Content) -> None:
        self.query_one(f"#tile-{name}", Tile).tell(title, figure.replace("–", "-"), of, remark)

    def _reached(self, report: Report) -> Content:
        """How full the net speed fills the target, as far as there is room beside the level's name."""
        found = report.figures
        style = "$success" if found.counts and found.net >= report.opened.target else "$warning"
        outcome = plain(words.outcome(found), style)
        cells = min(self.query_one("#tile-net", Tile).content_size.width - outcome.cell_length - 1, CELLS)
        if cells < FEWEST:
            return outcome
        full, empty = bar(found.net, 0, report.opened.target, cells)
        return Content.assemble((full, style), (empty, "$faint"), " ", outcome)

    def show_head(self) -> None:
        """What was typed, and how."""
        opened = self._play.run.opened
        target = words.target_title(opened.target, self._room.standards)
        level = plain(tr("Target: {level}").format(level=target), "bold")
        self.tell(tr("Drill result"), level, plain(f"  {opened.title}", "$muted"), right=mode_title(opened.mode))

    def on_resize(self) -> None:
        """What is wide fills the width."""
        self.show_head()
        if self.report is not None:
            self.call_after_refresh(self.show_tiles, self.report)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is to do."""
        del parameters
        return action != "phrases" or (self.report is not None and bool(self.report.next))

    def action_again(self) -> None:
        """The same kind of drill, other sentences."""
        self.our_app.drills.begin(self._play.settings)

    def action_phrases(self) -> None:
        """A drill of the worst phrases."""
        self.our_app.drills.begin(replace(self._play.settings, source="phrases"))

    def action_menu(self) -> None:
        """Choose another drill."""
        self.our_app.drills.open_menu()


def _counted(report: Report) -> str:
    found = report.figures
    return tr("{right} of {all} right").format(right=found.tally.right, all=found.tally.right + found.tally.errors)
