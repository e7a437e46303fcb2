"""The speed bill: what errors, corrections, pauses and slow phrases cost, each in characters a minute.

Each row says what the net speed would have been without that one thing, everything else unchanged. Rows do not add
up to the whole: time saved in one place makes every character saved elsewhere worth more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kefu_sim.drill.measure import Figures, own_pace
from kefu_sim.drill.pace import per_minute
from kefu_sim.drill.sheet import Sheet

Reason = Literal["errors", "corrections", "pauses", "slow"]


@dataclass(frozen=True, slots=True)
class Loss:
    """One row."""

    reason: Reason
    count: int
    """Errors, characters taken back, pauses, or slow phrases."""
    seconds: float
    """Time lost; 0 for errors, which cost characters."""
    lost: float
    """Characters a minute."""
    without: float
    """Net speed without it."""


def bill(sheet: Sheet, found: Figures) -> tuple[Loss, ...]:
    """All four rows, also those of nothing lost."""
    pauses, slow = _waits(sheet)
    net = sheet.net_chars()
    gross = Loss("errors", found.tally.errors, 0.0, found.gross - found.net, found.gross)

    def row(reason: Reason, count: int, seconds: float) -> Loss:
        without = per_minute(net, found.elapsed - seconds)
        return Loss(reason, count, seconds, without - found.net, without)

    return (
        gross,
        row("corrections", sheet.corrected, sheet.correcting_s),
        row("pauses", len(pauses), sum(pauses)),
        row("slow", len(slow), sum(slow)),
    )


def _waits(sheet: Sheet) -> tuple[list[float], list[float]]:
    """Seconds of each pause, and seconds each slow commit took beyond the typist's usual pace.

    A pause is what a commit took beyond its characters at the usual pace, if that is more than `pause_s`. What was
    taken back is left to the corrections.
    """
    pace, rule = own_pace(sheet.strokes), sheet.standards
    pauses: list[float] = []
    slow: list[float] = []
    if pace is None:
        return pauses, slow
    standing = {char.stroke for char in sheet.typed}
    for index, stroke in enumerate(sheet.strokes):
        if stroke.count <= 0 or index not in standing:
            continue
        usual = pace * stroke.count
        beyond = stroke.seconds - usual
        if beyond > rule.pause_s:
            pauses.append(beyond)
        elif stroke.seconds > rule.slow * usual:
            slow.append(beyond)
    return pauses, slow
