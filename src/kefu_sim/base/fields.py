"""Whether values read from a file are of the types a dataclass declares: files may have been touched by anybody."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, Literal, get_args, get_origin, get_type_hints

_HINTS: dict[type, dict[str, Any]] = {}


def misfit(kind: type, given: Mapping[str, object]) -> str:
    """Name of the first value that is not what its field is declared to be; empty when all are.

    Whole numbers stand for fractions, never truth values for numbers; numbers are finite.
    """
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return next((name for name, value in given.items() if not _fits(value, _HINTS[kind][name])), "")


def _fits(value: object, hint: Any) -> bool:
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if get_origin(hint) is Literal:
        return isinstance(value, str | int) and value in get_args(hint)
    if get_origin(hint) is dict:
        key, held = get_args(hint)
        return isinstance(value, dict) and all(_fits(k, key) and _fits(v, held) for k, v in value.items())
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(_fits(item, get_args(hint)[0]) for item in value)
    if isinstance(hint, type):
        return isinstance(value, hint)
    return any(_fits(value, option) for option in get_args(hint))
