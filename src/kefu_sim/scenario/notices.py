"""Notices: what a story's rules are once some of its notices have come. The latest notice on a thing holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kefu_sim.language.verdict import Recognition
from kefu_sim.scenario.agreements import Fact, Limits
from kefu_sim.scenario.model import Scenario


def limits_in_force(scenario: Scenario, noticed: Sequence[str]) -> Limits:
    """Limits after the notices named, oldest first."""
    limits = scenario.limits
    for name in noticed:
        changed = scenario.notices[name].limits
        limits = limits.model_copy(update={key: getattr(changed, key) for key in changed.model_fields_set})
    return limits


def cards_in_force(scenario: Scenario, noticed: Sequence[str]) -> dict[str, dict[str, object]]:
    """Cards after the notices named, oldest first."""
    cards = {name: dict(card) for name, card in scenario.cards.items()}
    for notice in noticed:
        for name, entries in scenario.notices[notice].cards.items():
            cards.setdefault(name, {}).update(entries)
    return cards


def facts_in_force(scenario: Scenario, noticed: Sequence[str]) -> dict[str, Fact]:
    """Facts after the notices named, oldest first."""
    facts = dict(scenario.facts)
    for notice in noticed:
        facts.update(scenario.notices[notice].facts)
    return facts


def labels_in_force(labels: Iterable[str], scenario: Scenario, noticed: Sequence[str]) -> list[str]:
    """Labels of answers as the notices named make them: what was right before may be wrong now."""
    if not scenario.notices:
        return list(labels)
    return [now for label in labels if (now := _in_force(label, scenario, noticed))]


def _in_force(label: str, scenario: Scenario, noticed: Sequence[str]) -> str:
    """A label without the notice it names; empty when that notice is not the one in force."""
    if not label.startswith("fact."):
        return label
    base, _, notice = label.partition("@")
    return base if notice == _latest(base.split(".")[1], scenario, noticed) else ""


def _latest(fact: str, scenario: Scenario, noticed: Sequence[str]) -> str:
    """The last notice that changed the fact; empty when none did."""
    return next((name for name in reversed(noticed) if fact in scenario.notices[name].facts), "")


def as_in_force(found: Recognition, scenario: Scenario, noticed: Sequence[str]) -> Recognition:
    """A recognition with its answers judged by the rules in force."""
    if not scenario.notices or not any(label.startswith("fact.") for label in found.intents):
        return found
    intents = tuple(dict.fromkeys(labels_in_force(found.intents, scenario, noticed)))
    if intents == found.intents:
        return found
    marks = ((mark, _in_force(mark.label, scenario, noticed)) for mark in found.evidence)
    evidence = tuple(mark if label == mark.label else replace(mark, label=label) for mark, label in marks if label)
    return replace(found, intents=intents, evidence=evidence)
