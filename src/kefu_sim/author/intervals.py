"""Comparisons of a condition as sets of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from kefu_sim.scenario.conditions import COMPARISON


@dataclass(frozen=True, slots=True)
class Span:
    """All numbers from `low` to `high`, the ends belonging to it or not; `but` is left out."""

    low: float = -inf
    high: float = inf
    closed_low: bool = True
    closed_high: bool = True
    but: float | None = None

    def __contains__(self, value: float) -> bool:
        if value == self.but:
            return False
        above = value >= self.low if self.closed_low else value > self.low
        return above and (value <= self.high if self.closed_high else value < self.high)

    def within(self, other: Span) -> bool:
        """Whether every number of this span is in the other."""
        if other.but is not None and other.but in self:
            return False
        low = self.low > other.low or (self.low == other.low and (other.closed_low or not self.closed_low))
        high = self.high < other.high or (self.high == other.high and (other.closed_high or not self.closed_high))
        return low and high

    def meets(self, other: Span) -> bool:
        """Whether the two have a number in common."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low != high:
            return low < high
        return low in self and low in other


def span_of(test: str) -> Span | None:
    """The numbers for which a comparison with a number holds; None where it compares with a name."""
    match = COMPARISON.fullmatch(test)
    if match is None or match.group(2)[0].isalpha():
        return None
    value = float(match.group(2))
    match match.group(1):
        case "<":
            return Span(high=value, closed_high=False)
        case "<=":
            return Span(high=value)
        case ">":
            return Span(low=value, closed_low=False)
        case ">=":
            return Span(low=value)
        case "==":
            return Span(value, value)
        case _:
            return Span(but=value)


def implies(given: str | None, wanted: str) -> bool:
    """Whether one comparison of a number makes sure of another of the same number."""
    if given is None:
        return False
    if given == wanted:
        return True
    one, other = span_of(given), span_of(wanted)
    return one is not None and other is not None and one.within(other)
