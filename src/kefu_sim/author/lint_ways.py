"""Where a story leads: traps, talk without an end, stories nobody can win, waits that never end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kefu_sim.author.lint_replies import takes_everything
from kefu_sim.author.study import Study
from kefu_sim.author.ways import FAILURES, Way, groups, leading_to
from kefu_sim.base.errors import Problem
from kefu_sim.i18n import tr
from kefu_sim.scenario.model import STAY, Silence

MOST_NAMED = 5


def check_ways(study: Study) -> Iterator[Problem]:
    """Look at the whole graph."""
    story = study.story
    ends = {name for name in study.reached if story.nodes[name].end}
    if not (ends and study.mapped):
        return
    stops = {name for name, node in story.nodes.items() if node.end or not node.replies}
    free = leading_to(stops, (way for way in study.ways if _onward(way, study)), story.nodes)
    stuck = study.reached - free
    for group in groups(stuck, study.ways, study.order.__getitem__):
        at, names = ("nodes", group[0]), _named(group)
        if leading_to(stops, study.ways, story.nodes).isdisjoint(group):
            what = tr("a trap: from {names} no way leads to an ending")
            fix = tr("give one of them a reply with `goto:` to a node that goes on")
            yield study.say(at, "KS201", what.format(names=names), fix)
        else:
            what = tr("endless talk: whatever is said at {names}, the reception goes on; it ends only when given up")
            fix = tr("let one of the replies go to a node that leads on to an ending")
            yield study.say(at, "KS202", what.format(names=names), fix)
    if all(story.nodes[name].end in FAILURES for name in stops & study.reached):
        what = tr("the story can only end badly (`lost` or `left`)")
        yield study.say(("nodes",), "KS203", what, tr("add an ending `sold`, `kept` or `later` for a good agent"))


def _named(nodes: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in nodes[:MOST_NAMED]) + (" …" if len(nodes) > MOST_NAMED else "")


def _onward(way: Way, study: Study) -> bool:
    """Whether a way is part of the talk: what the agent says, or waiting that does not end in failure."""
    target = study.story.nodes.get(way.target)
    return way.kind in {"reply", "unclear"} or target is None or target.end not in FAILURES


def check_waiting(study: Study) -> Iterator[Problem]:
    """Look at what happens when the agent is silent or not understood."""
    story = study.story
    temper = study.persona.silence if study.persona else ()
    bare: list[str] = []
    for name, node, at in study.moments():
        ladder = node.silence or story.silence
        if not _lets_go(ladder or temper, study):
            what = tr("an agent who says nothing stays at `{node}` for ever").format(node=name)
            fix = tr("end the ladder with `- {after: 165, goto: …}`")
            yield study.say((*at, "silence") if node.silence else at, "KS206", what, fix)
        elif not ladder:
            bare.append(name)
        unclear = node.unclear or story.unclear
        if any(takes_everything(reply) for reply in node.replies):
            continue
        if unclear is None:
            what = tr("`{node}` has no unclear branch: a buyer who understands nothing asks for ever").format(node=name)
            fix = tr("add `unclear: {buyer: …, max: 1, goto: …}`")
            yield study.say(at, "KS205", what, fix)
        elif node.unclear and unclear.goto in {None, STAY}:
            what = tr("`unclear` of `{node}` has no `goto`: the buyer asks back for ever").format(node=name)
            yield study.say((*at, "unclear"), "KS207", what, tr("add `goto:` with the node to go on to"))
    if bare:
        what = tr("no silence branch at {names}: a buyer kept waiting there says only general words")
        fix = tr("add `silence:` with what this buyer says there, or one for all nodes at the top")
        yield study.say(("nodes", bare[0]), "KS204", what.format(names=_named(bare)), fix)
    if story.unclear and story.unclear.goto in {None, STAY}:
        what = tr("`unclear` of the story has no `goto`: the buyer asks back for ever")
        yield study.say(("unclear",), "KS207", what, tr("add `goto:` with the node to go on to"))


def _lets_go(ladder: Sequence[Silence], study: Study) -> bool:
    """Whether a silent agent is left in the end, at the best of moods."""
    sure = [branch for branch in ladder if not branch.if_]
    if any(branch.goto and branch.goto != STAY for branch in sure):
        return True
    return any(
        meter.out and -sum(branch.add.get(name, 0) for branch in sure) >= meter.max - meter.min
        for name, meter in study.story.vars.items()
    )
