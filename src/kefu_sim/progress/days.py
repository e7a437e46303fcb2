"""Figures over time: each day, the stretch of practice, and the latest receptions beside those before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kefu_sim.progress.record import Point


@dataclass(frozen=True, slots=True)
class Day:
    """One day on which something was finished. None where nothing tells.

    A reception that re-entered another is practice, but its total is not held against whole ones.
    """

    day: str
    """YYYY-MM-DD."""
    receptions: int
    drills: int
    shifts: int
    seconds: float
    """Active time of all of it."""
    total: float | None
    """Mean total of its receptions."""
    best: float | None
    reply_s: float | None
    """Mean of the receptions' mean reply times, seconds."""
    pace: float | None
    """Mean net speed of its drills, characters a minute."""


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row with anything finished."""

    now: int
    """Up to today, or to yesterday while today is still to come."""
    longest: int
    today: bool
    """Whether today counts already."""
    days: int
    """Days with anything finished, in all."""


@dataclass(frozen=True, slots=True)
class Change:
    """A mean over the latest receptions, and over as many before them; None without enough."""

    now: float | None
    before: float | None

    @property
    def by(self) -> float | None:
        """Difference; None where there is nothing to hold it against."""
        return None if self.now is None or self.before is None else round(self.now - self.before, 2)


def by_day(points: Iterable[Point]) -> list[Day]:
    """Each day with anything finished, oldest first."""
    groups: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        groups[point.day].append(point)
    return [_day(day, groups[day]) for day in sorted(groups)]


def _day(day: str, points: Sequence[Point]) -> Day:
    receptions = [point for point in points if point.kind == "reception" and not point.branch_of]
    drills = [point for point in points if point.kind == "drill"]
    totals = [point.total for point in receptions if point.total is not None]
    return Day(
        day,
        len(receptions),
        len(drills),
        sum(point.kind == "shift" for point in points),
        round(sum(point.seconds for point in points), 1),
        mean(totals),
        max(totals, default=None),
        mean([point.mean_reply_s for point in receptions if point.mean_reply_s is not None]),
        mean([point.pace for point in drills if point.pace is not None]),
    )


def streak(days: Iterable[str], today: date) -> Streak:
    """Days in a row; days after today (a clock that was wrong) do not count."""
    known = sorted({found for day in days if (found := date.fromisoformat(day)) <= today})
    runs = [1] if known else []
    for earlier, later in pairwise(known):
        if later - earlier == timedelta(1):
            runs[-1] += 1
        else:
            runs.append(1)
    alive = bool(known) and today - known[-1] <= timedelta(1)
    return Streak(runs[-1] if alive else 0, max(runs, default=0), bool(known) and known[-1] == today, len(known))


def change(values: Sequence[float], latest: int) -> Change:
    """Means of the latest values and of as many before; `values` are oldest first."""
    return Change(mean(values[-latest:]), mean(values[-2 * latest : -latest]))


def mean(values: Sequence[float]) -> float | None:
    """Mean to two decimals; None of nothing."""
    return round(sum(values) / len(values), 2) if values else None
