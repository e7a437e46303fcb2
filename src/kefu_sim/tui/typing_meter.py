"""How fast a message was typed, from what a terminal can see: commits of an input method, not its keys."""

from __future__ import annotations

from kefu_sim.drill.measure import typing_time

SAME_COMMIT = 0.03
"""Seconds: keys closer together than this are one commit of an input method (measured: at most 9.2 ms inside one)."""


MeterState = tuple[float | None, int, int, float, int]
"""What a meter knows of a draft."""


class TypingMeter:
    """Follows one draft at a time."""

    def __init__(self) -> None:
        self._started: float | None = None
        self._first = 0
        self._commits = 0
        self._last_key = 0.0
        self._pasted = 0

    def key(self, at: float, now: float) -> bool:
        """One character came at terminal time `at`, reception time `now`; True when it begins a draft."""
        fresh = self._begin(now)
        if self._commits == 0 or at - self._last_key >= SAME_COMMIT:
            self._commits += 1
        if self._commits == 1:
            self._first += 1
        self._last_key = at
        return fresh

    def paste(self, count: int, now: float) -> bool:
        """So many characters were pasted; True when that begins a draft."""
        fresh = self._begin(now)
        self._pasted += count
        return fresh

    def quick(self, whole: int) -> None:
        """A quick reply went in; the draft is now so many characters. Only what is typed from here on is measured."""
        self._started, self._first, self._commits, self._pasted = None, 0, 0, whole

    def state(self) -> MeterState:
        """Everything about the draft in hand, to be put back by `restore`."""
        return self._started, self._first, self._commits, self._last_key, self._pasted

    def restore(self, state: MeterState | None) -> None:
        """Go on with a draft that was put aside; None for a fresh one."""
        fresh = (None, 0, 0, 0.0, 0)
        self._started, self._first, self._commits, self._last_key, self._pasted = state or fresh

    def take(self, text: str, now: float) -> tuple[int, float, int]:
        """Characters typed, seconds of typing, characters pasted of the message sent now; starts afresh.

        The clock starts when the first commit is already there. Its characters are given the average time of the
        others; a message that came in one commit has no typing time (0).
        """
        pasted = min(self._pasted, len(text))
        typed = len(text) - pasted
        seconds = typing_time(typed, self._first, now - self._started) if self._started is not None else 0.0
        self._started, self._first, self._commits, self._pasted = None, 0, 0, 0
        return typed, seconds, pasted

    def _begin(self, now: float) -> bool:
        if self._started is not None:
            return False
        self._started = now
        return True
