"""What the screen of a shift shows, derived from its floor and the time: rows of the buyer list, the head line."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from kefu_sim.rush.floor import Floor, Seat
from kefu_sim.rush.urgency import by_urgency
from kefu_sim.scenario.wares import goods_of
from kefu_sim.tui.view import wait_level


@dataclass(frozen=True, slots=True)
class BuyerRow:
    """One window of the list."""

    buyer: str
    number: int
    name: str
    goods: str
    front: bool
    waited: int | None
    """Whole seconds without an answer; None while nobody waits."""
    held: int | None
    """Whole seconds since the agent asked for a moment; None when nothing is open."""
    unread: int
    paying: bool
    settled: bool
    complaint: bool
    mood: float | None
    """0 to 1."""
    last: str
    outcome: str | None
    draft: bool = False
    """Something is written there and not sent yet."""

    @property
    def level(self) -> int:
        """0 to 3: how urgent the wait is."""
        seconds = self.waited if self.waited is not None else self.held
        return 0 if seconds is None else wait_level(seconds)

    @property
    def wait(self) -> tuple[int | None, int | None, bool]:
        """What changes by itself from one second to the next, or never again."""
        return self.waited, self.held, self.outcome is not None

    @property
    def face(self) -> tuple[int, str, bool, int, bool, bool, bool, float | None, bool]:
        """What changes when something happens."""
        return (
            self.number, self.name, self.front, self.unread, self.paying, self.settled, self.complaint, self.mood,
            self.draft,
        )  # fmt: skip


def buyer_rows(floor: Floor, now: float, drafted: Container[str] = ()) -> list[BuyerRow]:
    """The windows there are, the most pressing first; one that is over stays as long as it is in front.

    `drafted`: buyers for whom something is written.
    """
    seats = by_urgency(floor.open.values(), now, floor.rules.urgency)
    front = floor.seats.get(floor.front)
    if front is not None and front.over:
        seats.append(front)
    return [buyer_row(seat, floor, now, drafted) for seat in seats]


def report_rows(floor: Floor) -> list[BuyerRow]:
    """Everybody who was received, in that order."""
    return [buyer_row(seat, floor, floor.t) for seat in floor.seats.values()]


def buyer_row(seat: Seat, floor: Floor, now: float, drafted: Container[str] = ()) -> BuyerRow:
    """One window as it stands."""
    waited, held = seat.waited(now), seat.held(now)
    return BuyerRow(
        seat.buyer,
        seat.number,
        seat.visit.name,
        goods_of(seat.program.scenario),
        seat.buyer == floor.front,
        None if waited is None else int(waited),
        None if held is None else int(held),
        seat.unread,
        seat.paying,
        seat.settled,
        seat.complaint,
        mood_share(seat),
        seat.last,
        seat.state.outcome,
        seat.buyer in drafted,
    )


def mood_share(seat: Seat) -> float | None:
    """Mood from 0 to 1; None for a story without one."""
    meter, value = seat.program.scenario.vars.get("mood"), seat.state.meters.get("mood")
    if meter is None or value is None or meter.max <= meter.min:
        return None
    return (value - meter.min) / (meter.max - meter.min)


def order_notes(seat: Seat | None) -> tuple[tuple[str, str], ...]:
    """Notes on the orders of a buyer: (order in words, text); those that say nothing are left out."""
    if seat is None:
        return ()
    orders = seat.program.scenario.orders
    return tuple((orders.get(order, ""), text) for order, text in seat.state.notes.items() if text)


def neighbour(rows: Sequence[BuyerRow], buyer: str, step: int) -> str | None:
    """The window above or below in the list; None where there is none."""
    ids = [row.buyer for row in rows]
    if buyer not in ids:
        return ids[0] if ids else None
    at = ids.index(buyer) + step
    return ids[at] if 0 <= at < len(ids) else None
