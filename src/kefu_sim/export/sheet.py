"""What is to be exported, gathered: the rows, whole receptions, and the figures over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from kefu_sim.i18n import tr
from kefu_sim.progress.days import Day, mean
from kefu_sim.progress.record import Cause, Record
from kefu_sim.progress.standards import ProgressRules
from kefu_sim.progress.steps import StepBar, step_bars, weakest
from kefu_sim.progress.wording import record_title
from kefu_sim.rush.report import Report
from kefu_sim.scenario.model import Scenario
from kefu_sim.scoring.asides import Beside
from kefu_sim.scoring.coaching import Coaching
from kefu_sim.scoring.ledger import Score
from kefu_sim.scoring.transcript import Turn


@dataclass(frozen=True, slots=True)
class Chapter:
    """One reception in full."""

    record: Record
    turns: tuple[Turn, ...]
    score: Score
    coaching: Coaching
    beside: Beside = field(default_factory=Beside)
    """Order notes, promises and notices."""
    story: Scenario | None = None
    """What they are called in; None when it cannot be found any more."""
    buyer: str = ""
    """Who was received, on a shift."""


@dataclass(frozen=True, slots=True)
class ShiftPart:
    """One shift in full."""

    record: Record
    report: Report
    chapters: tuple[Chapter, ...]
    """Its receptions, in the order of being received."""


@dataclass(frozen=True, slots=True)
class Member:
    """One trainee of a class."""

    name: str
    receptions: int
    mean: float | None
    """Of the totals."""
    best: float | None
    reply_s: float | None
    """Mean of the mean reply times."""
    seconds: float
    weakest: StepBar | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a document may hold."""

    heading: str
    made: str
    """Day on which it was made."""
    records: tuple[Record, ...]
    """Newest first."""
    chapters: tuple[Chapter, ...] = ()
    shifts: tuple[ShiftPart, ...] = ()
    days: tuple[Day, ...] = ()
    steps: tuple[StepBar, ...] = ()
    causes: tuple[Cause, ...] = ()
    members: tuple[Member, ...] = ()
    """Of a class; empty for one trainee."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Scenario id → how it is called."""

    @property
    def every_chapter(self) -> tuple[Chapter, ...]:
        """Those of shifts too."""
        return self.chapters + tuple(chapter for shift in self.shifts for chapter in shift.chapters)

    def title(self, record: Record) -> str:
        """How a record is called."""
        return record_title(record, self.titles)

    def title_of(self, chapter: Chapter) -> str:
        """How a reception in full is called: on a shift with who was received."""
        title = self.title(chapter.record)
        return f"{chapter.buyer} · {title}" if chapter.buyer else title


def members(records: Sequence[Record], rules: ProgressRules) -> list[Member]:
    """The trainees of whole receptions, by name."""
    found = []
    for name in sorted({record.trainee for record in records}):
        mine = [r for r in records if r.trainee == name and r.kind == "reception" and not r.branch_of]
        totals = [r.total for r in mine if r.total is not None]
        replies = [r.mean_reply_s for r in mine if r.mean_reply_s is not None]
        weak = weakest(step_bars(mine, rules), rules)
        seconds = sum(r.seconds for r in records if r.trainee == name)
        best = max(totals, default=None)
        found.append(Member(name, len(mine), mean(totals), best, mean(replies), seconds, weak[0] if weak else None))
    return found


def aliases(names: Iterable[str]) -> dict[str, str]:
    """Names → names that tell nothing."""
    number = count(1)
    return {name: tr("Trainee {n}").format(n=next(number)) for name in sorted(set(names))}


def trainee_name(name: str) -> str:
    """A profile's name for a table."""
    return name or tr("(no name)")
