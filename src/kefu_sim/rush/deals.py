"""What stories sell: what a buyer pays, came to spend, and could be sold beside it."""

from __future__ import annotations

from kefu_sim.engine import events as ev
from kefu_sim.rush.floor import Seat
from kefu_sim.scenario.model import Scenario

BASKET = "basket"
"""Meter of a story in which a buyer can be sold more than was asked for: what is paid in the end, yuan."""
SOLD = "sold"
"""Outcome of a sale."""


def sale(seat: Seat) -> float:
    """What the buyer paid, yuan: the story's own meter `basket`, else its price."""
    return seat.state.meters.get(BASKET, seat.program.scenario.limits.price or 0.0)


def bought_more(seat: Seat) -> bool:
    """Whether a buyer was sold more than was asked for, as the log tells."""
    return any(isinstance(e, ev.Adjusted) and e.meter == BASKET and e.why != "start" for e in seat.log)


def price(scenario: Scenario) -> float:
    """What a buyer comes to spend, yuan; 0 for one who only wants to chat."""
    basket = scenario.vars.get(BASKET)
    return (basket.init if basket is not None else scenario.limits.price or 0.0) if sells(scenario) else 0.0


def sells(scenario: Scenario) -> bool:
    """Whether a story can end in a sale."""
    return any(node.end == SOLD for node in scenario.nodes.values())
