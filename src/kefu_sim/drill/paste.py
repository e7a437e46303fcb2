"""Text that came faster than hands type: pasted or dictated.

It delays nothing and accuses nobody; it only keeps a run out of the records.
Input methods and some terminals deliver whole phrases at once, so a single burst proves nothing. What a person cannot
do is keep bursting: a bucket that drains at the pace of hands overflows.
"""

from __future__ import annotations

from typing import Literal

from kefu_sim.drill import events as ev
from kefu_sim.drill.standards import Paste

Doubt = Literal["lines", "inside", "burst"]
"""`lines`: several lines were pasted · `inside`: a line break inside a commit · `burst`: more than hands can type."""


class Watch:
    """Follows the stream of commits."""

    def __init__(self, rule: Paste, *, lines: bool = False) -> None:
        """`lines`: whole lines come with the time they took, in place of commits; they may exceed it by a second."""
        self._rule = rule
        self._room = rule.rate if lines else rule.bucket
        self._lines = lines
        self._level = 0.0
        self._at = 0.0
        self.doubt: Doubt | None = None
        """The first reason to think that not all was typed by hand."""

    def take(self, event: ev.Event) -> None:
        """See one event."""
        if not isinstance(event, ev.Commit | ev.Pasted):
            return
        drained = self._rule.rate * (event.t - self._at)
        size, self._at = len(event.text), event.t
        if self._lines:
            self._level = max(self._level + size - drained, 0.0)
        else:
            self._level = max(self._level - drained, 0.0) + size
        self.doubt = self.doubt or self._doubt(event)

    def _doubt(self, event: ev.Commit | ev.Pasted) -> Doubt | None:
        inner = event.text.strip("\n")
        if "\n" in inner and isinstance(event, ev.Pasted):
            return "lines"
        if "\n" in event.text and inner:
            return "inside"
        return "burst" if self._level > self._room else None
