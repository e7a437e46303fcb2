"""Whom to answer next: seconds waited, with a start for those who pay and those who come with a grievance."""

from __future__ import annotations

from collections.abc import Iterable

from kefu_sim.rush.floor import Floor, Seat
from kefu_sim.rush.rules import Urgency

CALM = float("-inf")
"""Of a buyer who waits for nothing."""


def urgency(seat: Seat, now: float, rules: Urgency) -> float:
    """How pressing a window is, in seconds; CALM when nobody waits there."""
    waited, held = seat.waited(now), seat.held(now)
    if waited is not None:
        start = rules.paying * seat.paying + rules.complaint * seat.complaint + rules.settled * seat.settled
        return waited + start
    return CALM if held is None else held + rules.held


def by_urgency(seats: Iterable[Seat], now: float, rules: Urgency) -> list[Seat]:
    """The most pressing first; who waits for nothing in the order of coming."""
    return sorted(seats, key=lambda seat: (-urgency(seat, now, rules), seat.number))


def most_urgent(floor: Floor, now: float, *, but: str = "") -> Seat | None:
    """The window to turn to next; None when nobody waits. `but`: not this one, as long as there is another."""
    waiting = [seat for seat in floor.open.values() if urgency(seat, now, floor.rules.urgency) > CALM]
    others = [seat for seat in waiting if seat.buyer != but] or waiting
    return by_urgency(others, now, floor.rules.urgency)[0] if others else None
