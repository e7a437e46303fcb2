"""What the screens around typing drills have in common: their look, their first line, their way to the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kefu_sim.tui.render import plain, sides
from kefu_sim.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from kefu_sim.tui.app import KefuApp


class DrillPage(Screen[None]):
    """A screen with a head."""

    CSS_PATH = "../styles/drill.tcss"

    @property
    def our_app(self) -> KefuApp:
        """The app, by its own type."""
        return cast("KefuApp", self.app)

    def action_page(self, pages: int) -> None:
        """Move the page below the head by so many of its heights."""
        page = self.query_one("#page", LineView)
        page.scroll_relative(y=pages * page.size.height, animate=False)

    def tell(self, name: str, *pieces: Content, right: str = "") -> None:
        """Fill the first line: the screen's name, what there is to say, and something small at its end."""
        line = Content.assemble((f" {name} ", "$key-text on $key-face bold"), " ", *pieces)
        line = sides(line, plain(f"{right} ", "$muted"), self.app.size.width)
        head = self.query_one("#head", Static)
        if head.content != line:
            head.update(line, layout=False)
