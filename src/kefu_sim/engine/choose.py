"""Which reply of a node fits a turn, which silence branch is next, which wording is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kefu_sim.base.clock import to_ms
from kefu_sim.base.draws import Draw
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import State
from kefu_sim.language.verdict import Amount
from kefu_sim.scenario.conditions import all_hold
from kefu_sim.scenario.model import Line, Reply, Scenario, Silence, Unclear
from kefu_sim.scenario.notices import limits_in_force

HOLD_FACTOR = 2.0
"""A buyer told to wait is this much more patient."""

LIMITS = frozenset(("floor", "price", "most_amends", "deal"))
"""Numbers that hang on the limits in force."""

Numbers = Callable[[str], float | None]


def numbers(scenario: Scenario, state: State, told: Mapping[str, float]) -> Numbers:
    """Look-up of the numbers that conditions may name; None for one that has no value now.

    `told` holds the numbers of the turn by kind.
    """

    def look(name: str) -> float | None:
        if "." in name:
            place, _, rest = name.partition(".")
            match place:
                case "visits":
                    return float(state.visits.get(rest, 0))
                case "revealed":
                    return float(rest in state.revealed)
                case "opened":
                    return float(rest in state.opened)
                case "open":
                    return float(rest in state.pledges and state.pledges[rest].open)
                case "noticed":
                    return float(rest in state.noticed)
        meter = state.meters.get(name)
        if meter is not None:
            return meter
        return _limit(scenario, state, told, name) if name in LIMITS else _counted(state, told, name)

    return look


def _limit(scenario: Scenario, state: State, told: Mapping[str, float], name: str) -> float | None:
    limits = limits_in_force(scenario, state.noticed)
    match name:
        case "floor":
            return limits.floor
        case "price":
            return limits.price
        case "most_amends":
            return limits.amends
    return _deal(told, limits.price)


def _counted(state: State, told: Mapping[str, float], name: str) -> float | None:
    match name:
        case "burst":
            return float(state.burst)
        case "waited":
            return state.waited
        case "messages":
            return float(len(state.said))
        case "here":
            return float(state.here)
    return told.get(name)


def _deal(told: Mapping[str, float], price: float | None) -> float | None:
    """The lowest price that what was said comes to: named outright, or list price less a cut or a discount."""
    named = [told["offer"]] if "offer" in told else []
    if price is not None:
        named += [price - told["off"]] if "off" in told else []
        named += [price * told["discount"]] if "discount" in told else []
    return min(named, default=None)


def choose(program: Program, state: State, labels: frozenset[str], look: Numbers) -> tuple[str, Reply] | None:
    """First reply whose labels and conditions all hold, with its place; None when the turn is unclear.

    The story's `always` comes first (`always:<n>`), then the node's own replies (`reply:<n>`).
    """
    for place, reply in program.offers.fitting(state.node, labels):
        if open_now(place, reply, state, look):
            return place, reply
    return None


def open_offers(program: Program, state: State, look: Numbers) -> dict[str, Reply]:
    """The replies that may be given now, whatever is said, by their places and in the order in which they are tried."""
    return {place: reply for place, reply in program.offers.at(state.node) if open_now(place, reply, state, look)}


def open_now(place: str, reply: Reply, state: State, look: Numbers) -> bool:
    """Whether a reply may be given this far into the story: its conditions hold, and it is not used up."""
    if reply.once and f"{state.node}/{place}" in state.fired:
        return False
    if reply.until or reply.since:
        visited = state.visits.keys()
        if not visited.isdisjoint(reply.until) or (reply.since and visited.isdisjoint(reply.since)):
            return False
    return not reply.if_ or all_hold(reply.if_, look)


def silence_branches(program: Program, state: State) -> tuple[Silence, ...]:
    """The silence branches in force: the node's own, else the story's, else the temperament's."""
    return program.scenario.nodes[state.node].silence or program.scenario.silence or program.persona.silence


def unclear_branch(program: Program, state: State) -> Unclear:
    """What happens when the buyer does not understand: as the node says, else the story, else the temperament.

    Wordings come from the first of the three that has any.
    """
    own, story, temper = program.scenario.nodes[state.node].unclear, program.scenario.unclear, program.persona.unclear
    branch = own or story or temper
    if branch.buyer:
        return branch
    lines = next((part.buyer for part in (branch, story, temper) if part and part.buyer), ())
    return branch.model_copy(update={"buyer": lines})


def silence_due(program: Program, state: State) -> float | None:
    """When the next silence branch fires, seconds; None if none is left."""
    branches = silence_branches(program, state)
    if state.silence_from is None or state.nudges >= len(branches):
        return None
    factor = HOLD_FACTOR if state.holding else 1.0
    return to_ms(state.silence_from + branches[state.nudges].after * factor)


def lowest_price(amounts: Sequence[Amount]) -> float | None:
    """The lowest price to pay that a message names, yuan; what is only about so much is none."""
    return min((a.value for a in amounts if a.kind == "price" and not a.rough), default=None)


def pick_line(lines: Sequence[Line], place: str, state: State, look: Numbers, draw: Draw) -> tuple[str, Line] | None:
    """Choose a wording by weight, preferring ones whose conditions hold, then ones not said yet.

    Returns its stable id too; None when no line may be said now.
    """
    options = [(f"{place}#{i}", line) for i, line in enumerate(lines) if not line.if_ or all_hold(line.if_, look)]
    options = [option for option in options if option[1].if_] or options
    fresh = [option for option in options if option[0] not in state.used_lines]
    if not fresh:
        last = state.used_lines[-1] if state.used_lines else ""
        fresh = [option for option in options if option[0] != last] or options
    if len(fresh) < 2:
        return fresh[0] if fresh else None
    point = draw(state.seq, "line") * sum(line.weight for _, line in fresh)
    for option in fresh:
        point -= option[1].weight
        if point < 0:
            return option
    return fresh[-1]
