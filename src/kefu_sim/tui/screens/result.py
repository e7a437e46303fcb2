"""What the results of a reception and of a shift have in common: a head, four big figures, tabs, rows to dispute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from kefu_sim.i18n import tr
from kefu_sim.tui.render import bar, plain, tabs
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.widgets.click_line import ClickLine
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.key_line import KeyLine
from kefu_sim.tui.widgets.row_page import RowPage
from kefu_sim.words import grade

if TYPE_CHECKING:
    from kefu_sim.history.disputing import Docket


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


class ResultScreen(OurScreen):
    """Head, tiles, a page with tabs, keys. What stands in them is said by those who know."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (Textual's declaration)
    AUTO_FOCUS = "#page"
    FIGURES: ClassVar[Sequence[str]] = ()
    """The big figures beside the total."""

    head = getters.query_one(HeadLine)
    tabs = getters.query_one("#tabs", ClickLine)

    page = getters.query_one("#page", RowPage)

    def __init__(self) -> None:
        super().__init__()
        self._tab = 0
        self._docket: Docket | None = None
        """None until the records are open, and for what was not kept."""

    def compose(self) -> ComposeResult:
        """The parts."""
        yield HeadLine()
        with Horizontal(id="tiles"):
            for name in (*self.FIGURES, "total"):
                yield Tile(name)
        yield ClickLine(id="tabs")
        yield RowPage(id="page")
        yield KeyLine()

    def headline(self) -> tuple[str, str, str, str]:
        """What it is the result of: kind, title, how it ended, and a remark for the right end."""
        raise NotImplementedError

    @property
    def titles(self) -> Sequence[str]:
        """The tabs."""
        raise NotImplementedError

    def show_page(self, *, stay: bool = False) -> None:
        """Fill the page of the tab in hand; `stay` leaves the cursor on its row."""
        raise NotImplementedError

    def show_docket(self, docket: Docket) -> None:
        """Rows can be disputed from now on."""
        self._docket = docket
        self.show_page(stay=True)

    def show_head(self) -> None:
        """Show the head line."""
        kind, title, how, remark = self.headline()
        left = Content.assemble(plain(title, "bold"), plain(f"  {how}", "$accent"))
        self.head.tell(kind, left, plain(remark, "$muted"))

    def show_total(self, total: float) -> None:
        """Fill the tile of the total, 0 to 100."""
        full, empty = bar(total, 0, 100, 10)
        remark = Content.assemble((full, share_style(total / 100)), (empty, "$faint"))
        self.query_one("#tile-total", Tile).tell(tr("Total"), f"{total:.0f}", " /100", remark)

    def show_tab(self) -> None:
        """Show the tabs and the page of the one in hand."""
        self.tabs.update(tabs(self.titles, self._tab))
        self.show_page()

    def on_resize(self) -> None:
        """The head fills the width."""
        self.show_head()

    def action_tab(self, step: int = 1) -> None:
        """Turn to another page."""
        self.action_turn_to((self._tab + step) % len(self.titles))

    def action_turn_to(self, tab: int) -> None:
        """Turn to a page that was clicked on."""
        self._tab = tab
        self.show_tab()

    def action_home(self) -> None:
        """The list of buyers."""
        self.our_app.go_home()


def share_style(share: float) -> str:
    """Colour of a share of what could be reached."""
    return {"good": "$success", "fair": "$warning", "poor": "$error"}[grade(share)]
