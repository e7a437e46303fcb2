"""A story made ready to run: story, persona and recogniser brought together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program, place_of_turn
from kefu_sim.engine.state import rebuild
from kefu_sim.language.intents import CompiledIntent
from kefu_sim.language.moment import ANY_MOMENT, Moment
from kefu_sim.language.recognise import Recogniser
from kefu_sim.language.verdict import Recognition
from kefu_sim.rulebook.difficulty import load_levels
from kefu_sim.rulebook.personas import load_persona
from kefu_sim.rulebook.recogniser import compile_story, load_recogniser
from kefu_sim.scenario.answers import Asked, facts_of, moments_of, with_answers
from kefu_sim.scenario.difficulty import AS_WRITTEN, at_level
from kefu_sim.scenario.model import Scenario

if TYPE_CHECKING:
    from kefu_sim.language.study import Study

MEMORY = 256
"""Replies of a story whose recognition is kept."""


@dataclass(frozen=True, slots=True)
class BoundRecogniser:
    """The recogniser together with one story's own intents."""

    recogniser: Recogniser
    intents: Sequence[CompiledIntent]
    asked: Asked = ()
    """Facts that a number or a bare word may answer."""
    moments: Mapping[str, Moment] = field(default_factory=dict)
    """What the buyer waits for at each node."""
    _read: dict[tuple[str, tuple[str, ...], tuple[str, ...], Moment], Recognition] = field(
        default_factory=dict, repr=False, compare=False
    )
    """What was read lately: buyer, screen and score ask about the same replies."""

    @property
    def version(self) -> str:
        """Version of rules and model."""
        return self.recogniser.version

    def __call__(self, reply: str, context: Sequence[str], previous: Sequence[str], node: str = "") -> Recognition:
        """Recognise one reply at a node; without one nothing is known of what the buyer waits for."""
        moment = self.moment(node)
        key = (reply, tuple(context), tuple(previous), moment)
        found = self._read.get(key)
        if found is None:
            if len(self._read) >= MEMORY:
                self._read.clear()
            read = self.recogniser.recognise(reply, context, intents=self.intents, previous=previous, moment=moment)
            found = with_answers(read, self.asked, moment)
            self._read[key] = found
        return found

    def study(self, reply: str, context: Sequence[str], previous: Sequence[str], node: str = "") -> Study:
        """Recognise one reply and keep the reasons."""
        moment = self.moment(node)
        found = self.recogniser.study(reply, context, intents=self.intents, previous=previous, moment=moment)
        return replace(found, recognition=with_answers(found.recognition, self.asked, moment))

    def moment(self, node: str) -> Moment:
        """What the buyer waits for at a node."""
        return self.moments.get(node, ANY_MOMENT)

    def ahead(self, asked: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Read replies, each with its context, at once: cheaper than when they are asked about one by one."""
        self.recogniser.ahead(asked)


def program_for(scenario: Scenario, level: int = AS_WRITTEN, recogniser: Recogniser | None = None) -> Program:
    """Make a scenario ready to run, at a level of difficulty, 1 to 5, or with its own numbers."""
    reader, intents = recogniser or load_recogniser(), compile_story(scenario)
    bound = BoundRecogniser(reader, intents, facts_of(scenario), moments_of(scenario))
    story, persona = at_level(scenario, load_persona(scenario.persona), level, load_levels())
    return Program(story, persona, bound, scenario.fingerprint(), level)


def study_at(program: Program, log: Sequence[ev.Event], index: int) -> Study:
    """Why the agent's message at a place in a log was understood as it was, where it stood."""
    sent, before = log[index], rebuild(log[:index])
    assert isinstance(sent, ev.AgentSent)
    assert isinstance(program.understand, BoundRecogniser)
    return program.understand.study(sent.text, before.context, before.said, before.node)


def study_of_turn(program: Program, log: Sequence[ev.Event], turn: int) -> Study:
    """The same for the agent's message of a turn (index in the transcript)."""
    return study_at(program, log, place_of_turn(log, turn))
