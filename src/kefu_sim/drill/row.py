"""The summary of a drill: one row, computed from its events alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from kefu_sim.base.fields import misfit
from kefu_sim.drill import events as ev
from kefu_sim.drill import texts
from kefu_sim.drill.measure import figures
from kefu_sim.drill.reply import answers, reply_figures
from kefu_sim.drill.sheet import sheet_of
from kefu_sim.drill.standards import Standards


@dataclass(frozen=True, slots=True)
class DrillRow:
    """Summary of a finished drill. Speeds are characters a minute, times seconds; None where it does not apply."""

    id: str
    started: str
    drill: ev.Kind
    mode: ev.Mode
    target: int
    seconds: float
    title: str
    source: str
    rules: str
    """Version of the standards it was measured by."""
    latin: bool
    """Mainly Latin text; its records stand apart."""
    record: bool
    """Whether it counts for the personal best."""
    complete: bool
    elapsed: float
    net: float | None = None
    gross: float | None = None
    accuracy: float | None = None
    typed: int = 0
    wrong: int = 0
    missed: int = 0
    extra: int = 0
    corrected: int = 0
    consistency: float | None = None
    level: str | None = None
    doubt: str | None = None
    asked: int = 0
    answered: int = 0
    mean_reply_s: float | None = None
    """Reply drill: mean seconds to an answer."""

    def to_data(self) -> dict[str, Any]:
        """Values for JSON and CSV, in a fixed order."""
        return asdict(self)


def summary(drill: str, log: Sequence[ev.Event], standards: Standards) -> DrillRow:
    """The summary of a drill, computed from its events alone."""
    opened, last = log[0], log[-1]
    assert isinstance(opened, ev.Opened)
    row = DrillRow(
        drill, opened.started, opened.drill, opened.mode, opened.target, opened.seconds, opened.title, opened.source,
        standards.version, latin=texts.mainly_latin(opened.text), record=False,
        complete=isinstance(last, ev.Ended) and last.why != "left", elapsed=last.t,
    )  # fmt: skip
    if opened.drill == "reply":
        replies = reply_figures(answers(log))
        return replace(
            row, gross=replies.speed, asked=replies.asked, answered=replies.answered, mean_reply_s=replies.mean_s
        )
    sheet = sheet_of(log, standards)
    found = figures(sheet)
    return replace(
        row,
        record=found.counts,
        elapsed=found.elapsed,
        net=round(found.net, 2),
        gross=round(found.gross, 2),
        accuracy=_rounded(found.accuracy, 2),
        typed=found.typed,
        wrong=found.tally.wrong,
        missed=found.tally.missed,
        extra=found.tally.extra,
        corrected=found.corrected,
        consistency=_rounded(found.consistency, 1),
        level=found.level,
        doubt=found.doubt,
    )


def drill_row(figures: str) -> DrillRow | None:
    """A summary read back from its JSON; None when it is not one."""
    try:
        row = DrillRow(**json.loads(figures))
    except (ValueError, TypeError, RecursionError):
        return None
    return None if misfit(DrillRow, row.to_data()) else row


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def best(rows: Sequence[DrillRow], target: int, *, latin: bool) -> DrillRow | None:
    """The fastest record of a level; None before the first."""
    records = [row for row in _records(rows) if row.target == target and row.latin == latin]
    return max(records, key=lambda row: row.net or 0.0, default=None)


def _records(rows: Sequence[DrillRow]) -> Iterator[DrillRow]:
    return (row for row in rows if row.record and row.drill == "copy" and row.net is not None)
