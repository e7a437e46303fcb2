"""JSON lines as they come from other programs, and as other programs can read them: one object a line, UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedIOBase
from math import isfinite
from typing import Any, NoReturn

PIECE = 1 << 16
"""Bytes taken from a stream at once."""


def as_they_come(source: BufferedIOBase) -> Iterator[list[bytes]]:
    """The lines of a stream, as many at a time as have come: whoever writes one line and waits is answered at once."""
    begun: list[bytes] = []
    while piece := source.read1(PIECE):
        *whole, rest = piece.split(b"\n")
        if whole:
            whole[0] = b"".join((*begun, whole[0]))
            begun.clear()
            yield whole
        begun.append(rest)
    if last := b"".join(begun):
        yield [last]


def from_line(raw: bytes) -> Any:
    """The value of a line; a byte order mark is passed over, bytes that are no UTF-8 are replaced.

    Raises ValueError for anything that is no JSON: NaN, numbers without end and bottomless nesting too.
    """
    try:
        return json.loads(raw.decode("utf-8-sig", "replace"), parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deep") from None


def to_line(answer: object) -> bytes:
    """One line with its end. Half characters (lone surrogates) are written as escapes."""
    try:
        text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    except RecursionError:
        text = json.dumps({"id": None, "error": "nested too deep"})
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _finite(text: str) -> float:
    if isfinite(number := float(text)):
        return number
    raise ValueError(f"the number {text:.40} is too large")
