"""What only several messages together show: the same again, the question passed over, slips put right."""

from dataclasses import replace

import pytest

from kefu_sim.scenario.model import Scenario
from kefu_sim.scoring.score import Case, Story, score

from .conftest import agent, buyer

AGAIN, PAST, SLIP, SUM = "机械重复", "答非所问", "错别字/脏字误打", "算错账"
ASKING = {
    "schema": 1, "id": "a", "title": "t", "brief": "b", "persona": "bargainer", "flow": "eight-step", "covers": [],
    "shop": {"name": "s"}, "start": "hall",
    "facts": {"price": {"about": "多少钱", "right": ["149"], "answer": "149 元"}},
    "nodes": {"hall": {"buyer": ["多少钱"], "asks": ["price"]}, "end": {"buyer": ["好"], "end": "sold"}},
}  # fmt: skip


def charged(case, rubric, flow):
    rows = score(case, rubric, flow).ledger
    return [(row.topic.zh, row.turn) for row in rows if row.rule in {"fault.attitude", "fault.minor"}]


def meaning(turn, *intents, **more):
    return turn._replace(recognition=replace(turn.recognition, intents=intents), **more)


def at_the_question(*turns):
    asked = (buyer(0, "多少钱"), *turns)
    story = Story(Scenario.model_validate(ASKING), visited=("hall",), outcome="later", node_at=("hall",) * len(asked))
    return Case(asked, story)


PASTED = "亲，本店商品都是现货，喜欢可以直接拍哦"


@pytest.mark.parametrize(
    ("line", "faults"),
    [("能便宜点吗", [(AGAIN, 3)]), ("没看到 再发一遍", []), ("几天到来着", [])],
)
def test_the_same_again_is_a_fault_unless_it_was_asked_for(line, faults, rubric, eight_step):
    turns = (buyer(0, "在吗"), agent(5, PASTED), buyer(9, line), agent(14, PASTED, gaming=("repeat",)))
    assert charged(Case(turns), rubric, eight_step) == faults


def test_one_message_that_says_a_thing_twice_repeats_no_other(rubric, eight_step):
    turns = (buyer(0, "在吗"), agent(5, "您好，在的，您好，在的", gaming=("repeat",)))
    assert not charged(Case(turns), rubric, eight_step)


LOST = {"unclear": True}


def test_a_question_passed_over_twice_is_one(rubric, eight_step):
    case = at_the_question(
        agent(4, "我们家店开了很久了", politeness=0, **LOST),
        buyer(9, "我问多少钱"),
        agent(14, "质量都很好的", politeness=0, again=True, **LOST),
        buyer(19, "到底多少"),
        agent(24, "您可以看看别的", politeness=0, again=True, **LOST),
    )
    assert charged(case, rubric, eight_step) == [(PAST, 3)]


def test_mere_courtesy_passes_over_it_too(rubric, eight_step):
    thanks = [meaning(agent(t, "感谢您的支持，祝您愉快", "告别", 2), "thanks") for t in (14, 24)]
    case = at_the_question(agent(4, "您好", "问好"), buyer(9, "多少钱"), thanks[0], buyer(19, "？"), thanks[1])
    assert charged(case, rubric, eight_step) == [(PAST, 5)]


@pytest.mark.parametrize(
    "second",
    [
        agent(14, "您是要几只呢？", "提问", again=True, **LOST),
        meaning(agent(14, "您稍等一下", again=True, **LOST), "hold"),
        meaning(agent(14, "149元的", again=True), "fact.price.right"),
        agent(14, "您可以先领一张券", "谈判"),
    ],
)
def test_who_answers_or_is_on_the_way_to_it_does_not(second, rubric, eight_step):
    case = at_the_question(agent(4, "我们家店开了很久了", politeness=0, **LOST), buyer(9, "我问多少钱"), second)
    assert not charged(case, rubric, eight_step)


def test_two_messages_of_one_turn_count_once(rubric, eight_step):
    case = at_the_question(
        agent(4, "我们家店开了很久了", politeness=0, **LOST), agent(6, "都是老顾客介绍来的", politeness=0, **LOST)
    )
    assert not charged(case, rubric, eight_step)


def test_nothing_is_passed_over_once_it_is_answered(rubric, eight_step):
    case = at_the_question(
        meaning(agent(4, "149元"), "fact.price.right"),
        buyer(9, "哦"),
        agent(14, "质量都很好的", politeness=0, **LOST),
        buyer(19, "嗯？"),
        agent(24, "您可以看看别的", politeness=0, again=True, **LOST),
    )
    assert not charged(case, rubric, eight_step)


@pytest.mark.parametrize("category", [SLIP, SUM])
@pytest.mark.parametrize(
    ("then", "costs"), [("抱歉打错了，是今天发货", False), ("*发货", False), ("您还有什么要问的吗", True), ("", True)]
)
def test_a_slip_that_is_put_right_at_once_costs_nothing(category, then, costs, rubric, eight_step):
    turns = [buyer(0, "今天发吗"), agent(5, "您好，今天发火的哦", faults=[(category, "M")])]
    turns += [agent(9, then)] if then else []
    assert bool(charged(Case(tuple(turns)), rubric, eight_step)) == costs


def test_long_after_it_is_too_late(rubric, eight_step):
    turns = [buyer(0, "今天发吗"), agent(5, "您好，今天发火的哦", faults=[(SLIP, "M")])]
    turns += [agent(9, "您看这款"), buyer(12, "哦"), agent(15, "还送收纳袋呢"), agent(20, "抱歉刚才打错字了")]
    assert charged(Case(tuple(turns)), rubric, eight_step) == [(SLIP, 1)]
