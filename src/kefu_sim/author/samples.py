"""What can be said in a story: for each label that a reply may test, texts that ought to carry it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from kefu_sim.engine.program import Program, labels_of
from kefu_sim.rulebook.bots import load_bot_words
from kefu_sim.rulebook.recogniser import shared_samples
from kefu_sim.rulebook.texts import load_texts
from kefu_sim.scenario.answers import moments_of
from kefu_sim.scenario.labels import ANY, STEP_NAMES, fact_label, promise_label
from kefu_sim.scenario.model import Fact, PatternItem, Reply, Scenario

SHORTEST_LITERAL = 2
"""Characters; a shorter literal is no sentence anybody would send."""


@dataclass
class Samples:
    """The texts of one story, by label."""

    story: Scenario

    @cached_property
    def by_label(self) -> dict[str, tuple[str, ...]]:
        """Label → texts: the story's own samples first, then those of the package."""
        words = load_bot_words()
        found: dict[str, tuple[str, ...]] = {name: intent.say for name, intent in self.story.intents.items()}
        found |= {name: said for name, said in shared_samples().items() if name not in found}
        for name, fact in self.story.facts.items():
            bare = {fact.says(answer): said for answer, said in words.bare.items()}
            found[fact_label(name, right=True)] = (
                fact.answer,
                *literals(fact, right=True),
                *bare.get("right", ()),
            )
            found[fact_label(name, right=False)] = (
                *literals(fact, right=False),
                *_misnumbered(fact),
                *bare.get("wrong", ()),
            )
        for name, promise in self.story.promises.items():
            found[promise_label("made", name)] = tuple(text for label in promise.made for text in found.get(label, ()))
            found[promise_label("kept", name)] = tuple(text for label in promise.kept for text in found.get(label, ()))
        for step in STEP_NAMES:
            found[step] = tuple(text for file in load_texts() if file.part == step for text in file.sentences)
        return found | {**words.sounding, ANY: words.nonsense}

    def of(self, label: str) -> tuple[str, ...]:
        """Texts for a label; none for one that nothing is written for."""
        return self.by_label.get(label, ())


def literals(fact: Fact, *, right: bool) -> tuple[str, ...]:
    """The answers of a fact that stand as plain text, not as patterns."""
    items = fact.right if right else fact.wrong
    return tuple(i for i in items if not isinstance(i, PatternItem) and len(i) >= SHORTEST_LITERAL)


def _misnumbered(fact: Fact) -> tuple[str, ...]:
    """The answer of a fact that a number answers, with other numbers."""
    if fact.number is None:
        return ()
    return (re.sub(r"\d+", lambda match: str(int(match.group()) * 2 + 1), fact.answer),)


@dataclass
class Ear:
    """The labels that a program hears in texts, each heard once."""

    program: Program
    _heard: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, repr=False)

    def labels(self, text: str, node: str = "") -> frozenset[str]:
        """Labels of a message that replies can test; at a node also what a bare yes or no answers there."""
        key = (text, node if node in self._questioning else "")
        if key not in self._heard:
            self._heard[key] = labels_of(self.program.understand(text, (), (), key[1]))
        return self._heard[key]

    @cached_property
    def _questioning(self) -> frozenset[str]:
        """Nodes whose question a bare yes or no answers."""
        return frozenset(name for name, moment in moments_of(self.program.scenario).items() if moment.question)


def reply_at(story: Scenario, place: str) -> Reply:
    """The reply of a place such as `open/reply:3` or `always:2`."""
    node, _, rest = place.rpartition("/")
    kind, _, index = rest.partition(":")
    return (story.always if kind == "always" else story.nodes[node].replies)[int(index)]
