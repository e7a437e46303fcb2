"""What to tell the trainee afterwards: per reply 你说 / 更好 / 为什么, and Keep · Start · Stop in one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kefu_sim.scoring.ledger import Phrase, Row, Score
from kefu_sim.scoring.rubric import LEAST, Rubric, fill
from kefu_sim.scoring.scene import Case

_CEILINGS = frozenset({"fault.void", "fault.cap", "rude.cap", "limit", "limit.amends"})
_SEVERE = _CEILINGS | {"fault.attitude", "fact.wrong", "fault.minor"}


@dataclass(frozen=True, slots=True)
class Advice:
    """One reply looked at again."""

    turn: int
    """Index in the transcript."""
    said: str
    better: Phrase
    """Empty when nothing was lost on it."""
    why: Phrase


@dataclass(frozen=True, slots=True)
class Coaching:
    """Everything a debriefing needs beside the score."""

    replies: tuple[Advice, ...]
    keep: Phrase
    start: Phrase
    stop: Phrase
    """Each one line; empty when there is nothing to say."""


def coach(case: Case, score: Score, rubric: Rubric) -> Coaching:
    """Advice for each reply of the agent, oldest first, and the three lines."""
    by_turn: dict[int, list[Row]] = {}
    for row in score.ledger:
        if row.turn is not None:
            by_turn.setdefault(row.turn, []).append(row)
    replies = tuple(
        _advice(case, index, by_turn.get(index, ())) for index, turn in enumerate(case.turns) if turn.role == "agent"
    )
    gained = [row for row in score.ledger if row.points >= row.of - 0.005 and row.of > 0]
    missed = [row for row in score.ledger if row.of and row.lost >= LEAST and row.rule not in _TONES]
    taken = [row for row in score.ledger if _is_fault(row) or (row.points < 0 and row.rule not in {"clip", "scale"})]
    best = max(gained, key=lambda row: row.points, default=None)
    worst = max(missed, key=lambda row: row.of - row.points, default=None)
    fault = min(taken, key=lambda row: (row.rule not in _CEILINGS, row.points), default=None)
    return Coaching(
        replies,
        keep=_habit(case, best, rubric) if best else Phrase(),
        start=_advised(case, worst, rubric) if worst else Phrase(),
        stop=_advised(case, fault, rubric) if fault else Phrase(),
    )


_TONES = frozenset({"tone.polite", "tone.warm", "tone.plain"})


def _advice(case: Case, index: int, rows: Iterable[Row]) -> Advice:
    """The reply, the row that cost most on it, and how to say it better; a story's own model answer comes first."""
    text = case.turns[index].text
    rows = list(rows)
    worst = max(rows, key=_weight, default=None)
    if worst is None or _weight(worst) <= LEAST:
        own = [row for row in rows if row.dimension != "speed"] or rows  # rounds are of the whole reception
        best = max(own, key=lambda row: row.points, default=None)
        return Advice(index, text, Phrase(), best.reason if best else Phrase())
    model = None if worst.dimension == "speed" else _model(case, index)  # other words are no faster
    return Advice(index, text, model or worst.better, worst.reason)


def _weight(row: Row) -> float:
    """How much a row matters: points lost, red lines before all else."""
    lost = -row.points if row.of == 0 else row.of - row.points
    return lost + 100 if _is_fault(row) or (row.rule in _SEVERE and lost > 0) else lost


def _is_fault(row: Row) -> bool:
    """Whether it tells of a fault, also where none of the points were left to take."""
    return row.rule in _SEVERE and not row.of


def _model(case: Case, index: int) -> Phrase | None:
    """The excellent answer of the node at which the reply was given."""
    if case.story is None or index >= len(case.story.node_at):
        return None
    node = case.story.scenario.nodes.get(case.story.node_at[index])
    return Phrase(node.model.excellent, node.model.excellent) if node and node.model else None


def _habit(case: Case, row: Row, rubric: Rubric) -> Phrase:
    """What a row is about, as something that is done."""
    words = case.turns[row.turn].text[slice(*row.span)] if row.turn is not None and row.span else ""
    rule = rubric.rules.get(row.rule)  # a score of other rules may name one that is gone
    return fill(rule.habit, {"topic": row.topic, "words": words}) if rule and rule.habit.zh else row.reason


def _advised(case: Case, row: Row, rubric: Rubric) -> Phrase:
    """What is to be done otherwise, and how to say it."""
    habit = _habit(case, row, rubric)
    if not row.better.zh:
        return habit
    return Phrase(f"{habit.zh} → {row.better.zh}", f"{habit.en} → {row.better.en}")
