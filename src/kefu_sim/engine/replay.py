"""Playing an old log again through a story that was edited since: as far as both go the same way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch

from kefu_sim.base.draws import seeded
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import State
from kefu_sim.engine.step import (
    AskHelp,
    Input,
    Leave,
    Note,
    Open,
    OpenCard,
    Pause,
    Resume,
    Say,
    Tick,
    Typing,
    UseQuick,
    step,
)


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where an edited story first goes another way."""

    index: int
    """Of the first event in the old log that did not happen again; its length when only more happens now."""
    was: ev.Event | None
    now: ev.Event | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """A log as the edited story tells it."""

    log: tuple[ev.Event, ...]
    """Without a divergence all of it, else up to it."""
    divergence: Divergence | None = None


def replay(program: Program, log: Sequence[ev.Event]) -> Replayed:
    """Give an old log's inputs to a program, each at its time, until something else happens than did then."""
    opened = log[0]
    assert isinstance(opened, ev.Opened)
    state, told = State(), list[ev.Event]()
    draw = seeded(opened.seed)
    old = [index for index, event in enumerate(log) if _counts(event, opened)]
    matched = checked = 0
    for given, at in (*_inputs(log), (Tick(), log[-1].t)):
        state, new = step(program, state, given, at, draw)
        told.extend(_headed(opened, event) for event in new)
        for now in told[checked:]:
            if _counts(now, opened):
                was = log[old[matched]] if matched < len(old) else None
                if was is None or not _same(was, now):
                    index = old[matched] if was is not None else len(log)
                    return Replayed(tuple(told[:checked]), Divergence(index, was, now))
                matched += 1
            checked += 1
    if matched < len(old):
        return Replayed(tuple(told), Divergence(old[matched], log[old[matched]], None))
    return Replayed(tuple(told))


def _counts(event: ev.Event, opened: ev.Opened) -> bool:
    """Whether an event is to be met again: numbers may differ, and early logs kept no books."""
    if isinstance(event, ev.Bookkeeping):
        return opened.format >= ev.PROMISES_SINCE
    return not isinstance(event, ev.Adjusted)


def _inputs(log: Sequence[ev.Event]) -> Iterator[tuple[Input, float]]:
    """What was given to the engine, and when."""
    for index, event in enumerate(log):
        if isinstance(event, ev.Resumed) and _before_leaving(log, index):
            continue
        given = _given(event)
        if given is not None:
            yield given, event.t


def _headed(opened: ev.Opened, event: ev.Event) -> ev.Event:
    """The first row again: what the program makes of it is new, whatever else it records stays."""
    if not isinstance(event, ev.Opened):
        return event
    return replace(
        opened,
        scenario=event.scenario,
        fingerprint=event.fingerprint,
        recogniser=event.recogniser,
        level=event.level,
        format=event.format,
    )


@singledispatch
def _given(event: ev.Event) -> Input | None:
    """The input that an event records; None for what followed by itself."""
    del event
    return None


@_given.register
def _(event: ev.Opened) -> Input:
    return Open(event.seed, event.mode, event.rubric, event.started)


@_given.register
def _(event: ev.AgentSent) -> Input:
    return Say(event.text, event.typed, event.typing_s, event.pasted)


@_given.register
def _(event: ev.TypingStarted) -> Input:
    del event
    return Typing()


@_given.register
def _(event: ev.QuickUsed) -> Input:
    return UseQuick(event.reply, event.chars)


@_given.register
def _(event: ev.CardOpened) -> Input:
    return OpenCard(event.card)


@_given.register
def _(event: ev.Noted) -> Input:
    return Note(event.text, event.order)


@_given.register
def _(event: ev.HelpShown) -> Input:
    return AskHelp(event.what)


@_given.register
def _(event: ev.Paused) -> Input:
    del event
    return Pause()


@_given.register
def _(event: ev.Resumed) -> Input:
    del event
    return Resume()


@_given.register
def _(event: ev.Ended) -> Input | None:
    return Leave() if event.outcome == "left" else None


def _before_leaving(log: Sequence[ev.Event], index: int) -> bool:
    """Whether a resumption is part of leaving in a pause."""
    after = log[index + 1 : index + 2]
    return bool(after) and isinstance(after[0], ev.Ended) and after[0].outcome == "left"


def _same(was: ev.Event, now: ev.Event) -> bool:
    """Whether the same thing happened: rows may have moved, numbers have changed, rules bear other versions."""
    return _told(was) == _told(now)


def _told(event: ev.Event) -> ev.Event:
    match event:
        case ev.Opened():
            return replace(event, fingerprint="", recogniser="", format=0)
        case ev.Entered():
            return replace(event, via="")
        case ev.BuyerSaid():
            return replace(event, line="")
        case ev.Reacted():
            kind = event.choice.partition(":")[0]
            return replace(event, choice="reply" if kind == "always" else kind)
        case ev.Understood():
            return replace(event, labels=(), numbers={}, offer=None)
        case _:
            return event
