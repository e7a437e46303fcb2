"""Facts answered by a number (合每天1块1, 两三天到) or by a bare yes or no (不用的亲): what is said, what is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kefu_sim.language.moment import ANY_MOMENT, Moment
from kefu_sim.language.verdict import Amount, Bare, Evidence, Quantity, Recognition
from kefu_sim.scenario.labels import fact_label
from kefu_sim.scenario.model import Fact, Scenario


class Answerable(NamedTuple):
    """A fact, as it stands in the story or as a notice changes it."""

    name: str
    notice: str
    """The notice that made it so; empty for the story's own."""
    fact: Fact


Asked = Sequence[Answerable]


def moments_of(scenario: Scenario) -> Mapping[str, Moment]:
    """What the buyer waits for at each node."""
    return {name: _moment(scenario, name) for name in scenario.nodes}


def bare_questions(scenario: Scenario, node: str) -> list[str]:
    """The facts asked about at a node that a bare yes or no answers."""
    asked = ((name, scenario.facts.get(name)) for name in scenario.nodes[node].asks)
    return [name for name, fact in asked if fact is not None and (fact.if_yes or fact.if_no)]


def _moment(scenario: Scenario, name: str) -> Moment:
    node, questions = scenario.nodes[name], bare_questions(scenario, name)
    if len(questions) != 1:
        return Moment(frozenset(node.steps))
    return Moment(frozenset(node.steps), questions[0], tuple(line.text for line in node.buyer))


def facts_of(scenario: Scenario) -> Asked:
    """The facts of a story that a number or a bare word answers, those that its notices change included."""
    facts = [Answerable(name, "", fact) for name, fact in scenario.facts.items()]
    facts += [
        Answerable(name, key, fact) for key, change in scenario.notices.items() for name, fact in change.facts.items()
    ]
    return [row for row in facts if row.fact.number or row.fact.if_yes or row.fact.if_no]


def with_answers(found: Recognition, asked: Asked, moment: Moment = ANY_MOMENT) -> Recognition:
    """The recognition with labels of the facts its numbers answer, and of the one asked that its bare word answers."""
    if "echo" in found.gaming or not (found.bare or found.amounts or found.quantities):
        return found
    marks = [mark for row in asked for mark in _marks(row, found)]
    if found.bare is not None:
        told = {*found.intents, *(mark.label for mark in marks)}
        marks += [mark for row in asked if row.name == moment.question for mark in _bare_marks(row, found.bare, told)]
    if not marks:
        return found
    intents = dict.fromkeys((*found.intents, *(mark.label for mark in marks)))
    return replace(found, intents=tuple(intents), evidence=(*found.evidence, *marks))


def _marks(row: Answerable, found: Recognition) -> Iterator[Evidence]:
    """One mark for what is right; without it one for what is wrong."""
    name, notice, fact = row
    kind = "minutes" if fact.number == "hours" else fact.number
    items: tuple[Amount | Quantity, ...] = (*found.amounts, *found.quantities)
    named = [item for item in items if _kind(item) == kind]
    right = next((item for item in named if fact.allows(_value(item, fact))), None)
    if named:
        item = right or named[0]
        yield Evidence(fact_label(name, right=right is not None, notice=notice), item.start, item.end, "intent")


def _bare_marks(row: Answerable, bare: Bare, told: set[str]) -> Iterator[Evidence]:
    """A mark where a bare word answers, and nothing else in the reply says more of the same fact."""
    verdict = row.fact.says(bare.answer)
    answered = (fact_label(row.name, right=right, notice=row.notice) for right in (True, False))
    if verdict is not None and told.isdisjoint(answered):
        label = fact_label(row.name, right=verdict == "right", notice=row.notice)
        yield Evidence(label, bare.start, bare.end, "intent")


def _kind(item: Amount | Quantity) -> str:
    return "offer" if item.kind == "price" else item.kind


def _value(item: Amount | Quantity, fact: Fact) -> float:
    return item.value / 60 if fact.number == "hours" else item.value
