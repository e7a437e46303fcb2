"""Screens that are taken away at any moment, also before they were built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Mount, Resize, ScreenResume
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.events import Event

_USING_PARTS = (Mount, Resize, ScreenResume)


class Whole(MessagePump):
    """A screen that hears of these only while its parts are there: they go before it does."""

    _pruning: bool
    """Textual's sign for it, of every node."""

    async def on_event(self, event: Event) -> None:
        """Pass over what can no longer be answered."""
        if not (self._pruning and isinstance(event, _USING_PARTS)):
            await super().on_event(event)
