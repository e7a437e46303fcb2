"""Screens that are taken away at any moment, also before they were built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.dom import DOMNode
from textual.events import Mount, Resize, ScreenResume

if TYPE_CHECKING:
    from textual.events import Event

_USING_PARTS = (Mount, Resize, ScreenResume)


class Whole(DOMNode):
    """A screen that hears of these only while its parts are there: they go before it does."""

    async def on_event(self, event: Event) -> None:
        """Pass over what can no longer be answered."""
        if not (self._pruning and isinstance(event, _USING_PARTS)):
            await super().on_event(event)
