"""The driver of one reception: joins `step` with a clock, a seed and the log. Both faces talk to this."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kefu_sim.base.clock import Clock, StopWatch
from kefu_sim.base.draws import seeded
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import State, rebuild
from kefu_sim.engine.step import Input, Leave, Open, Pause, Resume, Tick, Trial, next_due, step

Sink = Callable[[Sequence[ev.Event]], None]
"""Receives new events as they happen; may raise, the session goes on."""


class Session:
    """A running reception."""

    def __init__(self, program: Program, seed: int, clock: Clock, sink: Sink | None = None) -> None:
        self.program = program
        self.seed = seed
        self.state = State()
        self.log: list[ev.Event] = []
        self._draw = seeded(seed)
        self._watch = StopWatch(clock)
        self.sink = sink
        """Told of new events as they happen."""

    @classmethod
    def continued(cls, program: Program, log: Sequence[ev.Event], clock: Clock, sink: Sink | None = None) -> Session:
        """Go on from a log; the clock continues at its last event."""
        opened = log[0]
        assert isinstance(opened, ev.Opened)
        session = cls(program, opened.seed, clock, sink)
        session.log = list(log)
        session.state = rebuild(log)
        session._watch = StopWatch(clock, session.state.t)
        if session.state.paused:
            session._watch.pause()
        return session

    @property
    def now(self) -> float:
        """Seconds of active reception."""
        return self._watch.now()

    @property
    def due(self) -> float | None:
        """When something will happen by itself."""
        return next_due(self.program, self.state)

    def open(
        self, mode: ev.Mode, rubric: str, started: str = "", trainee: str = "", trial: Trial | None = None
    ) -> tuple[ev.Event, ...]:
        """Let the buyer begin."""
        return self.send(Open(self.seed, mode, rubric, started, trainee, trial))

    def edited(self, program: Program) -> None:
        """Go on with an edited story from where things stand; variables that are new begin as it says."""
        self.program = program
        fresh = {name: meter.init for name, meter in program.scenario.vars.items() if name not in self.state.meters}
        new = [ev.Adjusted(self.state.t, name, value, "start") for name, value in fresh.items()]
        self.state = rebuild(new, self.state)
        self.log.extend(new)

    def send(self, given: Input) -> tuple[ev.Event, ...]:
        """Feed one input at the present moment; returns what happened."""
        self.state, new = step(self.program, self.state, given, self.now, self._draw)
        self.log.extend(new)
        if new and self.sink is not None:
            self.sink(new)
        return new

    def tick(self) -> tuple[ev.Event, ...]:
        """Let time pass."""
        return self.send(Tick())

    def pause(self) -> tuple[ev.Event, ...]:
        """Stop the clock."""
        new = self.send(Pause())
        if self.state.paused:
            self._watch.pause()
        return new

    def resume(self) -> tuple[ev.Event, ...]:
        """Let the clock run again."""
        new = self.send(Resume())
        self._watch.resume()
        return new

    def leave(self) -> tuple[ev.Event, ...]:
        """End the reception on the agent's side."""
        return self.send(Leave())
