"""Receptions of a story scored: log, recogniser, rubric and flow brought together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.rulebook.flows import load_flows
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scoring.ledger import Score
from kefu_sim.scoring.score import case_of, score, score_reception

if TYPE_CHECKING:
    from kefu_sim.scoring.coaching import Coaching


def debrief(program: Program, log: Sequence[ev.Event]) -> tuple[Score, Coaching]:
    """Score a reception from its log, and say what to tell the trainee about each reply."""
    from kefu_sim.scoring.coaching import coach  # noqa: PLC0415 (a bare score needs none)

    case = case_of(log, program.scenario, program.understand)
    result = score(case, load_rubric(), load_flows()[program.scenario.flow])
    return result, coach(case, result, load_rubric())


def score_log(program: Program, log: Sequence[ev.Event]) -> Score:
    """Score a reception from its log."""
    flow = load_flows()[program.scenario.flow]
    return score_reception(log, program.scenario, program.understand, load_rubric(), flow)


def rubric_version() -> str:
    """Version of the scoring rules in force."""
    return load_rubric().version
