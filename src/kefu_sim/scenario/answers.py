"""Facts answered by a number: 合每天1块1, 两三天到. Joins what a reply names with what the story holds right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kefu_sim.language.verdict import Amount, Evidence, Quantity, Recognition
from kefu_sim.scenario.labels import fact_label
from kefu_sim.scenario.model import Fact, Scenario

Asked = Sequence[tuple[str, str, Fact]]
"""Facts that a number answers: name, the notice that made it so or nothing, the fact."""


def answered_by_number(scenario: Scenario) -> Asked:
    """Facts of a story that a number answers, those that its notices change included."""
    facts = [(name, "", fact) for name, fact in scenario.facts.items()]
    facts += [(name, key, fact) for key, change in scenario.notices.items() for name, fact in change.facts.items()]
    return [row for row in facts if row[2].number]


def with_answers(found: Recognition, asked: Asked) -> Recognition:
    """The recognition with labels of the facts its numbers answer, right or wrong."""
    if "echo" in found.gaming or not (found.amounts or found.quantities):
        return found
    marks = [mark for name, notice, fact in asked for mark in _marks(name, notice, fact, found)]
    if not marks:
        return found
    intents = dict.fromkeys((*found.intents, *(mark.label for mark in marks)))
    return replace(found, intents=tuple(intents), evidence=(*found.evidence, *marks))


def _marks(name: str, notice: str, fact: Fact, found: Recognition) -> Iterator[Evidence]:
    """One mark for what is right; without it one for what is wrong."""
    kind = "minutes" if fact.number == "hours" else fact.number
    items: tuple[Amount | Quantity, ...] = (*found.amounts, *found.quantities)
    named = [item for item in items if _kind(item) == kind]
    right = next((item for item in named if fact.allows(_value(item, fact))), None)
    if named:
        item = right or named[0]
        yield Evidence(fact_label(name, right=right is not None, notice=notice), item.start, item.end, "intent")


def _kind(item: Amount | Quantity) -> str:
    return "offer" if item.kind == "price" else item.kind


def _value(item: Amount | Quantity, fact: Fact) -> float:
    return item.value / 60 if fact.number == "hours" else item.value
