"""Intents of authors: literals and patterns, one matcher, ranges on the reply as typed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kefu_sim.language.intents import carries, compile_intents, match_intents
from kefu_sim.language.patterns import BadPatternError, check_pattern
from kefu_sim.rulebook.files import read_rules
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.recogniser import load_recogniser


@dataclass
class Written:
    any: tuple
    unless: tuple = ()


HOLD_PRICE = {"hold_price": Written(("活动价", {"re": "最低.{0,3}价"}), ({"re": "不是.{0,2}最低"},))}


def met(reply, intents=HOLD_PRICE):
    seen = load_recogniser().recognise(reply, ["买家：便宜点"], intents=compile_intents(intents))
    return {e.label: reply[e.start : e.end] for e in seen.evidence if e.source == "intent" and e.label in intents}


def test_a_literal_is_found_whatever_its_spelling():
    assert met("這款已經是活動價了哦") == {"hold_price": "活動價"}


def test_a_pattern_gives_its_range():
    assert met("最低消费和活动当天的价") == {}
    assert met("亲，这就是最低的价啦") == {"hold_price": "最低的价"}


@pytest.mark.parametrize("reply", ["这不是活动价", "没有活动价的哦", "这并非活动价"])
def test_a_literal_does_not_count_inside_a_negation(reply):
    assert met(reply) == {}


@pytest.mark.parametrize("reply", ["不仅是活动价还送礼", "是不是活动价您看页面", "不是清仓，是活动价"])
def test_what_only_looks_like_a_negation_does_no_harm(reply):
    assert "hold_price" in met(reply)


def test_a_literal_that_is_a_negation_itself_matches():
    assert met("真的不议价的哦", {"firm": Written(("不议价",))}) == {"firm": "不议价"}


def test_an_exception_cancels():
    assert met("这不是最低价，我再给您少点") == {}


def test_words_that_are_mended_are_found_as_spelt_too():
    assert met("拜拜亲", {"bye": Written(("拜拜",))}) == {"bye": "拜拜"}
    assert met("再见亲", {"bye": Written(("再见",))}) == {"bye": "再见"}


@pytest.mark.parametrize("pattern", ["(?=价)", "(?!价)", "(?<=a)价", "(a)\\1", "价(", "a*", "(?>a)"])
def test_what_cannot_run_in_linear_time_is_refused(pattern):
    with pytest.raises(BadPatternError):
        check_pattern(pattern)


def test_a_pattern_may_be_written_with_full_width_marks():
    assert met("好的，可以吗？亲", {"ok": Written(({"re": "好的，可以吗？"},))}) == {"ok": "好的，可以吗？"}


def test_the_refusal_names_intent_and_pattern():
    with pytest.raises(BadPatternError, match=r"hold_price.*价"):
        compile_intents({"hold_price": Written(({"re": "(?=价)"},))})


@pytest.mark.parametrize("name", ["hold", "apology", "thanks", "empathy", "urge"])
def test_shared_intents_hold_what_their_samples_say(name):
    written = read_rules("intents/shared.yaml")["intents"][name]
    recogniser = load_recogniser()
    for reply in written["say"]:
        assert name in recogniser.recognise(reply).intents
    for reply in written["not"]:
        assert name not in recogniser.recognise(reply).intents


def test_a_hostile_pattern_on_a_hostile_reply_is_quick():
    assert met("a" * 100_000, {"slow": Written(({"re": "(a|a)*(a|aa)+b"},))}) == {}


MANY = {
    "gift": Written(("杯刷", {"re": "送.{0,4}刷"}), ({"re": "(?:不|没).{0,4}送"},)),
    "hold_price": HOLD_PRICE["hold_price"],
    "ship": Written(({"re": "(?:今天|马上)发"}, "发货"), ("预售",)),
}
REPLIES = [
    "活动价，送杯刷",
    "不另外送杯刷，马上发货",
    "预售的，今天发不了",
    "不是活动价",
    "最低的价了，發貨",
    "在的",
    "",
]


@pytest.mark.parametrize("reply", REPLIES)
def test_an_intent_is_met_alike_whatever_others_are_asked_about(reply):
    read, compiled, other = load_normaliser()(reply), compile_intents(MANY), compile_intents(HOLD_PRICE)
    found = match_intents(read, compiled)
    by_id = {row[0]: row for row in found}
    assert [row[0] for row in found] == sorted(by_id)
    assert {intent.id for intent in compiled if carries(read, intent)} == set(by_id)
    for some in (compiled[:1], compiled[1:], compiled[::2], compiled[1:2]):
        assert match_intents(read, some) == [by_id[intent.id] for intent in some if intent.id in by_id]
    assert match_intents(read, (*other, compiled[0], compiled[2])) == [
        by_id[name] for name in ("hold_price", "gift", "ship") if name in by_id
    ]


LIFE = {"life": Written(({"re": r"(?:5|五)年|质保|45|中码|\d块"},))}


def charged(reply):
    return bool(match_intents(load_normaliser()(reply), compile_intents(LIFE, strict=["life"])))


@pytest.mark.parametrize(
    "reply",
    [
        "不是质保的",
        "这款不是五年",
        "不支持质保",
        "不是中码，是大码",
        "中码会紧",
        "中码太大了",
        "五年是骗您的",
        "质保过期了",
        "中码没有了",
        "145交个朋友",
        "1.45",
        "4500",
        "15年",
        "十五年",
    ],
)
def test_where_points_hang_on_them_patterns_do_not_count_denied_or_within_a_number(reply):
    assert not charged(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "五年质保",
        "统一五年的",
        "没问题，五年呢",
        "不是一年是五年",
        "中码不会紧",
        "中码不太大",
        "不仅质保",
        "中码行不行您试试",
        "拍45的",
        "45，亲",
        "还有4块",
        "14块",
    ],
)
def test_where_points_hang_on_them_patterns_count_otherwise(reply):
    assert charged(reply)


def test_a_pattern_that_begins_with_a_negation_says_what_it_means():
    intent = {"leak": Written(({"re": "(?:不[是在])?翠湖"},))}
    for reply in ("翠湖那边", "不是翠湖那边的"):
        assert match_intents(load_normaliser()(reply), compile_intents(intent, strict=["leak"]))
