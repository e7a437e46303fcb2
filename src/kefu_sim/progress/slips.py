"""Which replies of a reception went wrong, read from its ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from kefu_sim.engine import events as ev
from kefu_sim.scoring.ledger import Row

WHOLE = ("speed.", "form.", "brevity")
"""Beginnings of rules that look at the reception as a whole, though their rows point to a turn."""


class Failed(NamedTuple):
    """One reply that went wrong."""

    turn: int
    """Index in the transcript."""
    node: str
    buyer: str
    said: str
    lost: float


def failed_turns(log: Sequence[ev.Event], ledger: Sequence[Row], least: float) -> list[Failed]:
    """Replies that cost at least so many points, in order. What points to a line of the buyer counts for its answer."""
    turns = [event for event in log if isinstance(event, ev.BuyerSaid | ev.AgentSent)]
    lost: dict[int, float] = defaultdict(float)
    for row in ledger:
        if row.turn is None or row.rule.startswith(WHOLE):
            continue
        answer = next((at for at in range(row.turn, len(turns)) if isinstance(turns[at], ev.AgentSent)), None)
        if answer is not None:
            lost[answer] += row.lost
    return [
        Failed(at, _node_of(log, turns[at]), buyer.text, turns[at].text, round(lost[at], 2))
        for at in sorted(lost)
        if lost[at] >= least
        and (buyer := next((t for t in reversed(turns[:at]) if isinstance(t, ev.BuyerSaid)), None)) is not None
    ]


def _node_of(log: Sequence[ev.Event], said: ev.Event) -> str:
    """The moment of the story at which something was said."""
    node = ""
    for event in log:
        if event is said:
            break
        if isinstance(event, ev.Entered):
            node = event.node
    return node
