"""Clocks. Time in the house is seconds of active reception, to the millisecond; pauses do not count."""

from __future__ import annotations

from typing import Protocol


def to_ms(seconds: float) -> float:
    """Round to whole milliseconds, so that sums of times compare exactly."""
    return round(seconds, 3)


class Clock(Protocol):
    """Tells seconds since some fixed moment; never runs backwards."""

    def now(self) -> float:
        """Seconds."""
        ...


class ManualClock:
    """A clock that moves only when told to: for scripts, tests and bots."""

    def __init__(self, start: float = 0.0) -> None:
        self._now = start

    def now(self) -> float:
        """Seconds."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Move forward; negative values are refused."""
        if seconds < 0:
            raise ValueError("time does not run backwards")
        self._now = to_ms(self._now + seconds)


class StopWatch:
    """Active seconds on top of another clock: can be paused, and started from a given reading."""

    def __init__(self, clock: Clock, elapsed: float = 0.0) -> None:
        self._clock = clock
        self._elapsed = elapsed
        self._since: float | None = clock.now()

    def now(self) -> float:
        """Active seconds so far."""
        running = 0.0 if self._since is None else self._clock.now() - self._since
        return to_ms(self._elapsed + running)

    @property
    def paused(self) -> bool:
        """Whether time stands still."""
        return self._since is None

    def pause(self) -> None:
        """Stop counting."""
        self._elapsed = self.now()
        self._since = None

    def resume(self) -> None:
        """Count on."""
        if self._since is None:
            self._since = self._clock.now()
