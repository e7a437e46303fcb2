"""The shift's book of promises: those of the stories, and every 请稍等 that somebody still waits to hear from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kefu_sim.base.clock import to_ms
from kefu_sim.engine import events as ev
from kefu_sim.rush.floor import Floor, Seat
from kefu_sim.scenario.labels import HOLD

Status = Literal["open", "kept", "late", "missed"]


@dataclass(frozen=True, slots=True)
class Pledged:
    """One promise to one buyer."""

    buyer: str
    name: str
    """Of the story's promise; empty for coming back after 请稍等."""
    about: str
    """In words; empty for coming back."""
    made: float
    due: float | None
    """Seconds of the shift; None when no time is set."""
    status: Status

    @property
    def settled(self) -> bool:
        """Whether it is known how it went."""
        return self.status != "open"


def book(floor: Floor) -> list[Pledged]:
    """Every promise of a shift, in the order in which they were made."""
    found = [pledge for seat in floor.seats.values() for pledge in of_seat(seat, floor.rules.come_back)]
    return sorted(found, key=lambda pledge: pledge.made)


def of_seat(seat: Seat, come_back: float) -> list[Pledged]:
    """Promises to one buyer. Who left served waits for nothing; what the bell found open is still owed."""
    return [*_of_story(seat), *_to_come_back(seat, come_back)]


def _of_story(seat: Seat) -> list[Pledged]:
    promises = seat.program.scenario.promises
    made: dict[str, tuple[float, float | None, Status]] = {}
    for event in seat.log:
        match event:
            case ev.Promised(t, name=name, due=due):
                made[name] = (made[name][0] if name in made else t, due, "open")
            case ev.Kept(name=name, late=late) if name in made:
                made[name] = (*made[name][:2], "late" if late else "kept")
            case ev.Missed(name=name) if name in made:
                made[name] = (*made[name][:2], "missed")
            case _:
                pass
    return [
        Pledged(seat.buyer, name, promises[name].about, t, due, "missed" if status == "open" and seat.over else status)
        for name, (t, due, status) in made.items()
        if name in promises
    ]


def _to_come_back(seat: Seat, come_back: float) -> list[Pledged]:
    found: list[Pledged] = []
    waiting: tuple[float, float] | None = None
    """When the agent asked for a moment, and by when she wants to be back."""
    for event in seat.log:
        match event:
            case ev.AgentSent(t=t) if waiting is not None:
                found.append(_back(seat, waiting, "kept" if t <= waiting[1] else "late"))
                waiting = None
            case ev.Understood(t=t, labels=labels, numbers=numbers) if HOLD in labels:
                waiting = (t, to_ms(t + _seconds(numbers, come_back)))
            case _:
                pass
    if waiting is not None:
        if not seat.over or (seat.state.outcome == "left" and seat.state.t <= waiting[1]):
            found.append(_back(seat, waiting, "open"))
        elif seat.state.t > waiting[1]:
            found.append(_back(seat, waiting, "missed"))
    return found


def _back(seat: Seat, waiting: tuple[float, float], status: Status) -> Pledged:
    return Pledged(seat.buyer, "", "", *waiting, status)


def _seconds(numbers: Mapping[str, float], come_back: float) -> float:
    """How long the agent said it would take; by default the usual time."""
    for kind, unit in (("minutes", 60.0), ("hours", 3600.0)):
        if kind in numbers:
            return numbers[kind] * unit
    return come_back


def kept_share(pledges: Sequence[Pledged]) -> float | None:
    """Percent of settled promises that were kept in time; None when there was none."""
    settled = [pledge for pledge in pledges if pledge.settled]
    return round(100 * sum(pledge.status == "kept" for pledge in settled) / len(settled), 1) if settled else None
