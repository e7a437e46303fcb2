"""Why a reply was understood as it was, in words: the main thing first, what explains it below."""

from __future__ import annotations

from itertools import chain

import pytest

from kefu_sim.i18n import set_language
from kefu_sim.language.recognise import Recogniser
from kefu_sim.programs import program_for
from kefu_sim.reading_text import detail_parts, heard_titles, meanings, verdict_parts
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.recogniser import load_recogniser, load_tables
from kefu_sim.scenario.load import load_scenario

SEE = load_recogniser()
MEANT = meanings()


@pytest.fixture(autouse=True)
def _chinese():
    set_language("zh")


def told(parts):
    return {part.title: [f"{line.label}  {line.text}".rstrip() for line in part.lines] for part in parts}


def study(reply, context=("买家：这个怎么样",), previous=()):
    return SEE.study(reply, context, previous=previous)


def test_first_what_counted_and_by_which_words():
    shown = told(verdict_parts(study("您好，一定帮您跟进")))
    assert shown == {
        "步骤": ["✓ 问好  因为“您好”：以问候开头", "✓ 帮助  因为“一定帮您跟进”：替买家做或答应做"],
        "语气": ["+1  礼貌"],
    }


def test_below_the_words_what_was_set_aside_scores_and_rules():
    shown = told(detail_parts(study("没办法，不过可以换，一定帮您跟进"), MEANT))
    assert list(shown) == ["最起作用的词", "没算数的", "打分", "起作用的规则"]
    assert "· 否定堵死  “没办法”  有“不过”，意思不同了  fault.dead-end" in shown["没算数的"]
    assert "· 过度承诺  “一定”  允许的说法：“一定帮您跟进”  like.promise" in shown["没算数的"]
    assert any(line.startswith("· 帮助  “") and "帮您跟进" in line and " +" in line for line in shown["最起作用的词"])
    assert any(line.endswith("第二可能") for line in shown["打分"])
    assert "+ 帮助  “帮您跟进”  替买家做或答应做  help.do" in shown["起作用的规则"]


def test_a_step_that_is_nearly_done_says_what_sounded_like_it():
    asked = study("亲，这款150克重，戴着不累，您慢慢挑～有问题随时喊我", ["买家：便宜点"])
    assert [str(v.step) for v in asked.recognition.verdicts if v.decision == "ask"] == ["推荐"]
    [line] = [line for line in told(verdict_parts(asked))["步骤"] if line.startswith("?")]
    assert line.startswith("? 推荐  差一点，“戴着不累”")


def test_a_repeated_reply_earns_nothing_and_its_steps_are_not_counted():
    said = "您好，给您159包邮，您可以拍的哦"
    shown = told(chain(verdict_parts(again := study(said, previous=[said])), detail_parts(again, MEANT)))
    assert shown["步骤"] == ["这一句没认出步骤"]
    assert shown["问题"] == ["× 重复自己  不得分"]
    assert any(line.startswith("× 问好") and line.endswith("没算") for line in shown["打分"])
    assert not any("第二可能" in line for line in shown["打分"][:2])


def test_how_it_was_read_is_told_where_letters_differ():
    assert "还听出" not in told(detail_parts(study("您好，在的。"), MEANT))
    assert "读作  这个好的" in told(detail_parts(study("這個ｏｋ"), MEANT))["还听出"]


STORY = """
schema: 1
id: cup
title: 杯子
persona: hesitant
shop: {name: 小店}
facts: {hours: {about: 保温几小时, right: [6小时], answer: 6小时}}
intents:
  hold_price: {any: [活动价], unless: [便宜], say: [这已经是活动价了, 活动价统一的]}
  nameless: {any: [杯子]}
start: open
nodes:
  open: {buyer: 能保温多久, replies: [{when: any, goto: end}]}
  end: {buyer: 好, end: sold}
"""


def test_what_a_story_listens_for_is_told_in_its_authors_words():
    story = load_scenario(STORY, "cup.yaml", known_ids())
    program, said = program_for(story), "您稍等，杯子保温6小时的，已经是活动价了"
    heard = told(detail_parts(program.understand.study(said, ["买家：能保温多久"], ()), meanings(story)))["还听出"]
    assert "意思  类似“请稍等”（hold）" in heard
    assert "意思  类似“这已经是活动价了”（hold_price）" in heard
    assert "意思  答对：保温几小时（fact.hours.right）" in heard
    assert "意思  nameless" in heard


def test_an_intent_that_was_set_aside_is_told_in_its_authors_words_too():
    story = load_scenario(STORY, "cup.yaml", known_ids())
    seen = program_for(story).understand.study("活动价，已经很便宜了", (), ())
    aside = told(detail_parts(seen, meanings(story)))["没算数的"]
    assert any(line.startswith("· 类似“这已经是活动价了”（hold_price）  “活动价”") for line in aside)


def test_what_was_heard_of_the_buyer_is_told_in_words_with_its_id_behind():
    assert heard_titles({"asks_price", "greets"}) == ["问价（asks_price）", "招呼客服（greets）"]
    set_language("en")
    assert heard_titles({"asks_price", "strange"}) == ["asks the price (asks_price)", "strange"]


@pytest.mark.parametrize("reply", ["", "😊", "[/]{0}{by}", "滚", "您好\n\x1b[31m", "您骂我神经病，我理解" * 60])
def test_anything_can_be_explained(reply):
    for lang in ("zh", "en"):
        set_language(lang)
        for seen in (study(reply), Recogniser(load_tables()).study(reply)):
            assert verdict_parts(seen)[0].lines
            assert all(part.title and part.lines for part in detail_parts(seen, MEANT))
