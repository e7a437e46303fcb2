"""Promises: which a message makes or keeps, which a note keeps, and when one falls due. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet

from kefu_sim.base.clock import to_ms
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import Pledge, State
from kefu_sim.scenario.agreements import Promise
from kefu_sim.scenario.conditions import carried
from kefu_sim.scenario.labels import note_label, promise_label


def by_message(
    program: Program, state: State, labels: AbstractSet[str], told: Mapping[str, float], now: float
) -> list[ev.Promised | ev.Kept]:
    """What a message with these labels and numbers does about promises: keeps open ones, makes new ones."""
    found: list[ev.Promised | ev.Kept] = []
    for name, promise in program.scenario.promises.items():
        pledge = state.pledges.get(name)
        if pledge is not None and not pledge.open:
            continue
        if pledge is not None and _running(promise, pledge) and promise.kept and carried(promise.kept, labels):
            found.append(ev.Kept(now, name, late=pledge.late_at(now)))
        elif _made(promise, labels) and (pledge is None or _named_time(promise, told)):
            found.append(ev.Promised(now, name, _due(promise, state, told, now)))
            if promise.due is None and (
                _noted(program, state, name) or (promise.kept and carried(promise.kept, labels))
            ):
                found.append(ev.Kept(now, name))
    return found


def labels_of(found: Collection[ev.Promised | ev.Kept]) -> Iterator[str]:
    """Labels of what a message does about promises."""
    for event in found:
        if isinstance(event, ev.Promised):
            yield promise_label("made", event.name)
        else:
            yield promise_label("late" if event.late else "kept", event.name)


def by_note(program: Program, state: State, now: float) -> list[ev.Kept]:
    """Open promises that the notes as they stand now keep."""
    return [
        ev.Kept(now, name, late=pledge.late_at(now))
        for name, pledge in state.pledges.items()
        if pledge.open and _noted(program, state, name)
    ]


def on_entering(program: Program, state: State, node: str, at: float) -> list[ev.Promised]:
    """Open promises whose time begins to run at a node."""
    found = []
    for name, pledge in state.pledges.items():
        due = program.scenario.promises[name].due
        if pledge.open and due is not None and due.node == node and due.after is not None:
            found.append(ev.Promised(at, name, to_ms(at + due.after)))
    return found


def next_due(state: State) -> tuple[float, str] | None:
    """The open promise that falls due first: when, and its name."""
    waiting = ((p.due, name) for name, p in state.pledges.items() if p.status == "open" and p.due is not None)
    return min(waiting, default=None)


def _running(promise: Promise, pledge: Pledge) -> bool:
    """Whether its time has begun: news for the evening, told at noon, keep no promise."""
    return promise.due is None or promise.due.node is None or pledge.due is not None


def _made(promise: Promise, labels: AbstractSet[str]) -> bool:
    return carried(promise.made, labels) and labels.isdisjoint(promise.unless)


def _named_time(promise: Promise, told: Mapping[str, float]) -> bool:
    return promise.due is not None and promise.due.number in told


def _due(promise: Promise, state: State, told: Mapping[str, float], now: float) -> float | None:
    due = promise.due
    if due is None:
        return None
    if due.number is not None and due.number in told:
        return to_ms(now + told[due.number] * due.each)
    if due.after is None or (due.node is not None and due.node not in state.visits):
        return None
    return to_ms(now + due.after)


def _noted(program: Program, state: State, name: str) -> bool:
    """Whether a note holds the words of a promise, on the order it belongs to."""
    promise = program.scenario.promises[name]
    if not promise.note:
        return False
    label = note_label("promise", name)
    return any(
        label in program.understand(text, (), ()).intents
        for order, text in state.notes.items()
        if not promise.order or order == promise.order
    )
