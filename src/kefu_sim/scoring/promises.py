"""Promises and order notes: what was said must be kept, in time, and must stand on the order (domain C.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kefu_sim.engine import events as ev
from kefu_sim.language.verdict import Fault
from kefu_sim.scenario.conditions import carried
from kefu_sim.scenario.labels import note_label
from kefu_sim.scenario.model import Promise, Scenario
from kefu_sim.scoring.ledger import NOWHERE, Phrase, Place, Row
from kefu_sim.scoring.rubric import Rubric
from kefu_sim.scoring.transcript import Reader


@dataclass(frozen=True, slots=True)
class Made:
    """A promise as the log tells of it."""

    turn: int
    """Index of the turn that made it."""
    status: Literal["open", "kept", "late", "missed"] = "open"
    settled: int | None = None
    """Turn at which it was kept, or after which its time had passed."""


@dataclass(frozen=True, slots=True)
class Written:
    """The order notes as they stood at the end, and what was understood of them."""

    labels: frozenset[tuple[str, str]] = frozenset()
    """(label, order) of words that the story looks for."""
    faults: tuple[tuple[Fault, str], ...] = ()
    """Faults of wording, with the words."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was promised and written in a reception."""

    made: Mapping[str, Made] = field(default_factory=dict)
    written: Written = field(default_factory=Written)


def agreed_in(log: Sequence[ev.Event], read: Reader) -> Agreed | None:
    """Promises and notes of a log; None for logs of a format that did not record them."""
    opened = log[0] if log else None
    if not isinstance(opened, ev.Opened) or opened.format < ev.PROMISES_SINCE:
        return None
    made: dict[str, Made] = {}
    notes: dict[str, str] = {}
    turn = -1
    for event in log:
        match event:
            case ev.BuyerSaid() | ev.AgentSent():
                turn += 1
            case ev.Promised(name=name):
                made[name] = made.get(name, Made(turn))
            case ev.Kept(name=name, late=late) if name in made:
                made[name] = Made(made[name].turn, "late" if late else "kept", turn)
            case ev.Missed(name=name) if name in made:
                made[name] = Made(made[name].turn, "missed", turn)
            case ev.Noted(text=text, order=order):
                notes[order] = text
            case _:
                pass
    return Agreed(made, _written(notes, read))


def _written(notes: Mapping[str, str], read: Reader) -> Written:
    found = {order: read(text, (), (), "") for order, text in notes.items() if text}
    labels = {(label, order) for order, recognition in found.items() for label in recognition.intents}
    faults = [(f, notes[order][f.start : f.end]) for order, seen in found.items() for f in seen.faults]
    return Written(frozenset(labels), tuple(faults))


def agreement_rows(scenario: Scenario, agreed: Agreed, visited: Sequence[str], rubric: Rubric) -> list[Row]:
    """Rows of the dimension: each promise made and each note due has an equal part of the points."""
    parts = [*_promises(scenario, agreed), *_notes(scenario, agreed, visited)]
    most = rubric.substance.promises / len(parts) if parts else 0.0
    return [rubric.row(part.rule, most * part.share(rubric), most, at=part.at, about=part.about) for part in parts]


@dataclass(frozen=True, slots=True)
class _Part:
    rule: str
    about: str
    at: Place = NOWHERE

    def share(self, rubric: Rubric) -> float:
        match self.rule:
            case "promise.kept" | "note.done":
                return 1.0
            case "promise.late":
                return rubric.substance.late
        return 0.0


def _promises(scenario: Scenario, agreed: Agreed) -> Iterator[_Part]:
    for name, made in agreed.made.items():
        promise = scenario.promises.get(name)
        if promise is None:
            continue
        rule = _on_note(promise, name, made, agreed.written) if promise.note else _in_words(promise, made)
        if rule:
            on_paper = bool(promise.note) or made.settled is None
            yield _Part(rule, promise.about, Place(made.turn if on_paper else made.settled))


def _in_words(promise: Promise, made: Made) -> str:
    """Rule that applies; empty while the time of the promise has not come."""
    if made.status == "open":
        return "" if promise.due is not None else "promise.open"
    return f"promise.{made.status}"


def _on_note(promise: Promise, name: str, made: Made, written: Written) -> str:
    label = note_label("promise", name)
    orders = {order for found, order in written.labels if found == label}
    if not orders:
        return "promise.missed" if made.status == "missed" else "promise.open"
    if promise.order and promise.order not in orders:
        return "promise.elsewhere"
    return "promise.late" if made.status == "late" else "promise.kept"


def _notes(scenario: Scenario, agreed: Agreed, visited: Sequence[str]) -> Iterator[_Part]:
    for name, note in scenario.notes.items():
        if not note.note or (note.since and set(note.since).isdisjoint(visited)):
            continue
        orders = {order for found, order in agreed.written.labels if found == note_label("note", name)}
        if not orders:
            rule = "note.missing"
        else:
            rule = "note.elsewhere" if note.order and note.order not in orders else "note.done"
        yield _Part(rule, note.about)


def penalty_rows(scenario: Scenario, agreed: Agreed, rubric: Rubric) -> list[Row]:
    """What takes points whatever else was good: times that passed without a word, words that belong in no note."""
    rules = rubric.redlines
    rows = [
        rubric.row("promise.broken", -rules.attitude_points, at=Place(made.turn), about=scenario.promises[name].about)
        for name, made in agreed.made.items()
        if made.status == "missed" and name in scenario.promises
    ]
    written = {label for label, _ in agreed.written.labels}
    rows += [
        rubric.row("note.never", -rules.attitude_points, about=note.about)
        for name, note in scenario.notes.items()
        if note_label("never", name) in written
    ]
    return rows + [
        rubric.row(
            "note.fault",
            -(rules.minor_points if fault.severity == "M" else rules.attitude_points),
            category=rules.named(fault.category),
            words=Phrase(words, words),
        )
        for fault, words in agreed.written.faults
        if fault.category not in NOT_OF_NOTES
    ]


NOT_OF_NOTES = frozenset(("单字敷衍", "否定堵死", "称呼不当", "标点情绪"))
"""Categories that matter in what is said to a buyer, not in a note to a colleague."""


def from_words(scenario: Scenario, said: Sequence[tuple[int, frozenset[str]]]) -> Agreed:
    """Promises of a chat without a record of them. `said`: turn and labels of each reply of the agent."""
    made: dict[str, Made] = {}
    for name, promise in scenario.promises.items():
        at = next((turn for turn, labels in said if carried(promise.made, labels)), None)
        if at is None:
            continue
        kept = (turn for turn, labels in said if turn >= at and promise.kept and carried(promise.kept, labels))
        settled = next(kept, None)
        made[name] = Made(at, "open" if settled is None else "kept", settled)
    return Agreed(made)
