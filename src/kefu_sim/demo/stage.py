"""Receptions made on a virtual clock for a class: scripted ones, and the one that goes on from the class's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kefu_sim.base.clock import ManualClock
from kefu_sim.demo.model import DemoTurn
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.script import check_orders, let_answer, perform
from kefu_sim.engine.session import Session
from kefu_sim.engine.step import Say
from kefu_sim.scenario.model import ScriptTurn

LONGEST = 20
"""Lines of an agent who says the model answers."""
CLASS_REPLY = 8.0
"""Seconds that an answer of the class counts as having taken, however long it was talked about."""


@dataclass(frozen=True, slots=True)
class Acted:
    """A scripted reception."""

    log: tuple[ev.Event, ...]
    lead: int
    """Events up to the last message of the turns before the film, as sent."""
    messages: int
    """Messages of the agent among them."""


def act(
    program: Program, before: Sequence[ScriptTurn], turns: Sequence[ScriptTurn], *, seed: int, rubric: str
) -> Acted:
    """Play the turns; the buyer still reacts to the last one, then the log ends, whether the story does or not.

    Raises KefuError when a note is for an order there is not.
    """
    check_orders(program.scenario, (*before, *turns))
    clock = ManualClock()
    session = Session(program, seed, clock)
    session.open("practice", rubric)
    perform(session, clock, before)
    lead = len(session.log)
    messages = sum(isinstance(event, ev.AgentSent) for event in session.log)
    perform(session, clock, turns)
    let_answer(session, clock)
    if not before:
        lead = next((i for i, e in enumerate(session.log) if isinstance(e, ev.BuyerSaid)), len(session.log))
    return Acted(tuple(session.log), lead, messages)


def model_turns(program: Program, *, seed: int, rubric: str) -> list[DemoTurn]:
    """What an agent says who answers every moment by the story's own model answer, until it ends."""
    clock = ManualClock()
    session = Session(program, seed, clock)
    session.open("practice", rubric)
    turns: list[DemoTurn] = []
    while len(turns) < LONGEST and not session.state.over:
        model = program.scenario.nodes[session.state.node].model
        if model is None or (turns and turns[-1].say == model.excellent):
            break
        turn = DemoTurn(wait=CLASS_REPLY, say=model.excellent, remark=model.why)
        perform(session, clock, [turn])
        let_answer(session, clock)
        turns.append(turn)
    return turns


def said_by_class(program: Program, log: Sequence[ev.Event], text: str) -> tuple[ev.Event, ...]:
    """The log with a reply of the class at its end, as sent."""
    session, clock = _continued(program, log)
    _reply(session, clock, text)
    return tuple(session.log)


def story_goes_on(program: Program, log: Sequence[ev.Event], text: str) -> tuple[ev.Event, ...]:
    """The log with a reply of the class and what the buyer makes of it."""
    session, clock = _continued(program, log)
    _reply(session, clock, text)
    let_answer(session, clock)
    return tuple(session.log)


def _continued(program: Program, log: Sequence[ev.Event]) -> tuple[Session, ManualClock]:
    clock = ManualClock(log[-1].t)  # as the session counts
    return Session.continued(program, log, clock), clock


def _reply(session: Session, clock: ManualClock, text: str) -> None:
    let_answer(session, clock)
    clock.advance(CLASS_REPLY)
    session.send(Say(text))
