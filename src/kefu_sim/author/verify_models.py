"""MODEL: whether the model answers are understood where they stand, and worth following."""

from __future__ import annotations

from collections.abc import Iterator

from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.engine.offers import fits
from kefu_sim.engine.program import labels_of
from kefu_sim.i18n import tr
from kefu_sim.language.verdict import Recognition
from kefu_sim.scenario.labels import fact_label
from kefu_sim.scenario.model import Node
from kefu_sim.words import gaming_title


def misleading_models(subject: Subject) -> Iterator[Finding]:
    """Both grades of each node, after the node's first wording."""
    rows = list(_models(subject))
    subject.ahead((text, context) for _, _, text, context in rows)
    for name, grade, text, context in rows:
        found = subject.program.understand(text, context, ())
        for what, fix in _wrong_with(subject, subject.story.nodes[name], grade, found):
            yield subject.find(("nodes", name, "model", grade), "MODEL", what.format(node=name), fix)


def _models(subject: Subject) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Node, grade, text and context of each model answer."""
    for name, node in subject.story.nodes.items():
        if node.model is not None and node.end is None:
            context = tuple(f"买家：{line.text}" for line in node.buyer[:1])
            yield name, "pass", node.model.pass_, context
            yield name, "excellent", node.model.excellent, context


def _wrong_with(subject: Subject, node: Node, grade: str, found: Recognition) -> Iterator[tuple[str, str]]:
    """Message, with the node still to be filled in, and mend."""
    story, labels = subject.story, frozenset(labels_of(found))
    if found.faults or found.gaming or found.politeness < 0:
        why = [*(fault.category for fault in found.faults), *map(gaming_title, found.gaming)] or [tr("its tone")]
        what = tr("the model answer of `{node}` would be marked down: {why}")
        yield what.replace("{why}", ", ".join(dict.fromkeys(why))), tr("put it otherwise")
    for fact in story.facts:
        if fact_label(fact, right=False) in labels and fact_label(fact, right=True) not in labels:
            what = tr("the model answer of `{node}` gives a wrong answer to `{fact}`").replace("{fact}", fact)
            yield what, tr("mend the answer, or make `wrong:` narrower")
    if grade == "excellent" and node.steps and not labels & set(node.steps):
        what = tr("the model answer of `{node}` does none of its steps ({steps})")
        fix = tr("say more plainly what the step asks for, or mend `steps:`")
        yield what.replace("{steps}", " ".join(node.steps)), fix
    if not any(fits(reply, labels) for reply in (*story.always, *node.replies)):
        what = tr("no reply of `{node}` takes its own model answer")
        yield what, tr("the buyer would not understand it: add a reply, or mend the answer")
