"""What the side panel shows, derived from the log of a reception."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.session import Session
from kefu_sim.engine.state import State
from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.scoring.metrics import Metrics, measure
from kefu_sim.scoring.transcript import from_events, unread

WAIT_MARKS = (30.0, 100.0, 180.0)
"""Seconds of waiting at which the display turns to attention, warning, overdue (domain B.1: the platforms' limits)."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A meter of the story as it stands."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Open:
    """A promise still to be kept."""

    about: str
    due: float | None
    """When, seconds of active reception; None when no time is set."""
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a reception stands; changes with events only."""

    done: tuple[Step, ...] = ()
    """Steps seen so far, in flow order."""
    excused: tuple[Step, ...] = ()
    """Steps this story gives no occasion for."""
    next: Step | None = None
    """The step the moment asks for, else the first that is open."""
    mood: Gauge | None = None
    patience: Gauge | None = None
    promises: tuple[Open, ...] = ()
    """Promises that are still to be kept, the most urgent first."""
    metrics: Metrics = field(default_factory=Metrics)


class Chatting(Protocol):
    """A reception, alone or on a shift."""

    @property
    def program(self) -> Program:
        """What is played."""
        ...

    @property
    def state(self) -> State:
        """Where it stands."""
        ...

    @property
    def log(self) -> Sequence[ev.Event]:
        """What has happened."""
        ...


def standing(session: Chatting) -> Standing:
    """Read a reception."""
    scenario, state = session.program.scenario, session.state
    credited = {label for event in session.log if isinstance(event, ev.Understood) for label in event.labels}
    excused = tuple(step for step in STEPS if step in scenario.not_judged)
    wanted = [step for step in STEPS if step not in credited and step not in excused]
    node = scenario.nodes.get(state.node)
    here = [step for step in wanted if node is not None and step in node.steps]
    return Standing(
        done=tuple(step for step in STEPS if step in credited),
        excused=excused,
        next=next(iter(here or wanted), None),
        mood=_gauge(session, "mood"),
        patience=_gauge(session, "patience"),
        promises=_open_promises(session),
        metrics=measure(from_events(session.log, unread)),
    )


def waiting(session: Session) -> float | None:
    """Seconds the buyer has been waiting for an answer; None while nobody waits."""
    since = session.state.waiting_since
    return None if since is None or session.state.over else max(session.now - since, 0.0)


def wait_level(seconds: float) -> int:
    """0 to 3: how urgent a wait is."""
    return sum(seconds >= mark for mark in WAIT_MARKS)


def _open_promises(session: Chatting) -> tuple[Open, ...]:
    promises = session.program.scenario.promises
    found = [
        Open(promises[name].about, pledge.due, pledge.status == "missed")
        for name, pledge in session.state.pledges.items()
        if pledge.open and name in promises
    ]
    return tuple(sorted(found, key=lambda promise: (promise.due is None, promise.due or 0.0)))


def _gauge(session: Chatting, name: str) -> Gauge | None:
    meter, value = session.program.scenario.vars.get(name), session.state.meters.get(name)
    return None if meter is None or value is None else Gauge(value, meter.min, meter.max)
