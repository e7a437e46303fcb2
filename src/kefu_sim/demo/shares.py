"""What the points of one reply come from: the total before it and after it, taken apart.

An early reply gains points for its speed alone, however curt it is. Beside the sum, a class sees what the words
themselves gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kefu_sim.scoring.ledger import DIMENSIONS, Dimension, Score

Source = Literal["speed", "flow", "politeness", "content", "over_all"]
SOURCES: tuple[Source, ...] = ("speed", "politeness", "flow", "content", "over_all")
"""In the order they are shown; `over_all` are bonus and deductions."""
_SOURCE_OF: Mapping[Dimension, Source] = {
    "speed": "speed",
    "flow": "flow",
    "politeness": "politeness",
    "accuracy": "content",
    "resolution": "content",
    "brevity": "content",
}
LEAST = 0.25
"""Points below which a share is not worth a word."""


def shares(before: Score, after: Score) -> dict[Source, float]:
    """Points gained from each source. They add up to the gain of the total, but for those left out as too small."""
    old, new = _sources(before), _sources(after)
    gained = {source: round(new[source] - old[source], 2) for source in SOURCES}
    return {source: points for source, points in gained.items() if abs(points) >= LEAST}


def _sources(score: Score) -> dict[Source, float]:
    """The total by source; what brings the points to the full scale belongs to each as it earned."""
    earned = sum(part.points for part in score.dimensions.values())
    scaling = sum(row.points for row in score.ledger if row.rule == "scale")
    factor = 1 + scaling / earned if earned else 1.0
    found = dict.fromkeys(SOURCES, 0.0)
    for name in DIMENSIONS:
        found[_SOURCE_OF[name]] += score.dimensions[name].points * factor
    found["over_all"] = score.total - sum(found.values())
    return found
