"""The little languages of `when:` (a label, or several joined by `or`) and `if:` (comparisons of two numbers)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache

COMPARISON = re.compile(r"\s*(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?|[a-z][a-z0-9_.-]*)\s*")
"""Operator, then a number or the name of one."""
AND = " and "
"""Joins several comparisons of one number: `>= 20 and < 60`."""

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


@lru_cache(4096)
def alternatives(label: str) -> tuple[str, ...]:
    """Labels of which one is enough: `apology or empathy` → both."""
    return tuple(part.strip() for part in label.split(" or "))


def carried(wanted: Collection[str], labels: AbstractSet[str]) -> bool:
    """Whether labels satisfy all that is wanted, each by itself or by one of its alternatives."""
    for label in wanted:  # noqa: SIM110 (a generator costs twice as much, and bots ask a hundred thousand times)
        if label not in labels and labels.isdisjoint(alternatives(label)):
            return False
    return True


def comparisons(test: str) -> list[str]:
    """Comparisons of which all must hold: `>= 20 and < 60` → both."""
    return test.split(AND)


def all_hold(conditions: Mapping[str, str], look: Callable[[str], float | None]) -> bool:
    """Whether every condition holds. `look` resolves names."""
    for name, test in conditions.items():  # noqa: SIM110 (most have none: a generator would cost more than the answer)
        if not holds(test, look(name), look):
            return False
    return True


def holds(condition: str, left: float | None, look: Callable[[str], float | None]) -> bool:
    """Whether all comparisons are true of `left`; false when a side has no value. `look` resolves names."""
    if left is None:
        return False
    for compare, right in _parsed(condition):
        value = look(right) if isinstance(right, str) else right
        if value is None or not compare(left, value):
            return False
    return True


def _never(left: float, right: float) -> bool:
    del left, right
    return False


@lru_cache(4096)
def _parsed(condition: str) -> tuple[tuple[Callable[[float, float], bool], str | float], ...]:
    """Each comparison: the operator, and a number or the name of one. What is no comparison never holds."""
    found: list[tuple[Callable[[float, float], bool], str | float]] = []
    for test in comparisons(condition):
        match = COMPARISON.fullmatch(test)
        sign, right = match.groups() if match else ("", "0")
        found.append((_OPERATORS.get(sign, _never), right if right[0].isalpha() else float(right)))
    return tuple(found)
