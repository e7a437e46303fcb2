"""The log of a drill as it is written, row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kefu_sim.drill import events as ev

Sink = Callable[[Sequence[ev.Event]], None]


class Logged:
    """A drill that writes down what happens, and tells a sink of it."""

    def __init__(self, opened: ev.Opened, sink: Sink | None) -> None:
        self.log: list[ev.Event] = [opened]
        self.sink = sink
        """Told of new events as they happen; never of the opening row, which it knows."""

    def _tell(self, event: ev.Event) -> None:
        self.log.append(event)
        if self.sink is not None:
            self.sink([event])
