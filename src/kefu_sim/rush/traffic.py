"""Who comes when: the traffic of a shift, the same for everybody who works it with the same seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kefu_sim.base.draws import Draw, seeded
from kefu_sim.rush.model import Arrival, MixRow, Shape, Shift

SEEDS = 1_000_000
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who can come."""

    stories: Mapping[str, Sequence[str]]
    """What a shift may name as `scenario` → the stories meant, by id: one, or one for each of the goods."""
    personas: Mapping[str, str]
    """Story → its own temperament."""
    names: Sequence[str]
    """What buyers are called."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One buyer who comes."""

    buyer: str
    """`b1`, `b2`, … in the order of coming."""
    at: float
    """Seconds since the shift began."""
    scenario: str
    persona: str
    seed: int
    """Of the buyer's own draws."""
    name: str
    tail: str
    """Last four digits of the order."""


@dataclass(frozen=True, slots=True)
class _Slot:
    at: float
    arrival: Arrival


def visits(shift: Shift, cast: Cast, seed: int) -> tuple[Visit, ...]:
    """The buyers of a shift, in the order of coming; ids known to the loader are taken for granted."""
    draw = seeded(seed)
    slots = sorted(_slots(shift, draw), key=lambda slot: slot.at)
    rows = iter(_dealt(shift.mix, sum(slot.arrival.scenario is None for slot in slots), draw))
    stories, tempers = _Turns(draw, "story"), _Turns(draw, "temper")
    taken = {slot.arrival.name for slot in slots}
    names = iter([name for name in _shuffled(cast.names, draw, "name") if name not in taken])
    tails = {slot.arrival.tail for slot in slots}
    found = []
    for number, slot in enumerate(slots, 1):
        given = slot.arrival
        row = MixRow(scenario=given.scenario) if given.scenario is not None else next(rows)
        story = stories.next(row.scenario, cast.stories[row.scenario])
        personas = [given.persona] if given.persona else row.personas or (cast.personas[story],)
        found.append(
            Visit(
                buyer=f"b{number}",
                at=slot.at,
                scenario=story,
                persona=tempers.next(row.scenario, personas),
                seed=int(draw(number, "seed") * SEEDS),
                name=given.name or next(names, "") or f"买家{number:03d}",
                tail=given.tail or _fresh_tail(number, tails, draw),
            )
        )
    return tuple(found)


def _slots(shift: Shift, draw: Draw) -> list[_Slot]:
    slots = []
    for index, arrival in enumerate(shift.arrivals):
        if arrival.at is not None:
            slots.append(_Slot(arrival.at, arrival))
            continue
        begin, end, count = arrival.from_ or 0.0, arrival.to or 0.0, arrival.buyers
        for i in range(count):
            share = (i + draw(i, f"at:{index}")) / count
            slots.append(_Slot(round(begin + (end - begin) * _bent(share, arrival.shape), 1), arrival))
    return slots


def _bent(share: float, shape: Shape) -> float:
    return share**2 if shape == "surge" else share**0.5 if shape == "swell" else share


def _dealt(mix: Sequence[MixRow], count: int, draw: Draw) -> list[MixRow]:
    """Rows of the mix in shuffled order, each as often as its weight says, to within one."""
    if not count:
        return []
    whole, offset = sum(row.weight for row in mix), draw(0, "deal")
    dealt: list[MixRow] = []
    reached = 0.0
    for row in mix:
        reached += row.weight
        upto = int(reached / whole * count + offset) if row is not mix[-1] else count
        dealt += [row] * max(upto - len(dealt), 0)
    return _shuffled(dealt[:count], draw, "deal")


def _shuffled(items: Sequence[_Item], draw: Draw, purpose: str) -> list[_Item]:
    return [item for _, item in sorted(enumerate(items), key=lambda pair: draw(pair[0], f"shuffle:{purpose}"))]


class _Turns:
    """Takes turns among the options of each row, from a drawn beginning."""

    def __init__(self, draw: Draw, purpose: str) -> None:
        self._draw, self._purpose = draw, purpose
        self._used: dict[str, int] = {}

    def next(self, row: str, options: Sequence[str]) -> str:
        used = self._used[row] = self._used.get(row, -1) + 1
        order = _shuffled(options, self._draw, f"{self._purpose}:{row}")
        return order[used % len(order)]


def _fresh_tail(number: int, taken: set[str], draw: Draw) -> str:
    for attempt in range(100):
        tail = f"{int(draw(number, f'tail:{attempt}') * 10_000):04d}"
        if tail not in taken:
            break
    taken.add(tail)
    return tail
