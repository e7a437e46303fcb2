"""The one entrance: a case, a rubric and a flow → a score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kefu_sim.engine import events as ev
from kefu_sim.scenario.model import Scenario
from kefu_sim.scenario.notices import as_in_force
from kefu_sim.scoring.courtesy import courtesy_rows
from kefu_sim.scoring.flow import eight, flow_rows
from kefu_sim.scoring.flows import Flow
from kefu_sim.scoring.ledger import DIMENSIONS, Dimension, Part, Row, Score, StepMark
from kefu_sim.scoring.metrics import Metrics, measure
from kefu_sim.scoring.promises import agreed_in, penalty_rows
from kefu_sim.scoring.redlines import bonus_rows, cap_rows, fault_rows, faults_of, gap_rows, help_rows
from kefu_sim.scoring.rubric import Rubric
from kefu_sim.scoring.scene import Case, Scene, Story, look
from kefu_sim.scoring.speed import speed_rows
from kefu_sim.scoring.stages import stage_lists
from kefu_sim.scoring.substance import accuracy_rows, agreed, brevity_rows, resolution_rows
from kefu_sim.scoring.transcript import Reader, Turn, from_events

__all__ = ["Case", "Story", "case_of", "pick_flow", "score", "score_reception", "total"]


def score(case: Case, rubric: Rubric, flow: Flow) -> Score:
    """Score a reception, finished or not. Pure; about a millisecond for twenty turns."""
    bill = _bill(case, rubric, flow)
    scene, judged = bill.scene, bill.scene.judged
    return Score(
        _sum(bill.rows),
        bill.parts,
        eight(bill.marks, flow) if judged else {},
        measure(case.turns, scene.rounds) if case.timed else Metrics(rounds=len(scene.rounds)),
        tuple(bill.rows),
        tuple(bill.marks),
        stage_lists(scene, rubric, flow, bill.marks) if judged else (),
        flow.id,
        rubric.version,
        bill.caps,
    )


def total(case: Case, rubric: Rubric, flow: Flow) -> float:
    """The total that `score` gives, for whoever asks for nothing else."""
    return _sum(_bill(case, rubric, flow).rows)


class _Bill(NamedTuple):
    """What points come from."""

    scene: Scene
    rows: list[Row]
    parts: dict[Dimension, Part]
    marks: list[StepMark]
    caps: tuple[str, ...]


def _bill(case: Case, rubric: Rubric, flow: Flow) -> _Bill:
    if case.story is not None and case.story.scenario.few is not None:
        rubric = rubric.with_few(case.story.scenario.few)
    scene = look(case, rubric)
    judged = scene.judged
    steps, marks = flow_rows(scene, rubric, flow) if judged else ([], [])
    rows: list[Row] = [*speed_rows(scene, rubric), *steps]
    if judged:
        rows += [*courtesy_rows(scene, rubric), *accuracy_rows(scene, rubric), *resolution_rows(scene, rubric)]
        rows += brevity_rows(scene, rubric)
    parts = _parts(rows)
    rows += _scaling(parts, rubric)
    faults = faults_of(scene)
    rows += [*fault_rows(faults, rubric), *gap_rows(scene, rubric), *help_rows(scene, rubric)]
    if judged and scene.story is not None:
        rows += penalty_rows(scene.story.scenario, agreed(scene, scene.story), rubric)
    rows += bonus_rows(scene, faults, rubric, _sum(rows))
    held, caps = cap_rows(scene, faults, rubric, _sum(rows))
    rows += held
    points = _sum(rows)
    if clipped := round(min(max(points, 0.0), 100.0) - points, 2):
        rows.append(rubric.row("clip", clipped))
    return _Bill(scene, rows, parts, marks, caps)


def _sum(rows: Sequence[Row]) -> float:
    return round(sum(row.points for row in rows), 2) + 0.0  # no −0.0


def _parts(rows: Sequence[Row]) -> dict[Dimension, Part]:
    mine: dict[Dimension, list[Row]] = {name: [] for name in DIMENSIONS}
    for row in rows:
        if row.dimension is not None:
            mine[row.dimension].append(row)
    return {name: Part(_sum(own), float(round(sum(row.of for row in own), 2))) for name, own in mine.items()}


def _scaling(parts: dict[Dimension, Part], rubric: Rubric) -> list[Row]:
    """The row that brings what could be judged to the full scale: not judged leaves the denominator."""
    most = sum(part.max for part in parts.values())
    earned = sum(part.points for part in parts.values())
    if most <= 0 or abs(most - rubric.scale) < 0.01:
        return []
    points = earned * rubric.scale / most - earned
    return [rubric.row("scale", points, most=round(most), scale=round(rubric.scale))]


def pick_flow(case: Case, rubric: Rubric, flows: dict[str, Flow]) -> Flow:
    """The scenario's flow; without one, that for a grievance when the buyer came with one."""
    if case.story is not None:
        return flows[case.story.scenario.flow]
    complaint = look(case, rubric).complaint
    return next(flow for flow in flows.values() if flow.complaint == complaint)


def score_reception(
    log: Sequence[ev.Event], scenario: Scenario, understand: Reader, rubric: Rubric, flow: Flow
) -> Score:
    """Score a reception from its event log."""
    return score(case_of(log, scenario, understand), rubric, flow)


def case_of(log: Sequence[ev.Event], scenario: Scenario, understand: Reader) -> Case:
    """Gather from a log what scoring needs."""
    node_at: list[str] = []
    noticed_at: list[tuple[str, ...]] = []
    node = ""
    noticed: tuple[str, ...] = ()
    for event in log:
        match event:
            case ev.Entered():
                node = event.node
            case ev.Noticed():
                noticed = (*noticed, event.name)
            case ev.BuyerSaid() | ev.AgentSent():
                node_at.append(event.node if isinstance(event, ev.BuyerSaid) else node)
                noticed_at.append(noticed)
    story = Story(
        scenario,
        visited=tuple(e.node for e in log if isinstance(e, ev.Entered)),
        revealed=tuple(e.name for e in log if isinstance(e, ev.Revealed)),
        outcome=next((e.outcome for e in log if isinstance(e, ev.Ended)), None),
        models_shown=len({e.node for e in log if isinstance(e, ev.HelpShown) and e.what == "model"}),
        node_at=tuple(node_at),
        noticed_at=tuple(noticed_at),
        agreed=agreed_in(log, understand),
    )
    turns = from_events(log, understand)
    judged = (_in_force(turn, scenario, by_then) for turn, by_then in zip(turns, noticed_at, strict=True))
    return Case(tuple(judged), story)


def _in_force(turn: Turn, scenario: Scenario, noticed: Sequence[str]) -> Turn:
    """A turn judged by the rules in force when it came."""
    if turn.recognition is None:
        return turn
    found = as_in_force(turn.recognition, scenario, noticed)
    return turn if found is turn.recognition else turn._replace(recognition=found)
