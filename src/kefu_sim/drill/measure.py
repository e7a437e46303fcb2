"""The figures of a drill, from its sheet.

Characters of a commit are spread over the time since the commit before: an input method hands over whole phrases, and
counted at the moment of the commit the evenest typist would look erratic. Speeds are characters a minute, times
seconds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kefu_sim.drill.align import Tally
from kefu_sim.drill.pace import accuracy, per_minute
from kefu_sim.drill.paste import Doubt
from kefu_sim.drill.sheet import Sheet, Stroke
from kefu_sim.drill.standards import Level


@dataclass(frozen=True, slots=True)
class Figures:
    """What a drill is worth."""

    elapsed: float
    """Seconds that the speeds are divided by: real ones, to the commit in progress at the bell."""
    net: float
    """净速: (characters − 5 × errors) a minute, at least 0 (错一罚五; a missed or extra character is an error too)."""
    gross: float
    """原速: characters that stand, a minute, without penalty."""
    accuracy: float | None
    """Percent of right characters."""
    typed: int
    """Characters that stand."""
    reached: int
    """Characters of the text that were passed."""
    tally: Tally
    corrected: int
    """回改: committed characters taken back."""
    commits: int
    phrases: float | None
    """打词率: percent of commits with several characters."""
    per_commit: float | None
    """Mean characters of a commit."""
    consistency: float | None
    """Percent, by monkeytype's formula on spread characters."""
    complete: bool
    """Ended by the bell or by the end of the text."""
    doubt: Doubt | None
    """Why not all of it may have been typed by hand."""
    counts: bool
    """Whether it is given a level and may become a personal best: complete, by hand, and long enough."""
    level: Level | None
    """The level that the net speed reaches; None below the floor, and for a run that does not count."""


def figures(sheet: Sheet) -> Figures:
    """Measure a drill that has ended, or one that was interrupted, up to its last commit."""
    ended, tally = sheet.ended, sheet.aligner.tally
    elapsed = ended.t if ended is not None else sheet.last_t
    commits = [stroke.count for stroke in sheet.strokes if stroke.count > 0]
    net, doubt = per_minute(sheet.net_chars(), elapsed), sheet.watch.doubt
    complete = ended is not None and ended.why != "left"
    counts = complete and doubt is None and len(sheet.typed) >= sheet.standards.record_least
    return Figures(
        elapsed=elapsed,
        net=net,
        gross=per_minute(len(sheet.typed), elapsed),
        accuracy=accuracy(tally.right, tally.errors),
        typed=len(sheet.typed),
        reached=sheet.aligner.reached,
        tally=tally,
        corrected=sheet.corrected,
        commits=len(commits),
        phrases=100 * sum(count > 1 for count in commits) / len(commits) if commits else None,
        per_commit=sum(commits) / len(commits) if commits else None,
        consistency=consistency(curve(sheet.strokes, elapsed)) if commits else None,
        complete=complete,
        doubt=doubt,
        counts=counts,
        level=sheet.standards.reached(net) if counts else None,
    )


def curve(strokes: Sequence[Stroke], elapsed: float, step: float = 1.0) -> list[float]:
    """Speed in each `step` seconds, all committed characters counted; a last piece under half a step is left out."""
    whole = int(elapsed / step + 1e-9)
    rest = elapsed - whole * step
    sizes = [step] * whole + ([rest] if rest >= step / 2 else [])
    chars = [0.0] * len(sizes)
    for stroke in strokes:
        if stroke.count > 0 and stroke.seconds > 0:
            _spread(stroke, step, chars)
        elif stroke.count > 0 and chars:
            chars[min(int(stroke.until / step), len(chars) - 1)] += stroke.count
    return [count * 60 / size for count, size in zip(chars, sizes, strict=True)]


def _spread(stroke: Stroke, step: float, chars: list[float]) -> None:
    density = stroke.count / stroke.seconds
    for at in range(int(stroke.since / step), min(int(stroke.until / step) + 1, len(chars))):
        overlap = min(stroke.until, (at + 1) * step) - max(stroke.since, at * step)
        if overlap > 0:
            chars[at] += density * overlap


def consistency(speeds: Sequence[float]) -> float | None:
    """100 × (1 − tanh(c + c³/3 + c⁵/5)), c = σ/μ of the speeds of each second (monkeytype); None without any."""
    mean = sum(speeds) / len(speeds) if speeds else 0.0
    if mean <= 0:
        return None
    c = math.sqrt(sum((speed - mean) ** 2 for speed in speeds) / len(speeds)) / mean
    return 100 * (1 - math.tanh(c + c**3 / 3 + c**5 / 5))


def own_pace(strokes: Sequence[Stroke]) -> float | None:
    """Seconds a character that half of all characters were at most given: the typist's usual pace."""
    paces = sorted((s.seconds / s.count, s.count) for s in strokes if s.count > 0)
    half, seen = sum(count for _, count in paces) / 2, 0
    for pace, count in paces:
        seen += count
        if seen >= half:
            return pace
    return None


def typing_time(chars: int, first: int, seconds: float) -> float:
    """Seconds of typing of a text whose clock started when its first commit was already there.

    The `first` characters of that commit are given the mean time of the others; 0 when there are no others.
    """
    return max(seconds, 0.0) * chars / (chars - first) if chars > first > 0 else 0.0
