"""How fast a message was typed, from what a terminal can see: commits of an input method, not its keys."""

from __future__ import annotations

from copy import copy

from kefu_sim.drill.measure import typing_time
from kefu_sim.rulebook.drill import load_standards

SAME_COMMIT = 0.03
"""Seconds: keys closer together than this are one commit of an input method (measured: at most 9.2 ms inside one)."""


class TypingMeter:
    """Follows one draft at a time."""

    def __init__(self) -> None:
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._fresh = True
        self._since = 0.0
        """When the first commit came."""
        self._until = 0.0
        """When the last character came."""
        self._committed = 0
        self._first = 0
        """Characters of the first commit."""
        self._commits = 0
        self._last_key = 0.0
        self._pasted = 0
        self._taken_up = False
        """Whether the draft begins with what was typed in an earlier run of the program."""

    def key(self, at: float, now: float) -> bool:
        """One character came at terminal time `at`, reception time `now`; True when it begins a draft."""
        if self._commits == 0:
            self._since = now
        if self._commits == 0 or at - self._last_key >= SAME_COMMIT:
            self._commits += 1
        if self._commits == 1:
            self._first += 1
        self._committed += 1
        self._last_key, self._until = at, now
        return self._begin()

    def paste(self, count: int) -> bool:
        """So many characters were pasted; True when that begins a draft."""
        self._pasted += count
        return self._begin()

    def quick(self, whole: int) -> None:
        """A quick reply went in; the draft is now so many characters. Only what is typed from here on is measured."""
        self._committed, self._first, self._commits, self._pasted = 0, 0, 0, whole

    def take_up(self) -> None:
        """The draft of an earlier run stands there again: nobody knows how long it took."""
        self._taken_up = True

    def put_aside(self) -> TypingMeter:
        """What is known of the draft in hand, to be gone on with later; here a fresh one begins."""
        kept = copy(self)
        self._begin_anew()
        return kept

    def take(self, text: str) -> tuple[int, float, int]:
        """Characters typed, seconds of typing, characters pasted of the message sent now; starts afresh.

        As in a drill the time runs to the last commit, whenever the message is sent. It starts when the first commit is
        already there: its characters are given the average time of the others. A message that came in one commit, or
        faster than hands type (dictated, or pasted by a terminal that hides it), or begun in an earlier run, has no
        typing time (0).
        """
        pasted = min(self._pasted, len(text))
        typed = len(text) - pasted
        seconds = typing_time(self._committed, self._first, self._until - self._since)
        if self._taken_up or self._committed * 60 > load_standards().fastest * seconds:
            seconds = 0.0
        self._begin_anew()
        return typed, seconds, pasted

    def _begin(self) -> bool:
        begun, self._fresh = self._fresh, False
        return begun
