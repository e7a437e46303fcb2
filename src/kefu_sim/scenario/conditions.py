"""The little languages of `when:` (a label, or several joined by `or`) and `if:` (comparisons of two numbers)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Mapping

COMPARISON = re.compile(r"\s*(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?|[a-z][a-z0-9_.-]*)\s*")
"""Operator, then a number or the name of one."""
AND = " and "
"""Joins several comparisons of one number: `>= 20 and < 60`."""

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


def alternatives(label: str) -> list[str]:
    """Labels of which one is enough: `apology or empathy` → both."""
    return [part.strip() for part in label.split(" or ")]


def carried(wanted: Collection[str], labels: Collection[str]) -> bool:
    """Whether labels satisfy all that is wanted, each by itself or by one of its alternatives."""
    return all(label in labels or any(name in labels for name in alternatives(label)) for label in wanted)


def comparisons(test: str) -> list[str]:
    """Comparisons of which all must hold: `>= 20 and < 60` → both."""
    return test.split(AND)


def all_hold(conditions: Mapping[str, str], look: Callable[[str], float | None]) -> bool:
    """Whether every condition holds. `look` resolves names."""
    return all(holds(test, look(name), look) for name, test in conditions.items())


def holds(condition: str, left: float | None, look: Callable[[str], float | None]) -> bool:
    """Whether all comparisons are true of `left`; false when a side has no value. `look` resolves names."""
    return left is not None and all(_holds(test, left, look) for test in comparisons(condition))


def _holds(test: str, left: float, look: Callable[[str], float | None]) -> bool:
    match = COMPARISON.fullmatch(test)
    if match is None:
        return False
    sign, right = match.groups()
    value = look(right) if right[0].isalpha() else float(right)
    return value is not None and _OPERATORS[sign](left, value)
