"""Where a film is, whether it runs and how fast: an immutable value that time and keys turn into the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from kefu_sim.demo.film import Film, Frame

SPEEDS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
"""What the keys choose from; a command line may set any."""
_NEAR = 0.001
"""Seconds within which two moments of film are one."""


@dataclass(frozen=True, slots=True)
class Player:
    """A film at a moment."""

    film: Film
    at: float = 0.0
    """Seconds of film."""
    running: bool = True
    speed: float = 1.0
    answered: int = -1
    """The beat whose question has been dealt with."""

    @property
    def frame(self) -> Frame:
        """What there is to see."""
        return self.film.frame(self.at)

    @property
    def over(self) -> bool:
        """Whether the last beat has begun."""
        return self.frame.beat.kind == "end"

    @property
    def asking(self) -> int | None:
        """The beat before which it has stopped to ask; None while it does not ask."""
        for index, beat in enumerate(self.film.beats):
            if beat.asks and index != self.answered and abs(self.film.starts[index] - self.at) < _NEAR:
                return index
        return None

    def after(self, seconds: float) -> Player:
        """Let time pass (seconds of the wall clock); it stops at a question and at the end."""
        if not self.running or self.asking is not None:
            return self
        return replace(self, at=min(self.at + seconds * self.speed, self._next_stop()))

    def toggled(self) -> Player:
        """Run, or stand still; at a question go on without asking."""
        if (asking := self.asking) is not None:
            return replace(self, answered=asking, running=True)
        return replace(self, running=not self.running)

    def forward(self) -> Player:
        """The next line at once; what is being said is finished first."""
        passed = self.asking if self.asking is not None else self.answered
        marks = [mark for mark in self._marks() if mark > self.at + _NEAR]
        return replace(self, answered=passed, at=marks[0] if marks else self.at)

    def back(self) -> Player:
        """The line before."""
        marks = [mark for mark in self._marks() if mark < self.at - _NEAR]
        return replace(self, answered=-1, at=marks[-1] if marks else 0.0)

    def restarted(self) -> Player:
        """From the beginning."""
        return replace(self, at=0.0, answered=-1, running=True)

    def at_beat(self, index: int) -> Player:
        """At the beginning of a beat, its question dealt with."""
        return replace(self, at=self.film.starts[index], answered=index)

    def faster(self, step: int) -> Player:
        """The next of the speeds, up or down."""
        above, below = [s for s in SPEEDS if s > self.speed], [s for s in SPEEDS if s < self.speed]
        if step > 0:
            return replace(self, speed=above[0] if above else self.speed)
        return replace(self, speed=below[-1] if below else self.speed)

    def _next_stop(self) -> float:
        for index, (start, _) in enumerate(pairwise(self.film.starts)):
            if self.film.beats[index].asks and index != self.answered and start > self.at + _NEAR:
                return start
        return self.film.seconds

    def _marks(self) -> tuple[float, ...]:
        """Moments that stepping lands on: where a beat begins."""
        return self.film.starts[1:-1]
