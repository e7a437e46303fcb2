"""The one ticker of the program: lets time pass in the reception that is being played."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

INTERVAL = 0.22
"""Seconds between two looks at the clock. Looks are never counted: a late one finds the right time all the same."""


class Advancing(Protocol):
    """What can be given time."""

    def advance(self) -> None:
        """Let everything happen that is due."""
        ...


class Ticker:
    """Gives time to the reception in play; an error is told once and stops it."""

    def __init__(self, current: Callable[[], Advancing | None], failed: Callable[[Exception], None]) -> None:
        """`current`: the reception in play, if any. `failed`: told of an error, which then no longer repeats."""
        self._current = current
        self._failed = failed
        self._broken: Advancing | None = None

    def beat(self) -> None:
        """Look at the clock."""
        playing = self._current()
        if playing is None or playing is self._broken:
            return
        try:
            playing.advance()
        except Exception as error:  # noqa: BLE001 (an error in a timer would end the program without a word)
            self._broken = playing
            self._failed(error)
