"""What every screen of this program has."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from kefu_sim.tui.whole import Whole

if TYPE_CHECKING:
    from kefu_sim.tui.app import KefuApp


class OurScreen(Whole, Screen[None]):
    """A screen that knows its app."""

    def on_compose(self) -> None:
        """Be laid out for the width there is from the first frame on: Textual tells the width only after it."""
        reached = [point for point in self.HORIZONTAL_BREAKPOINTS or () if point[0] <= self.app.size.width]
        if reached:
            self.add_class(max(reached)[1])

    @property
    def our_app(self) -> KefuApp:
        """The app, by its own type."""
        return cast("KefuApp", self.app)
