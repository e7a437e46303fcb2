"""Where points went: the rows of a reception's ledger that tell, in few words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kefu_sim.i18n import language
from kefu_sim.scoring.ledger import Row, Score

TOLD = 3
"""Most rows that are named."""


def dearest(score: Score) -> list[Row]:
    """Rows that cost most, the worst first."""
    return sorted((row for row in score.ledger if row.lost > 0), key=lambda row: -row.lost)[:TOLD]


def richest(score: Score) -> list[Row]:
    """Rows that gave most, the best first."""
    return sorted((row for row in score.ledger if row.points > 0), key=lambda row: -row.points)[:TOLD]


def charges(rows: Iterable[Row]) -> str:
    """Rows in few words: each with what it gave, or with what it took of what it could have given."""
    return _joined((row.reason.pick(language()), row.points, f"/{row.of:g}" if row.of else "") for row in rows)


def moved(before: Score, after: Score, sign: float) -> str:
    """What became more (sign 1) or less (sign -1) from one score to the next, and by how much; the most first."""
    change: dict[tuple[str, str], float] = defaultdict(float)
    reasons: dict[tuple[str, str], str] = {}
    for score, way in ((before, -1), (after, 1)):
        for row in score.ledger:
            key = (row.rule, row.topic.en)
            change[key] += way * row.points
            reasons[key] = row.reason.pick(language())
    told = [(reasons[key], round(gain, 2), "") for key, gain in change.items() if round(gain, 2) * sign > 0]
    return _joined(sorted(told, key=lambda row: -row[1] * sign)[:TOLD])


def _joined(rows: Iterable[tuple[str, float, str]]) -> str:
    return ("；" if language() == "zh" else "; ").join(f"{reason} {points:+g}{of}" for reason, points, of in rows)
