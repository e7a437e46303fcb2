"""The scorecard: reply speed, politeness and the eight steps first, then every point with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Digits, Static

from kefu_sim.engine import events as ev
from kefu_sim.i18n import language, tr
from kefu_sim.tui.keys import Place, bindings
from kefu_sim.tui.render import bar, plain, sides
from kefu_sim.tui.report import Report, ledger_blocks, overview_blocks, reply_blocks, report_of
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.line_view import LineView
from kefu_sim.words import dimension_title, opened_title, outcome_title, seconds

if TYPE_CHECKING:
    from kefu_sim.play import Play
    from kefu_sim.scoring.ledger import Dimension, Score
    from kefu_sim.tui.app import KefuApp

FIRST: tuple[Dimension, ...] = ("speed", "politeness", "flow")


class Tile(Vertical):
    """One of the big figures."""

    def __init__(self, name: str) -> None:
        super().__init__(id=f"tile-{name}", classes="tile")

    def compose(self) -> ComposeResult:
        """Title, figure, remark."""
        yield Static(classes="tile-title", markup=False)
        yield Digits("", classes="tile-figure")
        yield Static(classes="tile-remark", markup=False)

    def tell(self, title: str, figure: str, of: str, remark: Content) -> None:
        """Fill it."""
        self.query_one(".tile-title", Static).update(Content.assemble((title, "bold"), (of, "$muted")))
        self.query_one(Digits).update(figure)
        self.query_one(".tile-remark", Static).update(remark)


class ScorecardScreen(Screen[None]):
    """What a reception is worth."""

    CSS_PATH = "../styles/scorecard.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's declaration)
    BINDINGS: ClassVar[list[BindingType]] = bindings("scorecard")
    AUTO_FOCUS = "#page"
    place: Place = "scorecard"

    head = getters.query_one("#head", Static)
    tabs = getters.query_one("#tabs", Static)
    page = getters.query_one("#page", LineView)

    def __init__(self, play: Play) -> None:
        super().__init__()
        self._play = play
        self._report: Report | None = None
        self._tab = 0

    def compose(self) -> ComposeResult:
        """Head, four big figures, a page with three tabs, keys."""
        yield Static(id="head")
        with Horizontal(id="tiles"):
            for name in (*FIRST, "total"):
                yield Tile(name)
        yield Static(id="tabs")
        yield LineView(id="page")
        yield KeyLine()

    def on_mount(self) -> None:
        """Compute in the background: recognising a long chat takes a moment."""
        self._show_head()
        self.compute()

    @work(thread=True, exclusive=True)
    def compute(self) -> None:
        """Score the reception, then put it into the records."""
        report = report_of(self._play, language())
        self.app.call_from_thread(self.show_report, report)
        self.our_app.take_in()

    def show_report(self, report: Report) -> None:
        """The score is there."""
        self._report = report
        for name in FIRST:
            self._fill_tile(name, report.score)
        total = report.score.total
        full, empty = bar(total, 0, 100, 10)
        style = "$success" if total >= 85 else "$warning" if total >= 60 else "$error"
        remark = Content.assemble((full, style), (empty, "$faint"))
        self.query_one("#tile-total", Tile).tell(tr("Total"), f"{total:.0f}", " /100", remark)
        self._show_tab()

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
        share = part.points / part.max
        style = "$success" if share >= 0.85 else "$warning" if share >= 0.6 else "$error"
        line = Content.assemble((full, style), (empty, "$faint"), " ", plain(remark, "$muted"))
        tile.tell(dimension_title(name), f"{part.points:.1f}", f" /{part.max:g}", line)

    def _show_head(self) -> None:
        scenario, opened, last = self._play.scenario, self._play.opened, self._play.session.log[-1]
        title = scenario.title_en if language() == "en" and scenario.title_en else scenario.title
        how = outcome_title(last.outcome) if isinstance(last, ev.Ended) else ""
        left = Content.assemble(
            (" " + tr("Scorecard") + " ", "$key-text on $key-face bold"),
            " ",
            plain(title, "bold"),
            plain(f"  {how}", "$accent"),
        )
        right = plain(tr("{mode} · seed {seed} ").format(mode=opened_title(opened), seed=opened.seed), "$muted")
        self.head.update(sides(left, right, self.app.size.width))

    def _show_tab(self) -> None:
        report = self._report
        if report is None:
            return
        titles = (tr("Overview"), tr("Every point"), tr("Reply by reply"))
        chips = [
            Content.styled(f" {title} ", "bold $key-text on $key-face" if i == self._tab else "$muted")
            for i, title in enumerate(titles)
        ]
        self.tabs.update(Content.assemble(Content(" ").join(chips), ("   ←→", "$faint")))
        blocks = (overview_blocks, ledger_blocks, reply_blocks)[self._tab](report)
        self.page.show(blocks)

    def on_resize(self) -> None:
        """The head fills the width."""
        self._show_head()

    def action_tab(self, step: int = 1) -> None:
        """Turn to another page."""
        self._tab = (self._tab + step) % 3
        self._show_tab()

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
        return action != "review" or bool(self._play.reception)

    def action_review(self) -> None:
        """Turn by turn."""
        self.our_app.past.open_review(self._play.reception)

    def action_home(self) -> None:
        """The list of buyers."""
        self.our_app.go_home()

    @property
    def our_app(self) -> KefuApp:
        """The app, by its own type."""
        return cast("KefuApp", self.app)
