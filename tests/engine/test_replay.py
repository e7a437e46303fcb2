"""An old log told again by a story that was edited since."""

import copy
from dataclasses import replace
from typing import get_args

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.replay import replay
from kefu_sim.engine.session import Session
from kefu_sim.engine.step import QUICK_KEPT, AskHelp, Input, Note, OpenCard, Say, Typing, UseQuick
from kefu_sim.scenario.model import Persona, Scenario

from .conftest import PERSONA, STORY, Marked


def edited(change=lambda story: None):
    story = copy.deepcopy(STORY)
    change(story)
    return Program(Scenario.model_validate(story), Persona.model_validate(PERSONA), Marked(), str(id(story)))


@pytest.fixture
def log():
    """A reception in which everything was done that can be done, but for leaving it; not finished."""
    clock = ManualClock()
    session, given = Session(edited(), 7, clock), set()
    send = session.send

    def sent(done):
        given.add(type(done).__name__)
        return send(done)

    session.send = sent
    session.open("practice", "r1", "2026-01-01T00:00:00+08:00", "小林")
    for wait, done in (
        (3, Typing()), (4, Say("您好 [问好]")), (31, OpenCard("product")), (2, Say("稍等 [hold]")),
        (20, AskHelp("hint")), (2, UseQuick("{亲}，在的", 4)), (7, Say("[问好 提问]")), (5, Note("要蓝的", "a")),
        (7, Say("[谈判 95元] [-1]")),
    ):  # fmt: skip
        clock.advance(wait)
        session.send(done)
    session.pause()
    clock.advance(100)
    session.resume()
    clock.advance(1)
    session.tick()
    assert given == {kind.__name__ for kind in get_args(Input)} - {"Leave"}
    return session.log


def same(told, log, program):
    """Whether a log is told again row for row, under the story's new name."""
    renamed = [replace(log[0], fingerprint=program.fingerprint), *log[1:]]
    return told.divergence is None and list(told.log) == renamed


def test_the_same_story_tells_the_same_log(log):
    program = edited()
    assert same(replay(program, log), log, program)


@pytest.mark.parametrize("paused", [False, True])
def test_leaving_is_told_again_too(paused):
    session = Session(edited(), 7, ManualClock())
    session.open("practice", "r1")
    if paused:
        session.pause()
    session.leave()
    program = edited()
    assert isinstance(session.log[-1], ev.Ended)
    assert same(replay(program, session.log), session.log, program)


def test_what_the_first_row_only_records_stays_and_does_not_part_it(log):
    program = edited()
    for recorded in ({"branch_of": "20260101T000000-tiny"}, {"trial": True}, {"trainee": ""}):
        other = [replace(log[0], **recorded), *log[1:]]
        assert same(replay(program, other), other, program)


def test_a_quick_reply_that_was_cut_off_behind_a_space_is_told_again():
    session = Session(edited(), 7, ManualClock())
    session.open("practice", "r1")
    session.send(UseQuick("亲 " * QUICK_KEPT, 900))
    program = edited()
    assert same(replay(program, session.log), session.log, program)


def test_a_row_added_above_moves_ids_but_nothing_that_happened(log):
    def add(story):
        story["always"].insert(0, {"when": "abuse", "goto": "gone"})
        story["nodes"]["open"]["replies"].insert(0, {"when": "告别", "goto": "gone"})

    told = replay(edited(add), log)
    assert told.divergence is None
    assert [e.text for e in told.log if isinstance(e, ev.BuyerSaid)] == [
        e.text for e in log if isinstance(e, ev.BuyerSaid)
    ]


def test_new_numbers_and_hints_change_nothing_either(log):
    def add(story):
        story["vars"]["trust"] = {"init": 10}
        story["nodes"]["open"]["hint"] = "问好"
        story["nodes"]["open"]["unclear"]["add"] = {"mood": -9}

    assert replay(edited(add), log).divergence is None


def test_another_wording_is_where_it_parts(log):
    def change(story):
        story["nodes"]["price"]["buyer"] = ["别的话", "还是别的话"]

    told = replay(edited(change), log)
    parted = told.divergence
    assert isinstance(parted.was, ev.BuyerSaid)
    assert parted.now.text in {"别的话", "还是别的话"}
    assert log[parted.index] == parted.was
    kept = [event.text for event in told.log if isinstance(event, ev.BuyerSaid)]
    assert kept == [event.text for event in log[: parted.index] if isinstance(event, ev.BuyerSaid)]


def test_a_node_that_is_gone_is_where_it_parts(log):
    def change(story):
        story["nodes"]["open"]["replies"][1]["goto"] = "gone"

    parted = replay(edited(change), log).divergence
    assert parted.was.node == "price"
    assert parted.now.node == "gone"


def test_a_story_that_goes_silent_parts_where_something_is_missing(log):
    def change(story):
        story["nodes"]["open"]["silence"] = [{"after": 300, "goto": "gone"}]

    parted = replay(edited(change), log).divergence
    assert isinstance(parted.was, ev.Nudged)


def test_an_old_log_without_books_is_told_again(log):
    rows = [event for event in log if not isinstance(event, ev.Bookkeeping)]
    old = [ev.from_line(ev.to_line(rows[0]).replace('"format":2', '"format":1')), *rows[1:]]

    def promise(story):
        story["promises"] = {"x": {"about": "再看看", "made": "any", "kept": "谈判", "due": 900}}

    assert len(rows) < len(log)
    assert replay(edited(promise), old).divergence is None
    assert replay(edited(promise), log).divergence is not None
