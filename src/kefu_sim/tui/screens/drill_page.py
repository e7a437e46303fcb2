"""What the screens around typing drills have in common: their look, their first line, their way to the app."""

from __future__ import annotations

from textual.content import Content

from kefu_sim.tui.render import plain
from kefu_sim.tui.screens.ours import OurScreen
from kefu_sim.tui.widgets.head_line import HeadLine
from kefu_sim.tui.widgets.line_view import LineView


class DrillPage(OurScreen):
    """A screen with a head."""

    CSS_PATH = "../styles/drill.tcss"

    def action_page(self, pages: int) -> None:
        """Move the page below the head by so many of its heights."""
        page = self.query_one("#page", LineView)
        page.scroll_relative(y=pages * page.size.height, animate=False)

    def tell(self, name: str, *pieces: Content, right: str = "") -> None:
        """Fill the first line: the screen's name, what there is to say, and something small at its end."""
        self.query_one(HeadLine).tell(name, Content.assemble(*pieces), plain(f"{right} ", "$muted"))
