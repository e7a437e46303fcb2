"""Facts that a bare yes or no answers, at the node where the buyer asks."""

import pytest

from kefu_sim.base.errors import KefuError
from kefu_sim.programs import program_for
from kefu_sim.rulebook.known import known_ids
from kefu_sim.scenario.load import load_scenario

STORY = """
schema: 1
id: card
title: 刷卡
brief: 卖打印机。
persona: bargainer
flow: eight-step
covers: []
shop: {name: 打印社}
start: open
facts:
  credit: {about: 能不能刷卡, if_yes: right, if_no: wrong, right: [支持信用卡], wrong: [刷不了卡], answer: 支持信用卡}
  fee: {about: 收不收手续费, if_yes: wrong, if_no: right, right: [不收手续费], answer: 不收手续费}
  colour: {about: 什么颜色, right: [白色], answer: 白色}
notices:
  fees: {text: 明天起刷卡收手续费, node: both,
         facts: {fee: {about: 收不收手续费, if_yes: right, if_no: wrong, right: [收百分之一], answer: 收百分之一}}}
nodes:
  open: {buyer: [你好 能刷信用卡吗], asks: credit, replies: [{when: fact.credit.right, goto: fee}]}
  fee: {buyer: [刷卡要手续费吗 白色还有吗], asks: [fee, colour], replies: [{when: any, goto: both}]}
  both: {buyer: [能刷卡吗 要手续费吗], asks: [credit, fee], replies: [{when: any, goto: end}]}
  end: {buyer: [好], end: sold}
"""


@pytest.fixture(scope="module")
def understand():
    return program_for(load_scenario(STORY, "card.yaml", known_ids())).understand


def facts(understand, reply, node):
    return {label for label in understand(reply, (), (), node).intents if label.startswith("fact.")}


def test_a_bare_word_answers_where_it_is_asked(understand):
    assert facts(understand, "可以的亲", "open") == {"fact.credit.right"}
    assert facts(understand, "您好，不行哦", "open") == {"fact.credit.wrong"}
    assert facts(understand, "不用的亲", "fee") == {"fact.fee.right", "fact.fee.wrong@fees"}
    assert facts(understand, "要的", "fee") == {"fact.fee.wrong", "fact.fee.right@fees"}


def test_it_answers_nothing_anywhere_else(understand):
    assert not facts(understand, "可以的亲", "end")
    assert not facts(understand, "可以的亲", "")


def test_where_two_such_things_are_asked_nobody_knows_which_is_meant(understand):
    assert not facts(understand, "可以的亲", "both")
    assert facts(understand, "支持信用卡的", "both") == {"fact.credit.right"}


def test_words_of_the_answer_itself_come_first(understand):
    assert facts(understand, "可以的，不过刷不了卡", "open") == {"fact.credit.wrong"}


def test_its_words_are_the_evidence(understand):
    [shown] = [e for e in understand("您好，可以的亲", (), (), "open").evidence if e.label == "fact.credit.right"]
    assert "您好，可以的亲"[shown.start : shown.end] == "可以的亲"


def test_an_echo_answers_nothing(understand):
    found = understand("你好 能刷信用卡吗", ("买家：你好 能刷信用卡吗",), (), "open")
    assert not found.intents


def test_yes_and_no_cannot_both_be_right():
    with pytest.raises(KefuError, match="right"):
        load_scenario(STORY.replace("if_yes: right, if_no: wrong", "if_yes: right, if_no: right"), "x", known_ids())


def test_a_reply_may_wait_for_what_only_a_bare_word_says():
    assert "fact.fee.wrong" in load_scenario(STORY, "card.yaml", known_ids()).labels()
