"""The little languages of `when:` (a label, or several joined by `or`) and `if:` (one comparison of two numbers)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping

COMPARISON = re.compile(r"\s*(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?|[a-z][a-z0-9_.-]*)\s*")
"""Operator, then a number or the name of one."""

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


def alternatives(label: str) -> list[str]:
    """Labels of which one is enough: `apology or empathy` → both."""
    return [part.strip() for part in label.split(" or ")]


def all_hold(conditions: Mapping[str, str], look: Callable[[str], float | None]) -> bool:
    """Whether every condition holds. `look` resolves names."""
    return all(holds(test, look(name), look) for name, test in conditions.items())


def holds(condition: str, left: float | None, look: Callable[[str], float | None]) -> bool:
    """Whether a comparison is true of `left`; false when either side has no value. `look` resolves names."""
    match = COMPARISON.fullmatch(condition)
    if match is None or left is None:
        return False
    sign, right = match.groups()
    value = look(right) if right[0].isalpha() else float(right)
    return value is not None and _OPERATORS[sign](left, value)
