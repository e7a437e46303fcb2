"""A scenario made ready to run: story, temperament and the recogniser that reads the agent's replies for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kefu_sim.engine import events as ev
from kefu_sim.engine.offers import Offers
from kefu_sim.engine.state import rebuild
from kefu_sim.language.verdict import Recognition
from kefu_sim.scenario.labels import ANY, NOTED
from kefu_sim.scenario.model import Persona, Scenario


class Understanding(Protocol):
    """What the engine needs of a recogniser bound to one scenario's intents."""

    @property
    def version(self) -> str:
        """Names rules and model; stands in the log."""
        ...

    def __call__(self, reply: str, context: Sequence[str], previous: Sequence[str], node: str = "") -> Recognition:
        """Recognise one reply after the last lines and the agent's earlier messages, at a node of the story."""
        ...


@dataclass(frozen=True, slots=True)
class Program:
    """Everything `step` consults and never changes."""

    scenario: Scenario
    persona: Persona
    understand: Understanding
    fingerprint: str = field(default="")
    level: int = 0
    """Level of difficulty the numbers stand at, 1 to 5; 0 as written."""
    offers: Offers = field(init=False, repr=False, compare=False)
    """The replies of the scenario's nodes."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "offers", Offers(self.scenario))


TONES = {-2: ("rude", "curt"), -1: ("curt",), 0: (), 1: ("polite",), 2: ("polite", "warm")}
"""Politeness → tone labels that replies can test."""


def labels_of(found: Recognition) -> frozenset[str]:
    """All labels of a reply that conditions can test. What only plays for points keeps its faults alone."""
    labels = {ANY, *found.issues, *TONES[min(found.politeness, 0) if found.gaming else found.politeness]}
    if "abuse" in found.issues:
        labels |= {"rude", "curt"}
    if not found.gaming:
        labels |= {*found.steps, *(name for name in found.intents if not name.startswith(NOTED))}
    return frozenset(labels)


def reply_at(program: Program, log: Sequence[ev.Event], index: int) -> tuple[ev.AgentSent, Recognition]:
    """The agent's message at a place in a log, and what it was understood as, where it stood."""
    sent, before = log[index], rebuild(log[:index])
    assert isinstance(sent, ev.AgentSent)
    return sent, program.understand(sent.text, before.context, before.said, before.node)


def reply_in_turn(program: Program, log: Sequence[ev.Event], turn: int) -> Recognition:
    """What the agent's message of a turn was understood as, where it stood."""
    return reply_at(program, log, place_of_turn(log, turn))[1]


def place_of_turn(log: Sequence[ev.Event], turn: int) -> int:
    """The place in a log of a turn, an index in the transcript."""
    said = [at for at, event in enumerate(log) if isinstance(event, ev.BuyerSaid | ev.AgentSent)]
    return said[turn]
