"""Buyer lines for the reply drill, taken from the scenarios, and what an answer to them was understood as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kefu_sim.base.draws import Draw
from kefu_sim.drill.reply import Answer, Question
from kefu_sim.engine.program import Program, labels_of
from kefu_sim.language.verdict import Recognition
from kefu_sim.scenario.conditions import carried
from kefu_sim.scenario.model import Node, Scenario

_NO_ANSWER = frozenset(("any", "rude", "curt"))
"""Labels that a reply can react to without the buyer having been answered."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer, understood."""

    answer: Answer
    seen: Recognition
    asked: tuple[str, ...]
    """Steps that the moment gives the occasion for."""
    done: tuple[str, ...]
    """Steps of the answer, asked for or not."""
    understood: bool
    """Whether the buyer of that story would have gone on because of it."""
    model: str
    """An excellent answer; may be empty."""

    @property
    def good(self) -> bool:
        """Whether it moves the story on without a fault and without offence."""
        return self.understood and self.seen.politeness >= 0 and not self.seen.issues and not self.seen.gaming


def questions(stories: Iterable[Scenario], count: int, draw: Draw) -> list[Question]:
    """So many buyer lines, drawn from the moments of all stories that have a model answer; none twice."""
    places = [
        Question(line.text, story.id, name)
        for story in stories
        for name, node in story.nodes.items()
        if node.model is not None and node.end is None
        for line in node.buyer[-1:]
    ]
    order = sorted(range(len(places)), key=lambda at: draw(at, "question"))
    return [places[at] for at in order[:count]]


def judge(program: Program, answer: Answer, previous: Sequence[str] = ()) -> Judged:
    """Understand an answer in the light of its buyer line."""
    node = program.scenario.nodes[answer.question.node]
    place = answer.question.node
    seen = Recognition()
    if answer.text:
        seen = program.understand(answer.text, [answer.question.buyer], previous, place)
    return Judged(
        answer=answer,
        seen=seen,
        asked=node.steps,
        done=tuple(seen.steps),
        understood=bool(answer.text) and _understood(node, labels_of(seen)),
        model=node.model.excellent if node.model is not None else "",
    )


def _understood(node: Node, labels: frozenset[str]) -> bool:
    return any(
        carried(reply.when, labels) and labels.isdisjoint(reply.unless) and not _NO_ANSWER.issuperset(reply.when)
        for reply in node.replies
    )
