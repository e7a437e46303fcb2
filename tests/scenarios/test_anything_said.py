"""Whatever is said at whatever moment, a reception of a shipped story goes on sensibly and comes to an end."""

import json
import random
from pathlib import Path

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.engine import events as ev
from kefu_sim.engine.session import Session
from kefu_sim.engine.state import rebuild
from kefu_sim.engine.step import AskHelp, OpenCard, Say, Tick, Typing
from kefu_sim.scores import score_log

from .receptions import IDS, program

CORPUS = Path(__file__).parents[1] / "corpus"
MOST_INPUTS = 400
ACTS = (Tick(), Typing(), OpenCard("product"), AskHelp("model"))


def replies():
    return [
        json.loads(line)["reply"]
        for path in sorted(CORPUS.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def received(scenario, seed):
    """Play at random: mostly any reply of the corpus, in every fourth reception the same few again and again."""
    draw, clock = random.Random(seed), ManualClock()
    said = replies() if seed % 4 else draw.sample(replies(), 3)
    session = Session(program(scenario), seed, clock)
    session.open("practice", "r")
    for _ in range(MOST_INPUTS):
        if session.state.over:
            break
        clock.advance(draw.choice([0, 0.001, 0.1, 1, 2, 5, 8, 15, 40]))
        act = draw.random()
        if act < 0.05:
            session.pause()
            clock.advance(50)
            session.resume()
        else:
            session.send(Say(draw.choice(said)) if act < 0.9 else draw.choice(ACTS))
    return session


@pytest.mark.parametrize("scenario", IDS)
@pytest.mark.parametrize("seed", range(8))
def test_it_ends_keeps_its_range_and_is_told_by_its_log(scenario, seed):
    session = received(scenario, seed)
    assert session.state.over
    assert rebuild(session.log) == session.state
    assert [ev.from_line(ev.to_line(event)) for event in session.log] == session.log
    times = [event.t for event in session.log]
    assert times == sorted(times)
    meters = session.program.scenario.vars
    for event in session.log:
        if isinstance(event, ev.Adjusted):
            assert meters[event.meter].min <= event.value <= meters[event.meter].max
    score = score_log(session.program, session.log)
    assert 0 <= score.total <= 100
    assert sum(row.points for row in score.ledger) == pytest.approx(score.total, abs=0.01)


@pytest.mark.parametrize("scenario", IDS)
def test_silence_alone_ends_it(scenario):
    clock = ManualClock()
    session = Session(program(scenario), 1, clock)
    session.open("practice", "r")
    for _ in range(50):
        if (due := session.due) is None:
            break
        clock.advance(max(due - clock.now(), 0))
        session.tick()
    assert session.state.over
    assert clock.now() < 3600
