"""Promises and order notes on the scorecard; rules that a notice changed."""

from pathlib import Path

import pytest

from kefu_sim.engine.script import play_script
from kefu_sim.programs import program_for
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.scenario.load import load_scenario
from kefu_sim.scenario.model import ScriptTurn
from kefu_sim.scores import score_log

STORY = """\
schema: 1
id: bag
title: 收纳袋
persona: polite
shop: {name: 店}
use: [{words-gift: {gift: 收纳袋}}]
limits: {price: 120, floor: 108, amends: 15}
vars: {mood: 60, patience: 100}
orders: {old: 旧单, new: 新单}
facts:
  credit: {about: 信用卡, policy: true, right: [不支持], wrong: [{re: '可以刷|分期'}], answer: 不支持}
promises:
  bag: {about: 收纳袋, made: offer_gift, note: [收纳袋], order: new}
  back: {about: 回来报结果, made: hold, kept: finding, due: 60, missed: {add: {mood: -10}}}
notes:
  colour: {about: 颜色, note: [米白], order: new, since: paid}
  respect: {about: 怪话, never: [难缠]}
notices:
  card: {text: 支持分期了, node: paid, limits: {floor: 100},
         facts: {credit: {about: 信用卡, policy: true, right: [分期], wrong: [不支持], answer: 可以分期}}}
intents:
  finding: {any: [查到了]}
silence: [{after: 300, goto: gone}]
unclear: {buyer: [嗯, 哦], max: 9}
start: open
nodes:
  open: {buyer: [在吗, 信用卡行不], asks: credit, replies: [{when: 核实, goto: paid}, {when: any, buyer: [嗯, 好]}]}
  paid: {buyer: [拍了, 付了], replies: [{when: 告别, goto: done}, {when: any, buyer: [嗯, 好]}]}
  done: {buyer: [谢谢, 好的], end: sold}
  gone: {buyer: [走了, 算了], end: lost}
"""
HELLO = "您好，在的，请问有什么可以帮您？"
GIFT = "今天下单给您送收纳袋"
CHECK = "跟您核对一下：米白1条，地址尾号3021，对吗？"
BYE = "谢谢您的支持，有事随时找我，祝您生活愉快"


@pytest.fixture(scope="module")
def program():
    return program_for(load_scenario(STORY, "bag.yaml", known_ids()))


@pytest.fixture
def rows(program):
    """Rows of the ledger about promises, notes and limits: rule → points."""

    def play(*turns):
        script = [
            ScriptTurn(wait=turn) if isinstance(turn, int | float)
            else ScriptTurn(note=turn[1], order=turn[0]) if isinstance(turn, tuple)
            else ScriptTurn(say=turn)
            for turn in turns
        ]  # fmt: skip
        log = play_script(program, script, 1, load_rubric().version)
        score = score_log(program, log)
        assert sum(row.points for row in score.ledger) == pytest.approx(score.total, abs=0.01)
        rules = ("promise.", "note.", "fact.", "limit")
        return {row.rule: row for row in score.ledger if row.rule.startswith(rules)}

    return play


def test_a_gift_that_stands_on_its_order_is_kept(rows):
    found = rows(5, HELLO, 8, GIFT, ("new", "米白，送收纳袋"), 8, CHECK, 8, BYE)
    assert found["promise.kept"].points == found["promise.kept"].of > 0
    assert found["note.done"].points > 0


def test_a_gift_that_nobody_wrote_down_is_open(rows):
    found = rows(5, HELLO, 8, GIFT, 8, CHECK, 8, BYE)
    assert found["promise.open"].points == 0
    assert found["note.missing"].of == found["promise.open"].of


def test_the_wrong_order_helps_nobody(rows):
    found = rows(5, HELLO, 8, GIFT, ("old", "米白，送收纳袋"), 8, CHECK, 8, BYE)
    assert found["promise.elsewhere"].points == found["note.elsewhere"].points == 0


def test_only_what_stands_there_at_the_end_counts(rows):
    found = rows(5, HELLO, 8, GIFT, ("new", "送收纳袋"), 4, ("new", "米白"), 8, CHECK, 8, BYE)
    assert "promise.open" in found
    assert "note.done" in found


def test_a_note_is_no_place_for_insults_or_numbers(rows):
    found = rows(5, HELLO, ("new", "米白，此人难缠，电话13812345678"), 8, CHECK, 8, BYE)
    assert found["note.never"].points < 0
    assert found["note.fault"].points < 0


@pytest.mark.parametrize(
    ("turns", "rule"),
    [
        ((5, "稍等，我去查一下", 40, "查到了，有货的"), "promise.kept"),
        ((5, "稍等，我去查一下", 80, "查到了，有货的"), "promise.late"),
        ((5, "稍等，我去查一下", 80, "您还在吗"), "promise.missed"),
    ],
)
def test_coming_back_in_time_late_or_never(rows, turns, rule):
    found = rows(*turns, 8, CHECK, 8, BYE)
    assert rule in found
    assert ("promise.broken" in found) == (rule == "promise.missed")


def test_a_time_that_has_not_come_is_not_judged(rows):
    found = rows(5, CHECK, 8, "稍等，我去查一下", 8, BYE)
    assert not [rule for rule in found if rule.startswith("promise.")]


def test_an_answer_is_judged_by_the_rule_in_force_when_it_was_given(rows):
    assert "fact.right" in rows(5, "您好，信用卡这边不支持的", 8, CHECK, 8, BYE)
    assert "fact.wrong" in rows(5, "您好，信用卡可以刷的", 8, CHECK, 8, BYE)
    assert "fact.right" in rows(5, HELLO, 8, CHECK, 8, "信用卡现在可以分期了", 8, BYE)
    assert "fact.wrong" in rows(5, HELLO, 8, CHECK, 8, "信用卡不支持的哦", 8, BYE)


def test_limits_are_those_in_force(rows):
    assert "limit" in rows(5, HELLO, 8, "这条给您算105元", 8, CHECK, 8, BYE)
    assert "limit" not in rows(5, HELLO, 8, CHECK, 8, "差价退您，最后就是105元", 8, BYE)
    assert "limit" in rows(5, HELLO, 8, CHECK, 8, "这条给您算95元", 8, BYE)


@pytest.mark.parametrize(
    ("said", "over"),
    [
        ("给您打八折", True),
        ("那给您便宜20块", True),
        ("打九五折行吗", False),
        ("便宜5块给您", False),
        ("真的没法给您打八折", False),
        ("便宜20块我做不到的", False),
        ("您想便宜20块是吧", False),
        ("两条一起打八折", False),
        ("满300减40", False),
        ("差价20元退您", False),
    ],
)
def test_a_discount_or_a_cut_comes_to_a_price(rows, said, over):
    assert ("limit" in rows(5, HELLO, 8, said, 8, BYE)) is over


def test_amends_beyond_the_limit_are_held_down(rows):
    assert "limit.amends" not in rows(5, HELLO, 8, "补偿您15元", 8, CHECK, 8, BYE)
    assert "limit.amends" in rows(5, HELLO, 8, "这样，补偿您50元", 8, CHECK, 8, BYE)


def test_the_example_of_the_format_plays():
    path = Path(__file__).parents[2] / "docs" / "format" / "example.yaml"
    story = load_scenario(path.read_text("utf-8"), path.name, known_ids())
    program = program_for(story)
    (case,) = story.tests
    score = score_log(program, play_script(program, case.turns, case.seed, "r"))
    assert {"promise.kept", "note.done"} <= {row.rule for row in score.ledger}
