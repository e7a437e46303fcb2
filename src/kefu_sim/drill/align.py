"""What was typed laid against what was to be typed, by edit distance, character by character.

Each typed character adds one row of a banded table, each deletion takes rows away, so a key costs the same at the
thousandth character as at the first. The cheapest way through the table says which characters are right, wrong (错),
missed (漏) and extra (多); only the part of it that a key has changed is walked again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

HALF_BAND = 48
"""Columns kept on each side of where the typist is: so many characters can be missed at one place and still be seen
as missed."""

_EDIT = 100
"""Cost of a wrong, missed or extra character."""
_LOOSE = 1
"""Cost of a sign taken for another, so that an exact one is preferred."""
_FAR = 1 << 28


class Mark(IntEnum):
    """What became of a character."""

    RIGHT = 0
    LOOSE = 1
    """Punctuation of the other width, taken as right (标点不规范)."""
    WRONG = 2
    EXTRA = 3
    MISSED = 4


@dataclass(frozen=True, slots=True)
class Tally:
    """How many characters of each fate."""

    right: int = 0
    """Loose ones included."""
    loose: int = 0
    wrong: int = 0
    missed: int = 0
    extra: int = 0

    @property
    def errors(self) -> int:
        """Wrong, missed and extra."""
        return self.wrong + self.missed + self.extra


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of the way: a typed character, a missed one, or both sides of a pair."""

    mark: Mark
    column: int
    """Index in the target; for an extra character, where it stands before."""
    typed: int | None
    """Index in the typed text; None for a missed character."""


@dataclass(slots=True)
class _Row:
    """Cheapest costs after one more typed character, for the columns from `low` on."""

    low: int
    costs: array[int]
    backs: bytes
    best: int
    """Column at which the typist is taken to be."""


@dataclass(frozen=True, slots=True)
class _Step:
    """The way through one row: enter by `back` at `entry`, pass over missed characters to `exit`."""

    back: int
    entry: int
    exit: int
    tally: Tally
    """Up to and with this row."""


class Aligner:
    """Follows a text as it is typed."""

    def __init__(self, target: str, same: Mapping[str, str] | None = None, half_band: int = HALF_BAND) -> None:
        """`same` maps signs that are taken for one another to one sign; without it every sign must be exact."""
        self.target = target
        self.typed: list[str] = []
        self._same = same or {}
        self._folded = "".join(self._same.get(char, char) for char in target)
        self._half = half_band
        width = min(half_band, len(target))
        costs = array("i", range(0, (width + 1) * _EDIT, _EDIT))
        backs = bytes([Mark.RIGHT, *[Mark.MISSED] * width])
        self._rows = [_Row(0, costs, backs, 0)]
        self._way = [_Step(Mark.RIGHT, 0, 0, Tally())]
        self.changed = 0
        """First column whose mark the last push or pop may have changed."""

    @property
    def reached(self) -> int:
        """Characters of the target that lie behind the typist."""
        return self._way[-1].exit

    @property
    def tally(self) -> Tally:
        """How many of each fate so far; what lies ahead is not missed."""
        return self._way[-1].tally

    @property
    def last(self) -> Mark:
        """Fate of the last typed character; RIGHT when nothing is typed."""
        return Mark(self._way[-1].back)

    def push(self, char: str) -> None:
        """One more character was typed."""
        self.typed.append(char)
        self._rows.append(self._next_row(char))
        self._walk_back()

    def pop(self, count: int) -> None:
        """The last characters were deleted."""
        keep = max(len(self.typed) - count, 0)
        changed = min(self._way[keep].exit, self.reached)
        del self.typed[keep:]
        del self._rows[keep + 1 :]
        del self._way[keep + 1 :]
        self._walk_back()
        self.changed = min(changed, self.changed)

    def cells(self, low: int = 0, high: int | None = None) -> Iterator[Cell]:
        """The way, in order, as far as it lies on the columns low to high (half-open; extras by where they stand)."""
        end = len(self.target) + 1 if high is None else high
        first = bisect_left(self._way, low, key=lambda step: step.exit)
        for row in range(first, len(self._way)):
            step = self._way[row]
            if step.entry - 1 >= end:
                return
            if row:
                paired = step.back != Mark.EXTRA
                column = step.entry - 1 if paired else step.entry
                if low <= column < end:
                    yield Cell(Mark(step.back), column, row - 1)
            for column in range(max(step.entry, low), min(step.exit, end)):
                yield Cell(Mark.MISSED, column, None)

    def _next_row(self, char: str) -> _Row:
        before, sign = self._rows[-1], self._same.get(char, char)
        centre = min(before.best + 1, len(self.target))
        low, high = max(centre - self._half, 0), min(centre + self._half, len(self.target))
        above = _columns(before, low - 1, high)
        costs, backs = [], bytearray()
        left = _FAR
        for at, column in enumerate(range(low, high + 1)):
            cost, back = above[at + 1] + _EDIT, 3
            if column:
                if self._folded[column - 1] == sign:
                    exact = self.target[column - 1] == char
                    diagonal, how = (above[at], 0) if exact else (above[at] + _LOOSE, 1)
                else:
                    diagonal, how = above[at] + _EDIT, 2
                if left + _EDIT < cost:
                    cost, back = left + _EDIT, 4
                if diagonal <= cost:
                    cost, back = diagonal, how
            costs.append(cost)
            backs.append(back)
            left = cost
        return _Row(low, array("i", costs), bytes(backs), _best(costs, backs, low, centre))

    def _walk_back(self) -> None:
        """Renew the way from the last row back to where it joins the way known so far."""
        row, column = len(self._rows) - 1, self._rows[-1].best
        old_end = self._way[-1].exit
        found: list[tuple[int, int, int]] = []
        while row >= len(self._way) or self._way[row].exit != column:
            at, leave = self._rows[row], column
            while at.backs[column - at.low] == Mark.MISSED:
                column -= 1
            back = at.backs[column - at.low]
            found.append((back, column, leave))
            if row == 0:
                break
            row -= 1
            column -= back != Mark.EXTRA
        else:
            row += 1
        del self._way[row:]
        self.changed = min(old_end, *(entry - 1 for _, entry, _ in found)) if found else old_end
        self.changed = max(self.changed, 0)
        for back, entry, leave in reversed(found):
            before = self._way[-1].tally if self._way else Tally()
            first = not self._way
            self._way.append(_Step(back, entry, leave, _counted(before, None if first else back, leave - entry)))


def _columns(row: _Row, low: int, high: int) -> list[int]:
    """Costs of the columns low to high (both included), far where the row does not reach."""
    end = row.low + len(row.costs) - 1
    inner = row.costs[max(low - row.low, 0) : max(high - row.low + 1, 0)].tolist()
    return [_FAR] * min(max(row.low - low, 0), high - low + 1) + inner + [_FAR] * max(high - max(end, low - 1), 0)


def _best(costs: list[int], backs: bytearray, low: int, centre: int) -> int:
    """Where the typist is: cheapest, then where the last character fits, then nearest to one further on."""
    least = min(costs)
    ties = [at for at, cost in enumerate(costs) if cost == least and backs[at] != Mark.MISSED]
    return low + min(ties, key=lambda at: (backs[at] > Mark.LOOSE, abs(low + at - centre)))


def _counted(tally: Tally, back: int | None, missed: int) -> Tally:
    return Tally(
        right=tally.right + (back in {Mark.RIGHT, Mark.LOOSE}),
        loose=tally.loose + (back == Mark.LOOSE),
        wrong=tally.wrong + (back == Mark.WRONG),
        missed=tally.missed + missed,
        extra=tally.extra + (back == Mark.EXTRA),
    )
