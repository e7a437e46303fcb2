"""One complaint, held against the lists of three handbooks."""

import pytest

from kefu_sim.base.errors import BadFileError
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.rulebook.flows import load_flows
from kefu_sim.scenario.load import validate
from kefu_sim.scoring.flows import Flow

from .receptions import play


def lists(story, name):
    return {held.id: held for held in play(story, name).score.lists}


def test_a_complaint_is_held_against_the_ten_and_both_lists_of_six():
    held = lists("complainer", "good-by-the-book")
    assert {name: len(one.stages) for name, one in held.items()} == {
        "ten-steps": 10, "six-calming-steps": 6, "six-stages": 6,
    }  # fmt: skip
    assert held["ten-steps"].reached == 10
    assert held["six-calming-steps"].reached == 6


def test_stages_point_to_the_reply_that_reached_them():
    played = play("complainer", "good-by-the-book")
    (ten,) = (held for held in played.score.lists if held.id == "ten-steps")
    turns = [stage.turn for stage in ten.stages]
    assert turns[0] == turns[1] == 1, "at once and warmly: the first reply"
    assert None not in turns


@pytest.mark.parametrize("name", ["shirks", "lazy-yes-dear", "silent"])
def test_whoever_shirks_or_shrugs_reaches_few(name):
    assert all(held.reached <= len(held.stages) / 2 for held in lists("complainer", name).values())


def test_piled_up_words_reach_nothing():
    assert not any(held.reached for held in lists("complainer", "stuffer").values())


def test_shirking_leaves_the_duty_unowned_whatever_else_was_said():
    held = lists("complainer", "shirks")["six-stages"]
    assert held.stages[1].turn is None


def test_pre_sales_are_held_against_the_seven_steps():
    assert lists("bargainer", "good-warm")["seven-steps"].reached == 7
    assert lists("bargainer", "lazy-refusing")["seven-steps"].reached <= 3


def test_a_list_that_names_no_step_is_refused():
    flow = load_flows()["seven-step"]
    assert len(flow.steps) == 7
    text = (
        "id: x\ntitle: {zh: 一, en: one}\nsteps: [{id: a, title: {zh: 一, en: a}, points: 1}]\n"
        "lists: [{id: l, title: {zh: 单, en: l}, stages: [{title: {zh: 一, en: a}, by: [nothing]}]}]\n"
    )
    with pytest.raises(BadFileError, match="no step or sign nothing"):
        validate(read_yaml(text, "x.yaml"), Flow)
