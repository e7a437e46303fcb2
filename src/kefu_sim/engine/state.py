"""The state of a reception: what `step` needs to know, derived from the events alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar

from kefu_sim.base.clock import to_ms
from kefu_sim.base.text import has_words
from kefu_sim.engine import events as ev
from kefu_sim.language.numbers import merged

_Value = TypeVar("_Value")
_Table = MappingProxyType[str, _Value]
_EMPTY: _Table[float] = MappingProxyType({})
_NOWHERE: _Table[int] = MappingProxyType({})
_NO_NOTES: _Table[str] = MappingProxyType({})
_NO_PLEDGES: _Table[Pledge] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise that was made."""

    made: float
    """When, seconds."""
    due: float | None = None
    """When it must have been kept; None when no time is set, or not yet."""
    status: Literal["open", "kept", "late", "missed"] = "open"
    """`missed` may still become `late`."""
    broken: bool = False
    """A time that was named has passed before; to name another one does not undo that."""

    @property
    def open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.status in {"open", "missed"}

    def late_at(self, now: float) -> bool:
        """Whether it is late when it is kept at this time."""
        return self.broken or (self.due is not None and now > self.due)


class State(NamedTuple):
    """Where the story stands. Never changed in place; a tuple, because an event makes two new ones."""

    seq: int = 0
    """Messages so far, of both sides: the position of the next draw."""
    t: float = 0.0
    """Time of the last event."""
    began: float = 0.0
    """Time of the first one: 0, but for the receptions of a shift, which share one clock."""
    node: str = ""
    meters: _Table[float] = _EMPTY
    visits: _Table[int] = _NOWHERE
    used_lines: tuple[str, ...] = ()
    """Ids of the wordings said, oldest first."""
    fired: frozenset[str] = frozenset()
    """`<node>/<place>` of replies that have been taken."""
    revealed: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    """Labels of the turn the buyer has not reacted to yet."""
    numbers: _Table[float] = _EMPTY
    """Numbers named in that turn, by kind."""
    burst: int = 0
    """Messages of that turn."""
    here: int = 0
    """Messages of the agent since the node was entered."""
    waited: float = 0.0
    """Seconds the buyer had waited when that turn began."""
    opened: frozenset[str] = frozenset()
    """Cards looked at."""
    notes: _Table[str] = _NO_NOTES
    """What stands on the orders."""
    pledges: _Table[Pledge] = _NO_PLEDGES
    """Promises made, by name."""
    noticed: tuple[str, ...] = ()
    """Notices that have come, oldest first."""
    due: float | None = None
    """When the buyer reacts to it."""
    unclear: int = 0
    """Times in a row the buyer did not understand, at this node."""
    waiting_since: float | None = None
    """When the first unanswered buyer line came; None while the agent has the last word."""
    silence_from: float | None = None
    """When the silence branches of the node began to count; None before the first line and while a reaction is due."""
    nudges: int = 0
    """Silence branches of this wait that have fired."""
    holding: bool = False
    """The agent asked for a moment and has not come back yet."""
    context: tuple[str, ...] = ()
    """The last lines, `买家：…` / `客服：…`, newest last."""
    said: tuple[str, ...] = ()
    """Messages of the agent, oldest first."""
    paused: bool = False
    outcome: str | None = None

    @property
    def over(self) -> bool:
        """Whether the reception has ended."""
        return self.outcome is not None


CONTEXT_LINES = 6


def rebuild(log: Iterable[ev.Event], initial: State | None = None) -> State:
    """Fold a log, or its continuation, into a state."""
    state = initial or State()
    for event in log:
        state = apply(state, event)
    return state


def apply(state: State, event: ev.Event) -> State:
    """State after one more event."""
    fold = _FOLDS.get(type(event))
    values = [*state]  # in place of State._replace, which takes twice as long
    values[_AT["t"]] = event.t
    if isinstance(event, _MESSAGES):
        values[_AT["seq"]] = state.seq + 1
    if fold is not None:
        for name, value in fold(event, state).items():
            values[_AT[name]] = value
    return tuple.__new__(State, values)


_AT = {name: at for at, name in enumerate(State._fields)}
_MESSAGES = (ev.BuyerSaid, ev.AgentSent)
_Changes = dict[str, Any]
_Event = TypeVar("_Event", bound=ev.Event)
_FOLDS: dict[type[ev.Event], Callable[[Any, State], _Changes]] = {}
"""What each kind of event changes beyond the time; typing and help change nothing."""


def _with(table: _Table[_Value], name: str, value: _Value) -> _Table[_Value]:
    """A table with one value more, or another one."""
    return MappingProxyType(table | {name: value})


def _folds(kind: type[_Event]) -> Callable[[Callable[[_Event, State], _Changes]], None]:
    """Register what a kind of event changes."""

    def register(fold: Callable[[_Event, State], _Changes]) -> None:
        _FOLDS[kind] = fold

    return register


@_folds(ev.Opened)
def _(event: ev.Opened, _state: State) -> _Changes:
    return {"began": event.t}


@_folds(ev.Entered)
def _(event: ev.Entered, state: State) -> _Changes:
    return {
        "node": event.node,
        "visits": _with(state.visits, event.node, state.visits.get(event.node, 0) + 1),
        "unclear": 0,
        "silence_from": event.t,
        "nudges": 0,
        "here": 0,
        "holding": False,
    }


@_folds(ev.BuyerSaid)
def _(event: ev.BuyerSaid, state: State) -> _Changes:
    changes: _Changes = {
        "used_lines": (*state.used_lines, event.line),
        "context": (*state.context, f"买家：{event.text}")[-CONTEXT_LINES:],
        "waiting_since": state.waiting_since if state.waiting_since is not None else event.t,
    }
    if event.source != "silence":
        changes |= {"silence_from": event.t, "nudges": 0, "holding": False}
    return changes


@_folds(ev.AgentSent)
def _(event: ev.AgentSent, state: State) -> _Changes:
    return {
        "context": (*state.context, f"客服：{event.text}")[-CONTEXT_LINES:],
        "said": (*state.said, event.text),
        "burst": state.burst + 1,
        "here": state.here + 1,
        "waited": state.waited if state.burst or state.waiting_since is None else to_ms(event.t - state.waiting_since),
        "waiting_since": None if has_words(event.text) else state.waiting_since,
    }


@_folds(ev.Understood)
def _(event: ev.Understood, state: State) -> _Changes:
    told = event.numbers if event.offer is None else {"offer": event.offer, **event.numbers}
    return {
        "labels": state.labels.union(event.labels),
        "numbers": MappingProxyType(merged((state.numbers, told))) if told else state.numbers,
        "due": event.due,
        "silence_from": None,
    }


@_folds(ev.Reacted)
def _(event: ev.Reacted, state: State) -> _Changes:
    fired = state.fired
    if event.choice.startswith(("reply:", "always:")):
        fired = fired | {f"{state.node}/{event.choice}"}
    return {
        "labels": frozenset(),
        "numbers": _EMPTY,
        "burst": 0,
        "waited": 0.0,
        "due": None,
        "fired": fired,
        "unclear": state.unclear + 1 if event.choice == "unclear" else 0,
        "silence_from": event.t,
        "nudges": 0,
        "holding": event.choice == "hold",
    }


@_folds(ev.Adjusted)
def _(event: ev.Adjusted, state: State) -> _Changes:
    return {"meters": _with(state.meters, event.meter, event.value)}


@_folds(ev.Revealed)
def _(event: ev.Revealed, state: State) -> _Changes:
    return {"revealed": (*state.revealed, event.name)}


@_folds(ev.Nudged)
def _(event: ev.Nudged, _state: State) -> _Changes:
    return {"nudges": event.index + 1}


@_folds(ev.CardOpened)
def _(event: ev.CardOpened, state: State) -> _Changes:
    return {"opened": state.opened | {event.card}}


@_folds(ev.Noted)
def _(event: ev.Noted, state: State) -> _Changes:
    return {"notes": _with(state.notes, event.order, event.text)}


@_folds(ev.Promised)
def _(event: ev.Promised, state: State) -> _Changes:
    before = state.pledges.get(event.name)
    made = before.made if before is not None and before.status == "open" else event.t
    broken = before is not None and before.broken
    return _pledged(state, event.name, Pledge(made, event.due, broken=broken))


@_folds(ev.Kept)
def _(event: ev.Kept, state: State) -> _Changes:
    status: Literal["kept", "late"] = "late" if event.late else "kept"
    return _pledged(state, event.name, dataclasses.replace(_pledge(state, event), status=status))


@_folds(ev.Missed)
def _(event: ev.Missed, state: State) -> _Changes:
    return _pledged(state, event.name, dataclasses.replace(_pledge(state, event), status="missed", broken=True))


def _pledge(state: State, event: ev.Kept | ev.Missed) -> Pledge:
    """The promise an event is about; logs may have lost the row that made it."""
    return state.pledges.get(event.name) or Pledge(event.t)


def _pledged(state: State, name: str, pledge: Pledge) -> _Changes:
    return {"pledges": _with(state.pledges, name, pledge)}


@_folds(ev.Noticed)
def _(event: ev.Noticed, state: State) -> _Changes:
    return {"noticed": (*state.noticed, event.name)}


@_folds(ev.Paused)
def _(_event: ev.Paused, _state: State) -> _Changes:
    return {"paused": True}


@_folds(ev.Resumed)
def _(_event: ev.Resumed, _state: State) -> _Changes:
    return {"paused": False}


@_folds(ev.Ended)
def _(event: ev.Ended, _state: State) -> _Changes:
    return {"outcome": event.outcome, "due": None, "silence_from": None, "waiting_since": None}
