"""Lists of stages (投诉十步, 平息六步 …): one recognition of steps and signs, held against every list of the flow."""

from __future__ import annotations

from collections.abc import Sequence

from kefu_sim.scoring.flows import Flow, Sign, StageList
from kefu_sim.scoring.ledger import ListMark, StageMark, StepMark
from kefu_sim.scoring.rubric import Rubric
from kefu_sim.scoring.scene import Reply, Scene


def stage_lists(scene: Scene, rubric: Rubric, flow: Flow, marks: list[StepMark]) -> tuple[ListMark, ...]:
    """The flow's lists, each stage with the turn that awarded it, if any. Gives no points."""
    turns: dict[str, int] = {mark.id: mark.turn for mark in marks if mark.turn is not None}
    for name, sign in flow.signs.items():
        turn = _shown(sign, scene, rubric)
        if turn is not None:
            turns[name] = turn
    return tuple(_held(stages, turns) for stages in flow.lists)


def _held(stages: StageList, turns: dict[str, int]) -> ListMark:
    found = (min((turns[name] for name in stage.by if name in turns), default=None) for stage in stages.stages)
    held = tuple(StageMark(stage.title, turn) for stage, turn in zip(stages.stages, found, strict=True))
    return ListMark(stages.id, stages.title, held)


def _shown(sign: Sign, scene: Scene, rubric: Rubric) -> int | None:
    """Turn of the first reply that shows the sign; None if none does."""
    if sign.within_s:
        waited = scene.waits[0].seconds if scene.waits else None
        if waited is None or waited > sign.within_s:
            return None
    if sign.without and any(fault.category in sign.without for reply in scene.replies for fault in reply.found.faults):
        return None
    for order, reply in enumerate(scene.replies):
        if sign.first and order >= sign.first:
            return None
        if not reply.worthless and _shows(sign, reply, rubric):
            return reply.turn
    return None


def _shows(sign: Sign, reply: Reply, rubric: Rubric) -> bool:
    found = reply.found
    return not (
        (sign.by and not _overlap(sign.by, found.steps))
        or _overlap(sign.not_by, found.steps)
        or (sign.intents and not _overlap(sign.intents, found.intents))
        or (sign.cue and sign.cue not in rubric.agent_says(reply.said))
        or (sign.any is not None and not sign.any.search(reply.said))
    )


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two short rows share anything; making sets of them would take longer."""
    return any(name in other for name in one)
