"""Personal bests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kefu_sim.progress.record import Point
from kefu_sim.progress.standards import ProgressRules


@dataclass(frozen=True, slots=True)
class Best:
    """One personal best."""

    value: float
    day: str
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class Bests:
    """All of them; None before the first."""

    total: Best | None
    reply: Best | None
    """Shortest mean reply time, seconds."""
    pace: Best | None
    """Net speed of a drill."""
    scenarios: tuple[Best, ...]
    """Best total of each scenario, the highest first."""


def bests(points: Iterable[Point], rules: ProgressRules) -> Bests:
    """The earliest reception or drill that reached each best; `points` are oldest first."""
    total = reply = pace = None
    scenarios: dict[str, Best] = {}
    for point in points:
        if point.kind == "drill":
            pace = _higher(pace, point.pace, point)
        elif point.kind == "reception" and point.total is not None and not point.branch_of:
            total = _higher(total, point.total, point)
            known = _higher(scenarios.get(point.scenario), point.total, point)
            if known is not None:
                scenarios[point.scenario] = known
            if point.mean_reply_s is not None and point.total >= rules.passed:
                reply = _lower(reply, point.mean_reply_s, point)
    ranked = sorted(scenarios.values(), key=lambda best: (-best.value, best.scenario))
    return Bests(total, reply, pace, tuple(ranked))


def _higher(best: Best | None, value: float | None, point: Point) -> Best | None:
    if value is None or (best is not None and best.value >= value):
        return best
    return Best(value, point.day, point.scenario)


def _lower(best: Best | None, value: float, point: Point) -> Best:
    return best if best is not None and best.value <= value else Best(value, point.day, point.scenario)
