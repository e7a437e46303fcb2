"""Charts of eighth blocks, as rows of text: every character takes one cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

EIGHTHS = " ▁▂▃▄▅▆▇█"


def block(value: float, low: float, high: float) -> str:
    """The part of a cell that a value fills which reaches from `low` to `high`."""
    return EIGHTHS[round(min(max((value - low) / (high - low), 0.0), 1.0) * 8)]


def rows(values: Sequence[float | None], height: int, low: float, high: float) -> list[str]:
    """Columns standing on `low`, top row first; a value shows at least a trace, None nothing at all."""
    floor = (high - low) / height / 8
    step = (high - low) / height
    lines = []
    for row in range(height, 0, -1):
        bottom = low + step * (row - 1)
        seen = [v if v is None or row > 1 else max(v, low + floor) for v in values]
        lines.append("".join(" " if v is None else block(v, bottom, bottom + step) for v in seen))
    return lines


def sparkline(values: Sequence[float], low: float, high: float) -> str:
    """One row; the lowest value still shows."""
    return "".join(rows(values, 1, low, high)) if high > low else EIGHTHS[4] * len(values)


def smoothed(values: Sequence[float], span: int) -> list[float]:
    """Means over up to `span` neighbours, centred."""
    half = span // 2
    parts = (values[max(at - half, 0) : at + half + 1] for at in range(len(values)))
    return [sum(part) / len(part) for part in parts]


def spread(values: Sequence[float], room: int, widest: int = 6) -> list[float | None]:
    """Columns of values, with gaps where there is room for gaps; as many means as fit where there is not."""
    width = min(room // len(values), widest) if values else 0
    if width < 2:
        return list(resampled(values, room))
    return [cell for value in values for cell in (*[value] * (width - 1), None)][:-1]


def resampled(values: Sequence[float], most: int) -> list[float]:
    """As many means of neighbouring values as there is room for; fewer values are drawn wider, up to three times."""
    if not values or most <= 0:
        return []
    if len(values) <= most:
        columns = min(most, len(values) * 3)
        return [values[at * len(values) // columns] for at in range(columns)]
    edges = [round(at * len(values) / most) for at in range(most + 1)]
    return [sum(values[a:b]) / (b - a) for a, b in pairwise(edges)]
