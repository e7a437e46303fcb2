"""The book of promises: 请稍等 has its time, and so has what a story promised."""

import pytest

from kefu_sim.engine.step import Note, Say
from kefu_sim.rush.figures import figures, served
from kefu_sim.rush.pledges import book
from kefu_sim.rush.run import Run
from kefu_sim.rush.script import finish
from kefu_sim.rush.slips import slips
from kefu_sim.scenario.labels import note_label

from .conftest import QUESTION, plan_of, program_of

ONE = [{"at": 0, "scenario": "question"}]
HOLD = "您稍等，我查一下"


def worked(*said, **changes):
    run = Run(plan_of(arrivals=ONE, **changes))
    run.open()
    for second, given in said:
        run.feed("b1", given if isinstance(given, Note) else Say(given), second)
    finish(run)
    return run


def statuses(run):
    return [(pledge.status, pledge.due) for pledge in book(run.floor)]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([(5, HOLD), (60, "有货 [answer]")], ("kept", 125.0)),
        ([(5, HOLD), (125, "有货 [answer]")], ("kept", 125.0)),
        ([(5, HOLD), (126, "有货 [answer]")], ("late", 125.0)),
        ([(5, HOLD)], ("missed", 125.0)),
    ],
)
def test_who_was_asked_to_wait_hears_again_in_time_or_not(said, status):
    assert statuses(worked(*said)) == [status]


def test_a_time_that_was_named_is_the_time():
    story = {**QUESTION, "nodes": {**QUESTION["nodes"]}}
    run = Run(plan_of(arrivals=ONE))
    object.__setattr__(run.plan, "programs", {("question", "brisk"): program_of(story)})
    run.floor.programs = run.plan.programs
    run.open()
    run.feed("b1", Say("您稍等，5分钟内回您 [5分钟]"), 5)
    assert statuses(run) == [("open", 305.0)]


def test_nobody_waits_any_more_when_the_buyer_was_served_before():
    assert statuses(worked((5, "有货 [answer]"), (9, HOLD))) == []


def test_each_hold_is_a_promise_of_its_own_and_the_share_is_counted():
    run = worked((5, HOLD), (30, "不好意思，" + HOLD), (200, "有货 [answer]"))
    assert [status for status, _ in statuses(run)] == ["kept", "late"]
    counted = figures(run.floor, served(run.floor, run.log))
    assert (counted.promises, counted.promises_kept) == (2, 50.0)


def test_a_forgotten_buyer_costs():
    run = worked((5, HOLD))
    found = slips(run.floor, run.log, (), run.plan.forbids)
    assert [(slip.kind, slip.buyer, slip.t) for slip in found] == [("promise", "b1", 125.0)]


STORY = {
    **QUESTION,
    "id": "question",
    "intents": {"card": {"any": ["贺卡"]}},
    "orders": {"mine": "尾号3721", "friend": "尾号3712"},
    "promises": {"card": {"about": "放贺卡", "made": "card", "note": ["贺卡"], "order": "friend"}},
}


def noted(*acts):
    plan = plan_of(arrivals=ONE)
    object.__setattr__(plan, "programs", {("question", "brisk"): program_of(STORY)})
    run = Run(plan)
    run.open()
    for second, given in acts:
        run.feed("b1", given, second)
    finish(run)
    return run


def test_a_promise_of_a_story_is_kept_by_the_note_on_the_right_order():
    card, written = Say("给您放贺卡 [card]"), f"贺卡 [{note_label('promise', 'card')}]"
    assert statuses(noted((5, card), (8, Note(written, "friend")))) == [("kept", None)]
    assert statuses(noted((5, card), (8, Note(written, "mine")))) == [("missed", None)]
    assert statuses(noted((5, card))) == [("missed", None)]
