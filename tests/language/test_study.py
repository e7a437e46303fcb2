"""Why a reply was understood as it was: the words the network rests on, what was set aside, the runner-up."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kefu_sim.language.recognise import Recogniser
from kefu_sim.rulebook.recogniser import load_recogniser, load_tables

SEE = load_recogniser()
ASKED = ["买家：这个怎么样"]


def ngrams(reply, label, context=ASKED):
    return [(reply[n.start : n.end], n.weight) for n in SEE.study(reply, context).ngrams if n.label == label]


def set_aside(reply, context=ASKED):
    rows = SEE.study(reply, context).excluded
    return {(row.source, row.why, reply[slice(*row.by)] if row.by else None) for row in rows}


def test_each_accepted_step_names_the_words_that_weighed_most():
    reply = "您好亲，这款已经是活动价了哦"
    study = SEE.study(reply, ["买家：便宜点"])
    assert {str(step) for step in study.recognition.steps} <= {ngram.label for ngram in study.ngrams}
    assert "活动价" in ngrams(reply, "谈判", ["买家：便宜点"])[0][0]


@pytest.mark.parametrize(
    "reply",
    ["亲，您平时主要是听歌还是打游戏呢？", "你自己不会看详情页吗", "麻烦您发个图我看看呀 https://a.b/c", "好" * 900],
)
def test_ngrams_are_few_apart_short_and_the_strongest_comes_first(reply):
    study = SEE.study(reply, ASKED)
    for label in {ngram.label for ngram in study.ngrams}:
        own = [ngram for ngram in study.ngrams if ngram.label == label]
        assert len(own) <= 3
        assert [n.weight for n in own] == sorted((n.weight for n in own), reverse=True)
        assert all(0 <= n.start < n.end <= len(reply) and n.weight > 0 for n in own)
        places = sorted((n.start, n.end) for n in own)
        assert all(one[1] <= other[0] for one, other in pairwise(places))


def test_ngrams_speak_for_the_tone_only_where_the_rules_read_another_one():
    same, other = (
        SEE.study("没办法，不过可以换，慢走，不送", ASKED),
        SEE.study("亲，您平时主要是听歌还是打游戏呢？", ASKED),
    )
    assert same.recognition.politeness == same.rule_politeness
    assert other.recognition.politeness != other.rule_politeness
    assert "politeness" not in {ngram.label for ngram in same.ngrams}
    assert "politeness" in {ngram.label for ngram in other.ngrams}


def test_the_characters_of_a_clause_add_up_to_its_share():
    study, model = SEE.study("您好，这款已经是活动价了哦", ASKED), SEE._model
    [each], [shares] = (
        model.by_character([(study.prediction, "谈判")]),
        model.shares([(study.prediction, "谈判", [0, 3])]),
    )
    assert [sum(each[:3]), sum(each[3:])] == pytest.approx(shares, abs=1e-4)


def test_without_a_network_there_are_no_ngrams():
    assert Recogniser(load_tables()).study("您好，这款是活动价", ASKED).ngrams == ()


@pytest.mark.parametrize(
    ("reply", "row"),
    [
        ("我保证不了周五一定到", ("fault.overpromise", "negated", "不了周五一定")),
        ("不能加微信的", ("fault.offplatform", "negated", "不能加微信")),
        ("您担心拆了不退是吗", ("ask.yesno", "question", "是吗")),
        ("没办法，不过可以换", ("fault.dead-end", "exception", "不过")),
        ("棉100%的", ("fault.absolute", "innocent", "棉100%")),
        ("您骂我神经病，我也理解您", ("fault.abuse", "said", "我神经病")),
        ("您担心拆了不退是吗", ("fault.refuse-right", "heard", "拆了不退是吗")),
        ("一定会跟进的", ("fault.own-promise", "innocent", "一定会跟进")),
        ("最近销量不错", ("like.superlative", "innocent", "最近")),
        ("一定帮您跟进", ("like.promise", "innocent", "一定帮您跟进")),
        ("这袋250克的", ("like.fool", "innocent", "250克")),
        ("这个干洗就行", ("like.dry", "innocent", "干洗")),
        ("挺靠谱的", ("like.lean", "innocent", "靠谱")),
    ],
)
def test_what_was_set_aside_says_by_what(reply, row):
    assert row in set_aside(reply)


@pytest.mark.parametrize("reply", ["你这个二百五", "我靠", "这是最好的", "我保证一定到"])
def test_a_fault_is_not_called_innocent(reply):
    assert not [row for row in set_aside(reply) if row[1] == "innocent"]


def test_a_rule_that_speaks_against_a_step_is_named():
    rows = [row for row in SEE.study("您好意思吗", ASKED).excluded if row.why == "overruled"]
    assert [(row.source, row.label, row.against.id) for row in rows] == [
        ("ask.yesno", "提问", "ask.rhetorical"),
        ("model", "问好", "greet.other-words"),
    ]


def test_a_negated_intent_is_told_of():
    intent = next(i for i in load_tables().intents if i.guarded)
    words = intent.table.patterns[min(intent.guarded)]
    study = SEE.study(f"这不是{words}", ASKED)
    assert intent.id not in study.recognition.intents
    assert ("negated", intent.id) in {(row.why, row.label) for row in study.excluded}


def test_what_counts_by_other_words_is_not_shown_as_missed():
    study = SEE.study("棉100%的，这是最好的", ASKED)
    assert "绝对化用语" in {fault.category for fault in study.recognition.faults}
    assert "绝对化用语" not in {row.label for row in study.missed}


def test_looking_into_a_reply_changes_nothing_about_it():
    for reply in ("您好，这款是活动价", "您骂我神经病，我也理解您", "😊", "滚"):
        before = SEE.recognise(reply, ASKED)
        assert SEE.study(reply, ASKED).recognition == before == SEE.recognise(reply, ASKED)


def test_the_runner_up_is_the_likeliest_step_that_was_not_accepted():
    study = SEE.study("您好亲，这款已经是活动价了哦", ["买家：便宜点"])
    refused = [v for v in study.recognition.verdicts if v.decision != "accept"]
    assert study.runner_up == max(refused, key=lambda v: v.score)
    assert SEE.study("😊").runner_up is None
