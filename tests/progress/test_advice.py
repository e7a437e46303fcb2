"""What to practise next, and why: the most urgent first, never more than a few."""

import pytest

from kefu_sim.language.verdict import Step
from kefu_sim.progress.advice import Known, Standing, advise
from kefu_sim.progress.wording import advice_command, advice_reason, advice_title

from .conftest import record

LEVELS = (60, 80, 100)
BUYERS = [Known("cup", 1, 90.0), Known("lamp", 2, 62.0), Known("boots", 3, None)]


@pytest.fixture
def first(rules):
    """`first(…)`: what is advised, in short."""

    def told(*recent, **standing):
        found = advise(Standing(recent, **{"buyers": BUYERS, **standing}), rules, LEVELS)
        return [(one.what, one.scenario, one.step, one.figure, one.of) for one in found]

    return told


def test_a_beginner_is_sent_to_the_first_buyer(first):
    assert first(buyers=[Known("cup", 1, None), Known("lamp", 2, None)]) == [("first", "cup", None, 0, 0)]


def test_turns_that_are_due_come_before_everything(first):
    assert first(record("d", 70), due=4)[0] == ("turns", "", None, 4, 0)


def test_the_weakest_step_is_sent_to_the_buyer_who_last_missed_it(first):
    rows = [
        record("d", 80, steps="dddddddd", scenario="cup"),
        record("d", 80, steps="dddmdddd", scenario="lamp"),
        record("d", 80, steps="dddmdddd", scenario="cup"),
    ]
    assert first(*rows)[0] == ("step", "lamp", Step.RECOMMEND, 1, 3)


def test_slow_hands_are_sent_to_the_next_level(first):
    assert ("typing", "", None, 71.0, 80) in first(record("d", 80, reply=45.0), pace=71.0)
    assert ("typing", "", None, 50.0, 60) in first(record("d", 80, reply=9.0), pace=50.0)
    assert not [one for one in first(record("d", 80, reply=9.0), pace=71.0) if one[0] == "typing"]


def test_slow_replies_of_quick_hands_are_hesitation(first):
    assert ("replies", "", None, 45.0, 30.0) in first(record("d", 80, reply=45.0), pace=120.0)
    assert ("replies", "", None, 45.0, 30.0) in first(record("d", 80, reply=45.0))


def test_then_come_new_buyers_and_low_bests(first):
    assert first(record("d", 90)) == [("new", "boots", None, 0, 0), ("again", "lamp", None, 62.0, 85)]


def test_when_nothing_is_weak_nothing_is_advised(first):
    assert first(record("d", 90), buyers=[Known("cup", 1, 90.0)]) == []


def test_each_piece_says_what_why_and_how(rules):
    rows = [record("d", 60, steps="dmdddddd", scenario="lamp", reply=50.0)] * 3
    found = advise(Standing(rows, BUYERS, due=1), rules, LEVELS)
    titles = {"lamp": "台灯 [/]"}
    assert [(advice_title(a, titles), advice_reason(a), advice_command(a)) for a in found] == [
        ("Answer the turns again that went wrong", "1 turn is due today", "kefu-sim review --due"),
        (
            "Receive “台灯 [/]”",
            "“Ask” was done in 0 of the last 3 receptions that called for it",
            "kefu-sim practice lamp",
        ),
        (
            "Answer first, look things up then: a reply drill",
            "buyers wait 50 s on average, more than 30",
            "kefu-sim drill --reply",
        ),
    ]
