"""Keys typed while a reception is being opened: they are for the buyer, not for the list of buyers behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from kefu_sim.tui.widgets.composer import Composer

EDITING = frozenset(("enter", "ctrl+j", "backspace"))
"""Keys that are kept once there is something they may change; before that they mean nothing."""


class Typeahead:
    """Holds what is typed until there is a composer to take it."""

    def __init__(self, *, opening: bool = False) -> None:
        """`opening`: whether the program starts with a reception."""
        self._opening = opening
        self._kept: list[events.Key | events.Paste] = []

    def begin(self) -> None:
        """A reception is being opened."""
        self._opening = True

    def keeps(self, event: events.Event) -> bool:
        """Whether an event was held back."""
        if not self._opening:
            return False
        if isinstance(event, events.Paste) or (isinstance(event, events.Key) and event.is_printable):
            self._kept.append(event)
            return True
        if isinstance(event, events.Key) and event.key in EDITING:
            if self._kept:
                self._kept.append(event)
            return True
        return False

    def give(self, composer: Composer) -> None:
        """The composer is there: it gets everything, in the order in which it was typed."""
        kept = self._kept
        self.drop()
        for event in kept:
            composer.post_message(event)

    def drop(self) -> None:
        """No reception came of it."""
        self._opening, self._kept = False, []
