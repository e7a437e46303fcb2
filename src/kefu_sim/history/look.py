"""Looking back: everything the progress page shows, gathered from the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kefu_sim.history.due import due_cards
from kefu_sim.house import House
from kefu_sim.language.verdict import Step
from kefu_sim.progress.advice import Advice, Known, Standing, advise
from kefu_sim.progress.bests import Bests, bests
from kefu_sim.progress.days import Change, Day, Streak, by_day, change, mean, streak
from kefu_sim.progress.record import Cause, Record, Wanted, active_days
from kefu_sim.progress.steps import StepBar, dimension_shares, step_bars
from kefu_sim.rulebook.drill import load_standards
from kefu_sim.rulebook.progress import load_progress_rules
from kefu_sim.scenario.library import order
from kefu_sim.scoring.ledger import Dimension


@dataclass(frozen=True, slots=True)
class Look:
    """Progress of one trainee, or of everybody."""

    wanted: Wanted
    days: tuple[Day, ...]
    totals: Change
    replies: Change
    """Mean reply times, seconds."""
    hands: Change
    """Net speeds of drills, characters a minute."""
    streak: Streak
    bests: Bests
    window: int
    """Receptions that the rest looks at: the last ones."""
    shares: dict[Dimension, float | None]
    steps: tuple[StepBar, ...]
    causes: tuple[Cause, ...]
    """The costliest first."""
    advice: tuple[Advice, ...]

    @property
    def receptions(self) -> int:
        """Whole receptions in all."""
        return sum(day.receptions for day in self.days)

    @property
    def drills(self) -> int:
        """Drills in all."""
        return sum(day.drills for day in self.days)

    @property
    def shifts(self) -> int:
        """Shifts in all."""
        return sum(day.shifts for day in self.days)

    @property
    def seconds(self) -> float:
        """Active time in all."""
        return sum(day.seconds for day in self.days)

    def step(self, step: Step) -> StepBar:
        """The bar of a step."""
        return next(bar for bar in self.steps if bar.step == step)


def look_back(house: House, wanted: Wanted, today: date) -> Look:
    """Gather the figures. Raises KefuError when the database cannot be used."""
    rules, records = load_progress_rules(), house.records
    points = records.points(wanted)
    whole = [point for point in points if not point.branch_of]
    receptions = replace(wanted, kind="reception", whole=True)
    recent = records.rows(receptions, rules.window)
    paces = [point.pace for point in whole if point.kind == "drill" and point.pace is not None]
    received = [point for point in whole if point.kind == "reception"]
    totals = [point.total for point in received if point.total is not None]
    replies = [point.mean_reply_s for point in received if point.mean_reply_s is not None]
    best = bests(points, rules)
    due = len(due_cards(house, today)) if wanted.trainee == house.desk.trainee else 0
    standing = Standing(recent, _buyers(house, best), mean(paces[-rules.latest :]), due)
    return Look(
        wanted=wanted,
        days=tuple(by_day(points)),
        totals=change(totals, rules.latest),
        replies=change(replies, rules.latest),
        hands=change(paces, rules.latest),
        streak=streak(active_days(points), today),
        bests=best,
        window=len(recent),
        shares=dimension_shares(recent),
        steps=tuple(step_bars(recent, rules)),
        causes=tuple(records.causes(receptions, rules.window)),
        advice=tuple(advise(standing, rules, load_standards().levels.speeds())),
    )


def rows_of(house: House, wanted: Wanted, limit: int | None) -> tuple[list[Record], int]:
    """The newest rows, and how many there are in all. Raises KefuError."""
    rows = house.records.rows(wanted, limit)
    return rows, len(rows) if limit is None or len(rows) < limit else house.records.count(wanted)


def _buyers(house: House, best: Bests) -> Sequence[Known]:
    totals = {one.scenario: one.value for one in best.scenarios}
    return [Known(entry.id, entry.difficulty, totals.get(entry.id)) for entry in order(house.library.entries)]
