"""What every screen of this program has."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from kefu_sim.tui.whole import Whole

if TYPE_CHECKING:
    from kefu_sim.tui.app import KefuApp


class OurScreen(Whole, Screen[None]):
    """A screen that knows its app."""

    @property
    def our_app(self) -> KefuApp:
        """The app, by its own type."""
        return cast("KefuApp", self.app)
