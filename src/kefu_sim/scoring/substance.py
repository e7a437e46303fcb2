"""Accuracy, resolution and brevity (domain C.2). Accuracy and hidden needs need a scenario that knows them."""

from __future__ import annotations

from functools import lru_cache

from kefu_sim.language.patterns import PatternTable, TextBytes, literal
from kefu_sim.scenario.model import Fact, PatternItem, Promise
from kefu_sim.scoring.ledger import Phrase, Place, Row
from kefu_sim.scoring.rubric import Rubric
from kefu_sim.scoring.scene import Reply, Scene, Story

Patterns = tuple[str | PatternItem, ...]


def accuracy_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """Facts the buyer asked about, and promises; none without a scenario that knows them."""
    if scene.story is None:
        return []
    return _fact_rows(scene, scene.story, rubric) + _promise_rows(scene, scene.story, rubric)


def _fact_rows(scene: Scene, story: Story, rubric: Rubric) -> list[Row]:
    scenario = story.scenario
    asked = [(name, node) for node in dict.fromkeys(story.visited) for name in scenario.nodes[node].asks]
    facts = {name: (scenario.facts[name], node) for name, node in asked if name in scenario.facts}
    rows = []
    for policy, most in ((False, rubric.substance.facts), (True, rubric.substance.policy)):
        group = [(fact, node) for fact, node in facts.values() if fact.policy == policy]
        rows += [
            _fact_row(fact, story.node_at.index(node) if node in story.node_at else 0, most / len(group), scene, rubric)
            for fact, node in group
        ]
    return rows


def _fact_row(fact: Fact, since: int, most: float, scene: Scene, rubric: Rubric) -> Row:
    """Right, wrong or not answered, in the replies after the turn at which the buyer came to ask."""
    better = Phrase(fact.answer, fact.answer)
    right: tuple[Reply, tuple[int, int]] | None = None
    for reply in scene.replies:
        if reply.turn < since or reply.worthless:
            continue
        if span := _find(fact.right, reply.text):  # 不是X，是Y names both: what is right counts
            right = right or (reply, span)
        elif fact.wrong and (span := _find(fact.wrong, reply.text)):
            return rubric.row("fact.wrong", 0, most, at=Place(reply.turn, span), better=better, about=fact.about)
    if right is None:
        return rubric.row("fact.unanswered", 0, most, at=Place(since), better=better, about=fact.about)
    reply, span = right
    return rubric.row("fact.right", most, most, at=Place(reply.turn, span), about=fact.about)


def _promise_rows(scene: Scene, story: Story, rubric: Rubric) -> list[Row]:
    """Promises made: each must be recorded or confirmed later on."""
    made = [
        (promise, at) for promise in story.scenario.promises.values() if (at := _when(promise.made, scene, -1)) >= 0
    ]
    return [_promise_row(promise, at, rubric.substance.promises / len(made), scene, rubric) for promise, at in made]


def _promise_row(promise: Promise, at: int, most: float, scene: Scene, rubric: Rubric) -> Row:
    kept = _when(promise.kept, scene, at - 1)
    rule, points, turn = ("promise.kept", most, kept) if kept >= 0 else ("promise.open", 0.0, at)
    return rubric.row(rule, points, most, at=Place(turn), about=promise.about)


def _when(labels: tuple[str, ...], scene: Scene, after: int) -> int:
    """Turn of the first reply after a turn that carries all the labels; −1 if none does."""
    for reply in scene.replies:
        if reply.turn > after and set(labels) <= {*reply.found.intents, *reply.found.steps, *reply.found.issues}:
            return reply.turn
    return -1


def _find(patterns: Patterns, text: str) -> tuple[int, int] | None:
    table, data = _table(patterns), TextBytes(text)
    hits = table.hits(data)
    return table.find(hits[0], data, limit=1)[0] if hits else None


@lru_cache(maxsize=512)
def _table(patterns: Patterns) -> PatternTable:
    return PatternTable(item.re if isinstance(item, PatternItem) else literal(item) for item in patterns)


def resolution_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """Hidden need found, objection or grievance closed with consent, outcome; none when nothing tells."""
    if scene.story is not None:
        return _need_rows(scene.story, rubric) + _story_end_rows(scene, scene.story, rubric)
    if scene.ending is None or not scene.replies:
        return []
    good = scene.ending == "good" and scene.earning
    rules = rubric.substance
    last = max(index for index, cues in enumerate(scene.heard) if scene.ending in cues)
    rows = [rubric.row("outcome", rules.outcome * good, rules.outcome, at=Place(last), outcome=OUTCOMES[scene.ending])]
    if {"objection", "complaint"} & set(scene.raised):
        rule = "consent.yes" if good else "consent.no"
        rows.append(rubric.row(rule, rules.consent * good, rules.consent, at=Place(last)))
    return rows


OUTCOMES = {
    "good": Phrase("买家满意", "satisfied"),
    "bad": Phrase("买家不满", "dissatisfied"),
    "sold": Phrase("成交", "sold"),
    "kept": Phrase("投诉解决", "complaint settled"),
    "later": Phrase("友好告一段落", "parted on good terms"),
    "lost": Phrase("买家流失", "buyer lost"),
    "left": Phrase("客服离开", "agent left"),
}


def _need_rows(story: Story, rubric: Rubric) -> list[Row]:
    needs = {name: hidden for name, hidden in story.scenario.hidden.items() if hidden.need}
    return [
        rubric.row(
            "need.found" if name in story.revealed else "need.missed",
            rubric.substance.need / len(needs) * (name in story.revealed),
            rubric.substance.need / len(needs),
            need=hidden.text,
        )
        for name, hidden in needs.items()
    ]


def _story_end_rows(scene: Scene, story: Story, rubric: Rubric) -> list[Row]:
    if story.outcome is None:
        return []
    rules = rubric.substance
    share = rules.outcomes.get(story.outcome, 0.0) if scene.earning else 0.0
    label = OUTCOMES.get(story.outcome, Phrase(story.outcome, story.outcome))
    rows = [rubric.row("outcome", rules.outcome * share, rules.outcome, outcome=label)]
    called = {name for node in story.visited for name in story.scenario.nodes[node].steps}
    if story.scenario.complaint or "谈判" in called:
        rule = "consent.yes" if share > 0.5 else "consent.no"
        rows.append(rubric.row(rule, rules.consent * share, rules.consent))
    return rows


def brevity_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """Short messages with one idea each (domain C.2)."""
    rules, most = rubric.substance, rubric.dimensions["brevity"]
    parts = max(len(scene.replies), rules.few)
    share, long, worst = 0.0, 0, None
    for reply in scene.replies:
        fit = 0.0 if reply.worthless else rules.length.at(reply.chars)
        if reply.text.count("？") + reply.text.count("?") > rules.questions:
            fit /= 2
        if fit < 1:
            long, worst = long + 1, reply.turn if worst is None else worst
        share += fit
    return [rubric.row("brevity", most * share / parts, most, at=Place(worst), count=long)]
