"""The steps of the flow: done, late, missing or not judged, and how well (domain C.1, E.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.scoring.flows import Flow, FlowStep
from kefu_sim.scoring.ledger import Phrase, Place, Row, Status, StepMark
from kefu_sim.scoring.order import heaviest_run
from kefu_sim.scoring.rubric import Rubric
from kefu_sim.scoring.scene import Reply, Scene

_FULL = 0.8
"""Above this share of its points a step was done well; below it, in passing."""


class Seen(NamedTuple):
    """One reply doing one step."""

    position: int
    """Of the step in the flow."""
    reply: Reply
    order: int
    """Of the reply, from 0."""
    share: float
    """How well, 0 to 1."""
    announced: bool = False
    """It only says that the step will be done."""


def flow_rows(scene: Scene, rubric: Rubric, flow: Flow) -> tuple[list[Row], list[StepMark]]:
    """Rows of the dimension, and the timeline of the flow's steps."""
    seen = _observe(scene, rubric, flow)
    in_time = [s for s in seen if not flow.steps[s.position].opening or s.order < rubric.flow.opening]
    anyhow = _out_of_order(seen, rubric)
    gains = [(s.position, max(0.0, s.share - anyhow[s.position]) * flow.steps[s.position].points) for s in in_time]
    done = {in_time[i].position: in_time[i] for i in heaviest_run(gains)}
    rows, marks = [], []
    for position, step in enumerate(flow.steps):
        late = [s for s in seen if s.position == position]
        if position in done:
            best = done[position]._replace(share=max(done[position].share, anyhow[position]))
            row, mark = _credit(step, best, "done", scene, rubric)
        elif late:
            row, mark = _credit(step, max(late, key=lambda s: s.share), "late", scene, rubric)
        elif _expected(step, scene):
            at, better = Place(_occasion(step, scene)), _better(step, scene, elsewhere=True)
            near = {} if (turn := _nearest(step, scene)) is None else {"near": turn + 1}
            row = rubric.row("step.missing", 0, step.points, at=at, better=better, step=step.title, **near)
            mark = StepMark(step.id, step.title, "missing", 0, step.points, step=_eighth(step))
        else:
            marks.append(StepMark(step.id, step.title, "not_judged", 0, 0, step=_eighth(step)))
            continue
        rows.append(row)
        marks.append(mark)
    rows.append(_answer_row(scene, rubric))
    return rows + _breaks(scene, rubric, sum(row.points for row in rows)), marks


def _out_of_order(seen: Sequence[Seen], rubric: Rubric) -> dict[int, float]:
    """Position of each step seen → share it is worth wherever it stands; what order can add is what goes beyond.

    So a step done once more, or a step added, never costs anything.
    """
    best: dict[int, float] = {}
    for s in seen:
        best[s.position] = max(best.get(s.position, 0.0), s.share)
    return {position: rubric.flow.late * share for position, share in best.items()}


def _answer_row(scene: Scene, rubric: Rubric) -> Row:
    """Between the steps: every line of the buyer taken up with substance, 问什么答什么."""
    rules = rubric.flow
    shares = [
        0.0
        if reply.worthless or reply.lost or scene.evaded(reply)
        else rules.tone[reply.tone] * rules.depth.at(reply.content / rules.answer_full) * reply.read
        for reply in scene.replies
    ]
    parts = max(len(shares) + sum(wait.until is None for wait in scene.waits), rules.few)
    weakest = min(range(len(shares)), key=lambda i: (shares[i], i), default=None)
    return rubric.row(
        "flow.answer",
        rules.answering * sum(shares) / parts,
        rules.answering,
        at=Place(None if weakest is None else scene.replies[weakest].turn),
    )


def _eighth(step: FlowStep) -> Step | None:
    return step.reports[0] if step.reports else None


def _observe(scene: Scene, rubric: Rubric, flow: Flow) -> list[Seen]:
    """Every step of every reply that may earn, in the order of the conversation."""
    seen = []
    for order, reply in enumerate(scene.replies):
        if reply.worthless:
            continue
        steps, said = frozenset(reply.found.steps), rubric.agent_says(reply.said)
        for position, step in enumerate(flow.steps):
            if not steps.isdisjoint(step.by) or step.cue in said:
                share = rubric.flow.tone[reply.tone] * rubric.flow.depth.at(reply.content / step.full) * reply.read
                announced = step.announced is not None and step.announced(reply.said)
                worth = step.announced.share if step.announced and announced else 1
                seen.append(Seen(position, reply, order, share * worth, announced))
    return seen


def _credit(step: FlowStep, seen: Seen, status: Status, scene: Scene, rubric: Rubric) -> tuple[Row, StepMark]:
    full, late = seen.share > _FULL, status == "late"
    share = seen.share * (rubric.flow.late if late else 1)
    done = "step.announced" if seen.announced else "step.done" if full else "step.thin"
    rule = "step.late" if late else done
    called = _expected(step, scene)  # what nothing called for can only add
    row = rubric.row(
        rule,
        step.points * share,
        step.points if called else step.points * share,
        at=Place(seen.reply.turn, _span(step, seen.reply)),
        better=None if late and full else _better(step, scene, seen.reply.turn),
        step=step.title,
    )
    return row, StepMark(step.id, step.title, status, row.points, row.of, seen.reply.turn, _eighth(step))


def _span(step: FlowStep, reply: Reply) -> tuple[int, int] | None:
    names = {s.value for s in step.by}
    return next(((e.start, e.end) for e in reply.found.evidence if e.label in names), (0, len(reply.text)))


def _better(step: FlowStep, scene: Scene, turn: int | None = None, *, elsewhere: bool = False) -> Phrase:
    """A better wording: the story's own model answer for the step, else the general one of the flow.

    The moment of the reply comes first, then where else the buyer has been; `elsewhere`: also where she never came.
    """
    story = scene.story
    if story is None:
        return step.better
    nodes = story.scenario.nodes
    names = frozenset(name.value for name in step.by)
    here = [nodes[name] for name in story.node_at[turn : turn + 1]] if turn is not None else []
    been = [*here, *map(nodes.__getitem__, story.visited)]
    if elsewhere:
        path = [name for test in story.scenario.tests[:1] for name in test.expect.path]  # how it goes well
        been += [*(nodes[name] for name in path if name in nodes), *nodes.values()]
    told = (node.model.pass_ for node in been if node.model is not None and not names.isdisjoint(node.steps))
    model = next((said for said in told if step.announced is None or not step.announced(said)), None)
    return Phrase(model, model) if model else step.better


def _expected(step: FlowStep, scene: Scene) -> bool:
    """Whether the reception called for the step. Ending it by one's own fault excuses nothing."""
    story = scene.story
    if story is not None:
        if any(name in story.scenario.not_judged for name in step.reports):
            return False
        return not scene.regular or not step.occasion or not story.called.isdisjoint(step.reports)
    return not step.occasion or any(cue in scene.raised for cue in step.occasion)


def _nearest(step: FlowStep, scene: Scene) -> int | None:
    """Turn of the reply that nearly did the step; None where none did."""
    names = frozenset(step.by)
    near = [
        (verdict.score, reply.turn)
        for reply in scene.replies
        if not reply.worthless
        for verdict in reply.found.verdicts
        if verdict.decision == "ask" and verdict.step in names
    ]
    return max(near, key=lambda found: found[0])[1] if near else None


def _occasion(step: FlowStep, scene: Scene) -> int | None:
    """The buyer turn that called for it."""
    return min((scene.raised[cue] for cue in step.occasion if cue in scene.raised), default=None)


def _breaks(scene: Scene, rubric: Rubric, earned: float) -> list[Row]:
    """What interrupts a flow: curt and abusive replies, a buyer who has to ask again; never below nothing."""
    rows = [
        rubric.row("flow.broken", -taken, at=Place(reply.turn, (0, len(reply.text))))
        for reply in scene.replies
        if (taken := rubric.flow.broken.get(reply.tone, 0))
    ]
    rows += [
        rubric.row("flow.repeat", -rubric.flow.repeat, at=Place(index))
        for index, cues in enumerate(scene.heard)
        if "repeat" in cues and any(reply.turn < index for reply in scene.replies)
    ]
    below = earned + sum(row.points for row in rows)
    if below < 0:
        rows.append(rubric.row("flow.floor", -below))
    return rows


def eight(marks: list[StepMark], flow: Flow) -> dict[Step, Status]:
    """Status of each of the eight steps; a step no part of the flow stands for is not judged."""
    rank: dict[Status, int] = {"not_judged": 0, "missing": 1, "late": 2, "done": 3}
    status: dict[Step, Status] = dict.fromkeys(STEPS, "not_judged")
    for step, mark in zip(flow.steps, marks, strict=True):
        for name in step.reports:
            if rank[mark.status] > rank[status[name]]:
                status[name] = mark.status
    return status
