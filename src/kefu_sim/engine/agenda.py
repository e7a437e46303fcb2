"""What happens by itself next: a reaction, a promise falling due, a notice, a nudge."""

from __future__ import annotations

from operator import itemgetter
from typing import Literal, NamedTuple

from kefu_sim.engine import pledges
from kefu_sim.engine.choose import silence_due
from kefu_sim.engine.program import Program
from kefu_sim.engine.state import State


class Item(NamedTuple):
    """One thing that will happen."""

    at: float
    """When, seconds."""
    what: Literal["reaction", "promise", "notice", "nudge"]
    name: str = ""
    """Of the promise or notice."""


_moment = itemgetter(0)


def next_item(program: Program, state: State) -> Item | None:
    """The first thing to happen if the agent stays silent; None when nothing will, or the clock stands."""
    if state.over or state.paused or not state.node:
        return None
    items: list[Item] = []  # in the order in which they happen when they fall on one moment
    if state.due is not None:
        items.append(Item(state.due, "reaction"))
    if state.pledges and (promise := pledges.next_due(state)):
        items.append(Item(promise[0], "promise", promise[1]))
    for name, notice in program.scenario.notices.items():
        if notice.at is not None and name not in state.noticed:
            items.append(Item(state.began + notice.at, "notice", name))
    if state.due is None and (nudge := silence_due(program, state)) is not None:
        items.append(Item(nudge, "nudge"))
    if not items:
        return None
    return items[0] if len(items) == 1 else min(items, key=_moment)
