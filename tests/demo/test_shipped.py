"""Every demo that travels with the program does what it says, judged by the judge."""

from functools import cache

import pytest

from kefu_sim.demonstrations import DemoRoom
from kefu_sim.engine import events as ev
from kefu_sim.language.verdict import STEPS, Step

CLEARLY = 15
"""Points by which the good agent is ahead, at least."""
DONE = {"done", "late"}


@cache
def room():
    return DemoRoom()


@cache
def showing(name):
    return room().show(room().demos.items[name])


NAMES = [demo.id for demo in DemoRoom().in_order()]
OF_STEPS = [name for name in NAMES if DemoRoom().demos.items[name].step]


def lane(name, role):
    return next(lane for lane in showing(name).film.lanes if lane.role == role)


def score(name, role):
    found = lane(name, role)
    return found.judge(found.log)


def said(name, role):
    return [event.text for event in lane(name, role).log if isinstance(event, ev.AgentSent)]


def test_every_step_and_every_buyer_has_a_demo():
    demos = room().demos.items.values()
    assert [demo.step for demo in room().in_order() if demo.step] == [step.value for step in STEPS]
    assert {demo.scenario for demo in demos if not demo.step} >= {"bargainer", "think-it-over", "complainer"}
    assert not room().problems


@pytest.mark.parametrize("name", NAMES)
def test_the_good_agent_is_clearly_ahead(name):
    film = showing(name).film
    assert film.total(1) >= film.total(0) + CLEARLY
    assert score(name, "good").total >= score(name, "bad").total + CLEARLY


@pytest.mark.parametrize("name", OF_STEPS)
def test_the_good_agent_takes_the_step_and_the_poor_one_misses_it(name):
    step = Step(room().demos.items[name].step)
    assert score(name, "good").steps[step] in DONE
    assert score(name, "bad").steps[step] == "missing"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_STEPS])
def test_the_good_agent_brings_the_buyer_home_and_the_poor_one_loses_him(name):
    good, bad = lane(name, "good").log[-1], lane(name, "bad").log[-1]
    assert good.outcome in {"sold", "kept"}
    assert bad.outcome == "lost"
    assert score(name, "good").total >= 90
    assert score(name, "bad").total < 60
    assert all(status in DONE for status in score(name, "good").steps.values())


@pytest.mark.parametrize("name", NAMES)
def test_nothing_the_good_agent_says_is_at_fault(name):
    for _, opinion in showing(name).film.opinions(1):
        assert not opinion.seen.issues
        assert not opinion.seen.faults
        assert not opinion.seen.gaming
        assert opinion.seen.politeness >= 1


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_the_script_is_said(name):
    demo = room().demos.items[name]
    for role in ("good", "bad"):
        script = [turn.say for turn in (*demo.before, *demo.turns(role)) if turn.say]
        assert said(name, role) == script


@pytest.mark.parametrize("name", NAMES)
def test_a_trainer_finds_words_for_every_line_in_both_languages(name):
    demo = room().demos.items[name]
    assert demo.title_en
    assert demo.about
    assert demo.about_en
    for turn in (*demo.good, *demo.bad):
        assert turn.remark
        assert turn.remark_en
    assert any(turn.ask for turn in demo.good)


@pytest.mark.parametrize("name", NAMES)
def test_a_demo_is_over_before_the_class_looks_away(name):
    assert showing(name).film.seconds <= (120 if name in OF_STEPS else 330)


def test_the_first_lesson_takes_twenty_minutes_and_has_time_for_its_demos():
    lesson = room().playlists.items["first-lesson"]
    assert lesson.minutes == 20
    for item in lesson.items:
        assert item.remark
        assert item.remark_en
        if item.demo is None:
            assert len(item.points) == len(item.points_en) > 0
        else:
            assert room().show(room().demos.items[item.demo], item.show).film.seconds < item.minutes * 60


@pytest.mark.parametrize("name", sorted(room().house.library.entries))
def test_every_buyer_can_be_shown_by_the_model_answers(name):
    demo = room()._improvised(room().house.library.get(name))
    film = room().show(demo).film
    assert film.total(1) >= 90
    assert film.total(0) < 40


def test_a_buyers_demo_is_found_by_the_buyer():
    assert room().find("complainer").id == "complainer"
    assert room().find("谈判").id == "negotiate"
