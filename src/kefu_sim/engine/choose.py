"""Which reply of a node fits a turn, which silence branch is next, which wording is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kefu_sim.base.clock import to_ms
from kefu_sim.base.draws import Draw
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import State
from kefu_sim.language.verdict import Amount
from kefu_sim.scenario.conditions import all_hold, alternatives
from kefu_sim.scenario.model import Line, Reply, Scenario, Silence

HOLD_FACTOR = 2.0
"""A buyer told to wait is this much more patient."""

Numbers = Callable[[str], float | None]


def numbers(scenario: Scenario, state: State, offer: float | None) -> Numbers:
    """Look-up of the numbers that conditions may name; None for one that has no value now."""
    fixed = {"offer": offer, "floor": scenario.limits.floor, "price": scenario.limits.price}

    def look(name: str) -> float | None:
        if name.startswith("visits."):
            return float(state.visits.get(name.removeprefix("visits."), 0))
        if name.startswith("revealed."):
            return float(name.removeprefix("revealed.") in state.revealed)
        return fixed[name] if name in fixed else state.meters.get(name)

    return look


def choose(program: Program, state: State, labels: frozenset[str], look: Numbers) -> tuple[str, Reply] | None:
    """First reply whose labels and conditions all hold, with its place; None when the turn is unclear.

    The story's `always` comes first (`always:<n>`), then the node's own replies (`reply:<n>`).
    """
    node = program.scenario.nodes[state.node]
    for kind, replies in (("always", program.scenario.always), ("reply", node.replies)):
        for index, reply in enumerate(replies):
            place = f"{kind}:{index}"
            if not _fits(reply, labels) or (reply.once and f"{state.node}/{place}" in state.fired):
                continue
            if all_hold(reply.if_, look):
                return place, reply
    return None


def _fits(reply: Reply, labels: frozenset[str]) -> bool:
    if labels.intersection(reply.unless):
        return False
    return all(label in labels or any(a in labels for a in alternatives(label)) for label in reply.when)


def silence_branches(program: Program, state: State) -> tuple[Silence, ...]:
    """The silence branches in force: the node's own, else the temperament's."""
    return program.scenario.nodes[state.node].silence or program.persona.silence


def silence_due(program: Program, state: State) -> float | None:
    """When the next silence branch fires, seconds; None if none is left."""
    branches = silence_branches(program, state)
    if state.silence_from is None or state.nudges >= len(branches):
        return None
    factor = HOLD_FACTOR if state.holding else 1.0
    return to_ms(state.silence_from + branches[state.nudges].after * factor)


def lowest_price(amounts: Sequence[Amount]) -> float | None:
    """The lowest price to pay that a message names, yuan."""
    return min((a.value for a in amounts if a.kind == "price"), default=None)


def pick_line(lines: Sequence[Line], place: str, state: State, look: Numbers, draw: Draw) -> tuple[str, Line] | None:
    """Choose a wording by weight, preferring ones whose conditions hold, then ones not said yet.

    Returns its stable id too; None when no line may be said now.
    """
    options = [(f"{place}#{i}", line) for i, line in enumerate(lines) if all_hold(line.if_, look)]
    options = [option for option in options if option[1].if_] or options
    if not options:
        return None
    fresh = [option for option in options if option[0] not in state.used_lines]
    if not fresh:
        last = state.used_lines[-1] if state.used_lines else ""
        fresh = [option for option in options if option[0] != last] or options
    point = draw(state.seq, place) * sum(line.weight for _, line in fresh)
    for option in fresh:
        point -= option[1].weight
        if point < 0:
            return option
    return fresh[-1]
