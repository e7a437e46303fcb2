"""Accuracy, resolution and brevity (domain C.1). Accuracy and hidden needs need a scenario that knows them."""

from __future__ import annotations

from dataclasses import dataclass

from kefu_sim.scenario.labels import fact_label
from kefu_sim.scenario.model import Fact
from kefu_sim.scenario.notices import facts_in_force
from kefu_sim.scoring.ledger import Phrase, Place, Row
from kefu_sim.scoring.promises import Agreed, agreement_rows, from_words
from kefu_sim.scoring.rubric import Rubric
from kefu_sim.scoring.scene import Reply, Scene, Story


def accuracy_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """Facts the buyer asked about, and promises; none without a scenario that knows them."""
    if scene.story is None:
        return []
    return _fact_rows(scene, scene.story, rubric) + _agreement_rows(scene, scene.story, rubric)


@dataclass(frozen=True, slots=True)
class _Question:
    """A fact the buyer came to ask about."""

    name: str
    fact: Fact
    turn: int
    """Turn at which the buyer came to ask."""
    most: float
    """Points for the right answer."""


def _fact_rows(scene: Scene, story: Story, rubric: Rubric) -> list[Row]:
    asked: dict[str, int] = {}
    for node in dict.fromkeys(story.visited):
        for name in story.scenario.nodes[node].asks:
            asked.setdefault(name, story.node_at.index(node) if node in story.node_at else 0)
    rows = []
    facts = facts_in_force(story.scenario, story.noticed)
    for policy, most in ((False, rubric.substance.facts), (True, rubric.substance.policy)):
        group = {name: fact for name, fact in facts.items() if name in asked and fact.policy == policy}
        questions = (_Question(name, fact, asked[name], most / len(group)) for name, fact in group.items())
        rows += [_fact_row(question, scene, rubric) for question in questions]
    return rows


def _fact_row(asked: _Question, scene: Scene, rubric: Rubric) -> Row:
    """Right, wrong or not answered; an answer given before the question counts, as far as it is read.

    Of answers that are read alike the first one after the question is the one that is shown.
    """
    fact, most = asked.fact, asked.most
    better = Phrase(fact.answer, fact.answer)
    right, wrong = fact_label(asked.name, right=True), fact_label(asked.name, right=False)
    answers: list[Reply] = []
    for reply in scene.replies:
        if reply.worthless:
            continue
        if right in reply.found.intents:  # 不是X，是Y names both: what is right counts
            if not _worked_out_wrongly(reply, right):
                answers.append(reply)
        elif wrong in reply.found.intents:
            at = Place(reply.turn, _span(reply, wrong))
            return rubric.row("fact.wrong", 0, most, at=at, better=better, about=fact.about)
    if not answers:
        return rubric.row("fact.unanswered", 0, most, at=Place(asked.turn), better=better, about=fact.about)
    said = max(answers, key=lambda reply: (reply.read, reply.turn > asked.turn))
    return rubric.row("fact.right", most * said.read, most, at=Place(said.turn, _span(said, right)), about=fact.about)


def _worked_out_wrongly(reply: Reply, label: str) -> bool:
    """Whether the answer stands within a sum that does not come out."""
    start, end = _span(reply, label) or (0, 0)
    return any(fault.right and fault.start < end and start < fault.end for fault in reply.found.faults)


def _span(reply: Reply, label: str) -> tuple[int, int] | None:
    return next(((e.start, e.end) for e in reply.found.evidence if e.label == label), None)


def _agreement_rows(scene: Scene, story: Story, rubric: Rubric) -> list[Row]:
    """Promises made and notes due."""
    return agreement_rows(story.scenario, agreed(scene, story), story.visited, rubric)


def agreed(scene: Scene, story: Story) -> Agreed:
    """What was promised and written, from the log or, where that tells nothing of it, from the words."""
    if story.agreed is not None:
        return story.agreed
    said = [
        (reply.turn, frozenset({*reply.found.intents, *reply.found.steps, *reply.found.issues}))
        for reply in scene.replies
    ]
    return from_words(story.scenario, said)


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

PUT_OFF = Phrase("投诉搁下了，没有解决", "complaint put off, not settled")
"""What parting for now is after a complaint."""


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
    rules, complaint = rubric.substance, story.scenario.complaint
    worth = rules.grievances if complaint else rules.outcomes
    share = worth.get(story.outcome, 0.0) if scene.earning else 0.0
    label = OUTCOMES.get(story.outcome, Phrase(story.outcome, story.outcome))
    if complaint and story.outcome == "later":
        label = PUT_OFF
    rows = [rubric.row("outcome", rules.outcome * share, rules.outcome, outcome=label)]
    if complaint or "谈判" in story.called:
        consent = share > 0.5
        rule = "consent.yes" if consent else "consent.no"
        rows.append(rubric.row(rule, rules.consent * share * consent, rules.consent))
    return rows


def brevity_rows(scene: Scene, rubric: Rubric) -> list[Row]:
    """Short messages with one idea each (domain C.1)."""
    rules, most = rubric.substance, rubric.dimensions["brevity"]
    parts = max(len(scene.replies), rules.few)
    share, long, worst = 0.0, 0, None
    for reply in scene.replies:
        fit = 0.0 if reply.worthless else min(rules.length.at(reply.letters), rules.length.at(reply.content))
        if reply.text.count("？") + reply.text.count("?") > rules.questions:
            fit /= 2
        if fit < 1:
            long, worst = long + 1, reply.turn if worst is None else worst
        share += fit
    said = len(scene.replies)
    return [rubric.row("brevity", most * share / parts, most, at=Place(worst), count=long, counted=said, parts=parts)]
