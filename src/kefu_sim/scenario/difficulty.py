"""Difficulty: the same story with other numbers. Nodes, words and flow stay; patience, delays and moods change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from kefu_sim.base.clock import to_ms
from kefu_sim.scenario.model import Level, Meter, Part, Persona, Reply, Scenario, Silence, Unclear

AS_WRITTEN = 0
"""No level: the story with its own numbers."""
FELT = frozenset(("mood", "patience", "trust"))
"""Meters that losses and gains apply to, and that may start elsewhere; other numbers are the story's bookkeeping."""


class Difficulty(Part):
    """The table of levels."""

    levels: dict[Annotated[int, Field(ge=1, le=5)], Level]


def at_level(scenario: Scenario, persona: Persona, level: int, table: Mapping[int, Level]) -> tuple[Scenario, Persona]:
    """Story and temperament at a level, 1 to 5; AS_WRITTEN, and the story's own level, leave both as they are."""
    if level == AS_WRITTEN or (level == scenario.difficulty and level not in scenario.levels):
        return scenario, persona
    change = scenario.levels.get(level) or table[level].relative_to(table[scenario.difficulty])
    return _story(scenario, change), _persona(persona, change)


def _story(scenario: Scenario, change: Level) -> Scenario:
    nodes = {
        name: node.model_copy(
            update={
                "replies": tuple(_reply(reply, change) for reply in node.replies),
                "silence": _ladder(node.silence, change),
                "unclear": node.unclear and _unclear(node.unclear, change),
            }
        )
        for name, node in scenario.nodes.items()
    }
    return scenario.model_copy(
        update={
            "nodes": nodes,
            "always": tuple(_reply(reply, change) for reply in scenario.always),
            "silence": _ladder(scenario.silence, change),
            "unclear": scenario.unclear and _unclear(scenario.unclear, change),
            "vars": {name: _meter(name, meter, change) for name, meter in scenario.vars.items()},
        }
    )


def _persona(persona: Persona, change: Level) -> Persona:
    shortest, longest = persona.delay
    return persona.model_copy(
        update={
            "delay": (to_ms(shortest * change.delay), to_ms(longest * change.delay)),
            "tone": {tone: _weighed(add, change) for tone, add in persona.tone.items()},
            "unclear": _unclear(persona.unclear, change),
            "silence": _ladder(persona.silence, change),
        }
    )


def _reply(reply: Reply, change: Level) -> Reply:
    return reply.model_copy(update={"add": _weighed(reply.add, change)}) if reply.add else reply


def _unclear(unclear: Unclear, change: Level) -> Unclear:
    return unclear.model_copy(update={"add": _weighed(unclear.add, change)})


def _ladder(branches: tuple[Silence, ...], change: Level) -> tuple[Silence, ...]:
    return tuple(
        branch.model_copy(update={"after": to_ms(branch.after * change.waiting), "add": _weighed(branch.add, change)})
        for branch in branches
    )


def _meter(name: str, meter: Meter, change: Level) -> Meter:
    if name in change.vars:
        return meter.model_copy(update={"init": change.vars[name]})
    if name != "mood" or not change.mood:
        return meter
    # A buyer must not walk off before the first word: the start stays above the end of the meter.
    lowest = min(meter.init, meter.min + 1)
    return meter.model_copy(update={"init": min(max(meter.init + change.mood, lowest), meter.max)})


def _weighed(add: Mapping[str, float], change: Level) -> dict[str, float]:
    return {
        name: round(points * (change.losses if points < 0 else change.gains), 2) if name in FELT else points
        for name, points in add.items()
    }
