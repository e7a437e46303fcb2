"""What the tests of the shipped stories share: scripts by name, receptions played from them, what they led to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from kefu_sim.author.transcripts import Played as Came
from kefu_sim.base.clock import ManualClock
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.script import play_script, read_script
from kefu_sim.engine.session import Session
from kefu_sim.engine.step import Note, Say
from kefu_sim.programs import program_for
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scenario.library import Library, shipped_folder
from kefu_sim.scenario.model import ScriptTurn
from kefu_sim.scores import score_log

FOLDER = Path(__file__).parent
IDS = tuple(sorted(path.stem for path in shipped_folder().glob("*.yaml")))
"""Every shipped story."""
SEEDS = range(1, 6)


class Played(Came):
    """A reception and its score, with what only these tests ask."""

    @property
    def ending(self) -> str:
        """The last node."""
        return self.path[-1]

    @property
    def ended_at(self) -> float:
        return self.log[-1].t

    @property
    def lines(self) -> list[str]:
        """What the buyer said."""
        return [event.text for event in self.log if isinstance(event, ev.BuyerSaid)]


@cache
def _library() -> Library:
    return Library([shipped_folder()], known_ids())


@cache
def program(scenario: str) -> Program:
    """A shipped story, ready to play."""
    return program_for(_library().get(scenario))


def names(scenario: str, pattern: str) -> list[str]:
    """Names of its scripts that match."""
    return sorted(path.stem for path in (FOLDER / scenario).glob(f"{pattern}.jsonl"))


def script(scenario: str, name: str) -> list[ScriptTurn]:
    path = FOLDER / scenario / f"{name}.jsonl"
    return read_script(path.read_text("utf-8").splitlines(), path.name)


def play(scenario: str, script_or_turns: str | Sequence[ScriptTurn], seed: int = 1) -> Played:
    """Play a script, given by its name or its turns, and score it."""
    turns = script(scenario, script_or_turns) if isinstance(script_or_turns, str) else script_or_turns
    log = play_script(program(scenario), turns, seed, load_rubric().version)
    return Played(log, score_log(program(scenario), log))


def play_models(
    scenario: str, grade: Literal["pass_", "excellent"], seed: int = 1, spelt: Callable[[str], str] = str
) -> Played:
    """Answer every moment by its own model answer and note, eight seconds after the buyer, until the reception ends.

    `spelt` writes an answer in other characters.
    """
    told, clock = program(scenario).scenario, ManualClock()
    session = Session(program(scenario), seed, clock)
    session.open("practice", load_rubric().version)
    for _ in range(20):
        clock.advance(8)
        session.tick()
        if session.state.over:
            break
        model = told.nodes[session.state.node].model
        assert model is not None
        if model.note:
            session.send(Note(model.note, next(iter(told.orders), "")))
        session.send(Say(spelt(getattr(model, grade))))
    session.leave()
    return Played(session.log, score_log(program(scenario), session.log))
