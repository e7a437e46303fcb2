"""Charts as inline SVG: no script, no font of their own, colours from the document's style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kefu_sim.export.neutral import for_html as esc
from kefu_sim.words import grade

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 36, 12, 12, 24
"""Margins around the plot."""
MOST_POINTS = 60
"""Days drawn one by one; of more, neighbours are drawn as their mean."""


def scores(days: Sequence[tuple[str, float]], label: str) -> str:
    """A line of daily mean totals, 0 to 100, with a mark for each day."""
    points = _thinned(days)
    if not points:
        return ""
    x = [LEFT + (WIDTH - LEFT - RIGHT) * (at + 0.5) / len(points) for at in range(len(points))]
    y = [_height(value) for _, value in points]
    parts = [_grid(level) for level in (0, 20, 40, 60, 80, 100)]
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    if len(points) > 1:
        parts.append(f'<polyline class="line" points="{path}"/>')
    parts += [
        f'<circle class="dot" cx="{a:.1f}" cy="{b:.1f}" r="3.5"><title>{esc(day)}: {value:.1f}</title></circle>'
        for a, b, (day, value) in zip(x, y, points, strict=True)
    ]
    parts.append(
        f'<text class="axis" x="{x[0]:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{esc(points[0][0][5:])}</text>'
    )
    if len(points) > 1:
        last = esc(points[-1][0][5:])
        parts.append(f'<text class="axis" x="{x[-1]:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{last}</text>')
    body = "".join(parts)
    return f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{esc(label)}">{body}</svg>'


def bar(share: float, label: str) -> str:
    """A bar of a share from 0 to 1; its length says the share, its pattern whether it is good."""
    width = round(max(0.0, min(share, 1.0)) * 200, 1)
    return (
        f'<svg class="bar" viewBox="0 0 200 12" role="img" aria-label="{esc(label)}">'
        '<rect class="track" width="200" height="12" rx="2"/>'
        f'<rect class="{grade(share)}" width="{width}" height="12" rx="2"/></svg>'
    )


def _height(value: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - max(0.0, min(value, 100.0)) / 100)


def _grid(level: int) -> str:
    y = _height(level)
    line = f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
    return line + f'<text class="axis" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{level}</text>'


def _thinned(days: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """At most MOST_POINTS, each the mean of its neighbours, named by its last day."""
    count = min(len(days), MOST_POINTS)
    edges = [round(at * len(days) / count) for at in range(count + 1)] if count else []
    groups = [days[a:b] for a, b in pairwise(edges)]
    return [(group[-1][0], sum(value for _, value in group) / len(group)) for group in groups]
