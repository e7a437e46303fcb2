"""MODEL: whether the model answers are understood where they stand, and worth following."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kefu_sim.author.codes import Severity
from kefu_sim.author.verify_subject import Finding, Subject
from kefu_sim.author.ways import reached, ways
from kefu_sim.base.paths import as_argument
from kefu_sim.engine.offers import fits
from kefu_sim.engine.program import labels_of
from kefu_sim.i18n import tr
from kefu_sim.language.verdict import Recognition
from kefu_sim.scenario.labels import HOLD, fact_label
from kefu_sim.scenario.model import Scenario
from kefu_sim.scenario.notices import labels_in_force
from kefu_sim.words import gaming_title

ASKING = frozenset(("提问", "核实", HOLD))
"""What may come before an answer: asking back, making sure, asking for a moment."""


def misleading_models(subject: Subject) -> Iterator[Finding]:
    """Both grades of each node, after the node's first wording."""
    rows = list(_models(subject))
    subject.ahead((text, context) for _, _, text, context in rows)
    for name, grade, text, context in rows:
        found = subject.program.understand(text, context, (), name)
        for severity, what, fix in _wrong_with(subject, name, grade, found):
            mend = tr("{fix}; how it is heard: {command}").format(fix=fix, command=_heard(subject, name, text))
            yield subject.find(("nodes", name, "model", grade), "MODEL", what.format(node=name), mend, severity)


def _heard(subject: Subject, node: str, text: str) -> str:
    """The command that shows by which words a text is understood; by the story's own too, where an id names it."""
    by_id = subject.called in {"", subject.story.id}
    return f"kefu-sim explain {as_argument(text)}" + (f" --at {subject.story.id}/{node}" if by_id else "")


def _models(subject: Subject) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Node, grade, text and context of each model answer."""
    for name, node in subject.story.nodes.items():
        if node.model is not None and node.end is None:
            context = tuple(f"买家：{line.text}" for line in node.buyer[:1])
            yield name, "pass", node.model.pass_, context
            yield name, "excellent", node.model.excellent, context


def _wrong_with(subject: Subject, name: str, grade: str, found: Recognition) -> Iterator[tuple[Severity, str, str]]:
    """Weight, message, with the node still to be filled in, and mend."""
    story, node, heard = subject.story, subject.story.nodes[name], frozenset(labels_of(found))
    labels = frozenset(labels_in_force(heard, story, noticed_at(story, name)))
    if found.faults or found.gaming or found.politeness < 0:
        why = [*(fault.category for fault in found.faults), *map(gaming_title, found.gaming)] or [tr("its tone")]
        what = tr("the model answer of `{node}` would be marked down: {why}")
        yield "error", what.replace("{why}", ", ".join(dict.fromkeys(why))), tr("put it otherwise")
    for fact in story.facts:
        if fact_label(fact, right=False) in labels and not _answered(story, fact, heard, labels):
            what = tr("the model answer of `{node}` gives a wrong answer to `{fact}`").replace("{fact}", fact)
            yield "error", what, tr("mend the answer, or make `wrong:` narrower")
    if node.asks and not labels & ASKING and not any(_answered(story, fact, heard, labels) for fact in node.asks):
        what = tr("the model answer of `{node}` answers nothing of what the buyer asks there ({facts})")
        fix = tr("answer it, ask back or ask for a moment; if the buyer does not ask it there, take it out of `asks:`")
        yield "warning", what.replace("{facts}", " ".join(node.asks)), fix
    if grade == "excellent" and node.steps and not labels & set(node.steps):
        what = tr("the model answer of `{node}` does none of its steps ({steps})")
        fix = tr("say more plainly what the step asks for, or mend `steps:`")
        yield "error", what.replace("{steps}", " ".join(node.steps)), fix
    if not any(fits(reply, labels) for reply in (*story.always, *node.replies)):
        what = tr("no reply of `{node}` takes its own model answer")
        yield "error", what, tr("the buyer would not understand it: add a reply, or mend the answer")


def _answered(story: Scenario, fact: str, heard: frozenset[str], labels: frozenset[str]) -> bool:
    """Whether a fact is answered rightly, by the rules in force or by those of a notice that may have come by then."""
    timed = [name for name, notice in story.notices.items() if notice.at is not None and fact in notice.facts]
    return fact_label(fact, right=True) in labels or any(
        fact_label(fact, right=True, notice=name) in heard for name in timed
    )


def noticed_at(story: Scenario, node: str) -> Sequence[str]:
    """Notices that have come whichever way the chat takes to a node; those that come by the clock are left out."""
    bound = {name: notice.node for name, notice in story.notices.items() if notice.node is not None}
    all_ways = ways(story) if bound else ()

    def past(other: str) -> bool:
        return other in {node, story.start} or node not in reached(story, [w for w in all_ways if w.target != other])

    return [name for name, other in bound.items() if past(other)]
