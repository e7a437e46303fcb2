"""The flow: steps nobody is given the occasion for, and moments without a model answer."""

from __future__ import annotations

from collections.abc import Iterator

from kefu_sim.author.study import Study
from kefu_sim.base.errors import Problem
from kefu_sim.i18n import language, tr


def check_steps(study: Study) -> Iterator[Problem]:
    """Look at `flow`, `not_judged`, `steps` and `model`."""
    story, flow = study.story, study.flow
    waived = set(story.not_judged)
    called = {step for name in study.reached for step in story.nodes[name].steps}
    if flow is not None and study.mapped:
        for step in flow.steps:
            if step.by and not (set(map(str, step.by)) & (called | waived)):
                names = " / ".join(step.by)
                title = step.title.pick(language())
                what = tr("the step {title} can never be credited fairly: no node lists {names} under `steps`")
                fix = tr("add `steps: {name}` where it is due, or `not_judged: {name}`").format(name=step.by[0])
                yield study.say(("flow",), "KS241", what.format(title=title, names=names), fix)
    for name, node in story.nodes.items():
        for i, step_name in enumerate(node.steps):
            if step_name in waived:
                what = tr("`{node}` gives the occasion for {step}, which `not_judged` leaves out")
                what = what.format(node=name, step=step_name)
                spot = ("nodes", name, "steps", i) if len(node.steps) > 1 else ("nodes", name, "steps")
                yield study.say(spot, "KS242", what, tr("take it out of one of the two"))
    for name, node, at in study.moments():
        if node.model is None:
            what = tr("`{node}` has no model answer").format(node=name)
            yield study.say(at, "KS211", what, tr("add `model: {pass: …, excellent: …}`"))
