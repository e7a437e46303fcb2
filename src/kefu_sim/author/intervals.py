"""Comparisons of a condition as sets of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from kefu_sim.scenario.conditions import COMPARISON, comparisons


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

    def both(self, other: Span) -> Span:
        """What is in both spans; where each leaves a number out, the other's is forgotten."""
        low = max((self.low, not self.closed_low), (other.low, not other.closed_low))
        high = min((self.high, self.closed_high), (other.high, other.closed_high))
        return Span(low[0], high[0], not low[1], high[1], self.but if other.but is None else other.but)

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
    """Whether comparisons of a number make sure of others of the same number."""
    if given is None:
        return False
    return given == wanted or all(any(_implies(g, w) for g in comparisons(given)) for w in comparisons(wanted))


def _implies(given: str, wanted: str) -> bool:
    if given == wanted:
        return True
    one, other = span_of(given), span_of(wanted)
    return one is not None and other is not None and one.within(other)
