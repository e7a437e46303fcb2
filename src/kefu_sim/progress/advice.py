"""What to practise next, each with its reason in figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.progress.days import mean
from kefu_sim.progress.record import Record
from kefu_sim.progress.standards import ProgressRules
from kefu_sim.progress.steps import step_bars, weakest

What = Literal["turns", "first", "step", "typing", "replies", "new", "again"]


@dataclass(frozen=True, slots=True)
class Known:
    """A buyer of the list."""

    id: str
    difficulty: int
    best: float | None
    """None when never finished."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to practise."""

    what: What
    scenario: str = ""
    """The buyer to receive; empty for drills."""
    step: Step | None = None
    figure: float = 0.0
    """What the reason rests on: turns due, receptions that did the step, characters a minute, seconds, a total."""
    of: float = 0.0
    """What it is held against: receptions that called for the step, the level, the limit."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands."""

    recent: Sequence[Record]
    """The last whole receptions, newest first."""
    buyers: Sequence[Known]
    """In the order of the list."""
    pace: float | None = None
    """Net speed of the last drills, characters a minute; None without one."""
    due: int = 0
    """Failed turns that are to be answered again today."""


def advise(standing: Standing, rules: ProgressRules, levels: Sequence[int]) -> list[Advice]:
    """Give a few pieces of advice, the most urgent first. `levels`: typing levels, characters a minute."""
    recent, buyers, due = standing.recent, standing.buyers, standing.due
    found: list[Advice] = []
    if due:
        found.append(Advice("turns", figure=due))
    if not recent:
        found += [Advice("first", buyer.id) for buyer in buyers[:1]]
    found += _weak_step(recent, rules)
    found += _speed(standing, rules, levels)
    unplayed = [buyer for buyer in buyers if buyer.best is None]
    if recent and unplayed:
        found.append(Advice("new", min(unplayed, key=lambda buyer: buyer.difficulty).id))
    low = [buyer for buyer in buyers if buyer.best is not None and buyer.best < rules.mastered]
    if low:
        worst = min(low, key=lambda buyer: (buyer.best, buyer.difficulty))
        found.append(Advice("again", worst.id, figure=worst.best or 0.0, of=rules.mastered))
    return found[: rules.advice]


def _weak_step(recent: Sequence[Record], rules: ProgressRules) -> list[Advice]:
    """The weakest step, with the buyer who called for it last without getting it."""
    for bar in weakest(step_bars(recent, rules), rules):
        at = STEPS.index(bar.step)
        missed = next((record.scenario for record in recent if record.steps[at : at + 1] in {"m", "l"}), "")
        return [Advice("step", missed, bar.step, bar.done, bar.judged)]
    return []


def _speed(standing: Standing, rules: ProgressRules, levels: Sequence[int]) -> list[Advice]:
    """Slow replies: by slow hands, or by hesitation."""
    latest = standing.recent[: rules.latest]
    replies = mean([record.mean_reply_s for record in latest if record.mean_reply_s is not None])
    hands = standing.pace or mean([record.pace for record in latest if record.pace is not None])
    slow = replies is not None and replies > rules.slow_reply_s
    level = next((level for level in levels if hands is not None and hands < level), None)
    if hands is not None and level is not None and (slow or level == levels[0]):
        return [Advice("typing", figure=hands, of=level)]
    return [Advice("replies", figure=replies, of=rules.slow_reply_s)] if slow and replies is not None else []
