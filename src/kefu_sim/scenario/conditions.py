"""The little language of `if:` — one comparison of a number with another."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

COMPARISON = re.compile(r"\s*(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?|[a-z][a-z0-9_.-]*)\s*")
"""Operator, then a number or the name of one."""

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


def holds(condition: str, left: float | None, look: Callable[[str], float | None]) -> bool:
    """Whether a comparison is true of `left`; false when either side has no value. `look` resolves names."""
    match = COMPARISON.fullmatch(condition)
    if match is None or left is None:
        return False
    sign, right = match.groups()
    value = look(right) if right[0].isalpha() else float(right)
    return value is not None and _OPERATORS[sign](left, value)
