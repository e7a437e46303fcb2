"""Talking on while others wait: time that belongs to somebody else (syllabus A018)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kefu_sim.engine import events as ev
from kefu_sim.rush import events as rv

TOO_LONG = 100.0
"""Seconds another buyer has waited: the platforms' warning (domain B.1)."""
IN_A_ROW = 3
"""Messages in one window. Two are one answer: a greeting, then what was asked."""


@dataclass(frozen=True, slots=True)
class Lingered:
    """A message that could have waited."""

    buyer: str
    message: ev.AgentSent
    other: str
    """Who had waited longest."""


def lingering(log: Iterable[rv.Entry]) -> Iterator[Lingered]:
    """Messages in a window, the third in a row or later, when somebody else had waited too long for the one before."""
    since: dict[str, float] = {}
    front, row, before = "", 0, 0.0
    for entry in log:
        buyer = entry.buyer
        match entry.event:
            case ev.BuyerSaid(t=t):
                since.setdefault(buyer, t)
            case ev.AgentSent() as message:
                row = row + 1 if buyer == front else 1
                since.pop(buyer, None)
                other = min(since, key=lambda one: since[one], default="")
                if row >= IN_A_ROW and other and before - since[other] >= TOO_LONG:
                    yield Lingered(buyer, message, other)
                front, before = buyer, message.t
            case ev.Ended():
                since.pop(buyer, None)
            case _:
                pass
