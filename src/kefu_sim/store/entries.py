"""What goes into the records: a finished log, with its score, as one entry."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from kefu_sim.drill import events as dr
from kefu_sim.drill.row import DrillRow
from kefu_sim.engine import events as ev
from kefu_sim.progress.disputes import Dispute
from kefu_sim.progress.puzzles import Puzzle, puzzles
from kefu_sim.progress.record import Cause, Kind, Record, letters
from kefu_sim.progress.slips import Failed, failed_turns
from kefu_sim.rush import events as rv
from kefu_sim.rush.report import Report
from kefu_sim.scoring.ledger import DIMENSIONS, Row, Score
from kefu_sim.store.scores import score_to_text

DERIVED = 3
"""Way of reading logs: rows made by an earlier one are made anew."""
NO_LOSS = frozenset(("scale", "clip", "flow.floor", "politeness.floor"))
"""Rows that balance the books: nobody lost points by them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished log as it lies in its file."""

    id: str
    text: str
    """All its lines."""
    desk: str
    """The data folder it was made in."""
    changed: datetime
    """When it was last written to, with offset."""

    @property
    def key(self) -> str:
        """Hash of the log."""
        return key_of(self.text)


class Tried(NamedTuple):
    """An answer of a reply drill."""

    scenario: str
    node: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the records with everything that hangs on it."""

    record: Record
    desk: str
    recogniser: str
    log: str
    score: str | None = None
    causes: tuple[Cause, ...] = ()
    slips: tuple[Failed, ...] = ()
    """Replies that went wrong."""
    puzzles: tuple[Puzzle, ...] = ()
    """Turns that the buyer did not understand."""
    tries: tuple[Tried, ...] = ()
    """Answers of a reply drill."""
    disputes: tuple[Dispute, ...] = ()
    """Rows of its ledger that somebody disputes: only in archives."""
    figures: str = "{}"
    """JSON of what only its kind has."""

    @property
    def at(self) -> float:
        """Start, seconds since 1970."""
        return datetime.fromisoformat(self.record.started).timestamp()


def key_of(log: str) -> str:
    """Hash of a log."""
    return sha256(log.encode("utf-8")).hexdigest()


def reception_entry(kept: Kept, log: Sequence[ev.Event], title: str = "") -> Entry:
    """A finished reception, without a score."""
    opened, ended = log[0], log[-1]
    assert isinstance(opened, ev.Opened)
    blank = _record(kept, "reception", opened.started, ended.t)
    record = blank._replace(
        trainee=opened.trainee,
        scenario=opened.scenario,
        title=title or opened.scenario,
        mode=opened.mode,
        seed=opened.seed,
        outcome=ended.outcome if isinstance(ended, ev.Ended) else "",
        rubric=opened.rubric,
        branch_of=opened.branch_of,
    )
    return Entry(record, kept.desk, opened.recogniser, kept.text)


def scored(entry: Entry, log: Sequence[ev.Event], score: Score, least: float) -> Entry:
    """The entry of a reception with this score; `least`: points that a failed reply must have cost."""
    shares: dict[str, Any] = {
        name: round(part.points / part.max, 4) if (part := score.dimensions[name]).max else None for name in DIMENSIONS
    }
    record = entry.record._replace(
        total=score.total,
        pace=score.metrics.typing_cpm,
        first_reply_s=score.metrics.first_reply_s,
        mean_reply_s=score.metrics.mean_reply_s,
        steps=letters(score.steps),
        rubric=score.rubric,
        **shares,
    )
    return replace(
        entry,
        record=record,
        score=score_to_text(score),
        causes=causes_of(score.ledger),
        slips=tuple(failed_turns(log, score.ledger, least)),
        puzzles=tuple(puzzles(log)),
    )


def shift_entry(kept: Kept, log: Sequence[rv.Entry]) -> Entry:
    """A shift whose bell has rung, as far as its log alone tells."""
    opened = log[0].event
    assert isinstance(opened, rv.Opened)
    bell = next(entry.event for entry in log if isinstance(entry.event, rv.Bell))
    record = _record(kept, "shift", opened.started, bell.t)._replace(
        trainee=opened.trainee, scenario=opened.shift, title=opened.shift, mode="shift", seed=opened.seed,
        outcome=bell.why, rubric=opened.rubric,
    )  # fmt: skip
    return Entry(record, kept.desk, opened.recogniser, kept.text)


def worked(entry: Entry, report: Report, title: str) -> Entry:
    """The entry of a shift with this report."""
    counted = report.figures
    record = entry.record._replace(
        title=title, total=report.score.total, pace=counted.typing_cpm, first_reply_s=counted.rates.first_reply_s,
        mean_reply_s=counted.rates.mean_reply_s,
    )  # fmt: skip
    return replace(entry, record=record, figures=json.dumps(counted.to_data(), ensure_ascii=False))


def drill_entry(kept: Kept, opened: dr.Opened, row: DrillRow, tries: Iterable[Tried] = ()) -> Entry:
    """A finished drill."""
    record = _record(kept, "drill", opened.started, row.elapsed)._replace(
        trainee=opened.trainee, title=opened.title, mode=opened.mode
    )
    return measured(Entry(record, kept.desk, "", kept.text), row, tries)


def measured(entry: Entry, row: DrillRow, tries: Iterable[Tried]) -> Entry:
    """The entry of a drill with this summary."""
    record = entry.record._replace(
        outcome="done" if row.complete else "left",
        pace=row.net if row.drill == "copy" and row.doubt is None and not row.latin else None,
        mean_reply_s=row.mean_reply_s,
        rubric=row.rules,
    )
    figures = json.dumps(asdict(row), ensure_ascii=False)
    return replace(entry, record=record, tries=tuple(tries), figures=figures)


def causes_of(ledger: Iterable[Row]) -> tuple[Cause, ...]:
    """What points were lost by, each reason once."""
    found: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in ledger:
        if row.rule not in NO_LOSS and row.lost >= 0.005:
            found[row.rule, row.topic.zh, row.topic.en] += row.lost
    return tuple(Cause(*what, lost=round(lost, 2), times=1) for what, lost in found.items())


def _record(kept: Kept, kind: Kind, started: str, seconds: float) -> Record:
    begun = _moment(started) or kept.changed
    return Record(
        key=kept.key, id=kept.id, kind=kind, trainee="", scenario="", title="", mode="", seed=None,
        day=begun.date().isoformat(), started=begun.isoformat(timespec="seconds"),
        ended=max(kept.changed, begun).astimezone(begun.tzinfo).isoformat(timespec="seconds"), seconds=seconds,
        outcome="", total=None, pace=None, first_reply_s=None, mean_reply_s=None, steps="", speed=None, flow=None,
        politeness=None, accuracy=None, resolution=None, brevity=None, rubric="", branch_of="",
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    """A moment with its offset; None when it is not one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
