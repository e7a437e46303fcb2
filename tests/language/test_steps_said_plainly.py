"""Steps said in a few plain words, and words that only sound like a step."""

from __future__ import annotations

import pytest

from kefu_sim.rulebook.recogniser import load_recogniser

SEE = load_recogniser().recognise


def steps(reply, *asked):
    return set(map(str, SEE(reply, [f"买家：{line}" for line in asked]).steps))


def shown(reply, label, asked):
    found = SEE(reply, ["客服：您好，在的", f"买家：{asked}"])
    return [reply[e.start : e.end] for e in found.evidence if e.label == label]


@pytest.mark.parametrize(
    "reply",
    [
        "有什么能帮到您的",
        "有什么可以帮到您",
        "有啥可以帮您",
        "有什么需要帮忙的吗",
        "请问有什么需要",
        "亲，有什么需要帮忙的",
        "您请说",
        "亲，我在",
        "我在呢亲",
    ],
)
def test_an_offer_that_answers_a_call_greets(reply):
    assert "问好" in steps(reply, "在吗")
    assert SEE(reply, ["买家：在吗"]).politeness >= 0


@pytest.mark.parametrize("reply", ["在", "说", "有事说事", "有什么事直说", "有什么好问的", "什么事"])
def test_a_cold_answer_to_a_call_greets_nobody(reply):
    assert "问好" not in steps(reply, "在吗")
    assert SEE(reply, ["买家：在吗"]).politeness < 0


def test_an_offer_does_not_greet_who_is_furious():
    assert "问好" not in steps("有什么可以帮您", "在吗", "你们这什么破店，气死我了")


@pytest.mark.parametrize(
    "reply", ["按脖子还是按腰", "按脖子还是按腰呢", "要按脖子的还是按腰的", "您是要退还是要换", "热敷还是不热敷"]
)
def test_two_cases_named_side_by_side_are_a_question(reply):
    assert "提问" in steps(reply, "给我妈买个按摩仪")


@pytest.mark.parametrize("reply", ["还是按原价", "按您说的还是按规定来吧", "两个都行还是看您喜欢", "贵还是有贵的道理"])
def test_still_is_none(reply):
    assert "提问" not in steps(reply, "给我妈买个按摩仪")


@pytest.mark.parametrize(
    ("asked", "reply", "step"),
    [
        ("衣服破了 气死我了", "我给您鞠躬了", "谈判"),
        ("会起球吗", "几乎没有", "提问"),
        ("我让备注的写了吗", "抱歉，没给您备注上", "帮助"),
        ("159太贵了 120行不行", "140的话我要亏钱的", "推荐"),
    ],
)
def test_words_that_only_sound_like_a_step(asked, reply, step):
    assert step not in steps(reply, asked)


@pytest.mark.parametrize(
    ("asked", "reply", "step"),
    [
        ("衣服破了 气死我了", "给您鞠躬了，这件给您补20元", "谈判"),
        ("想买个锅", "几乎天天用吗，家里几口人呀", "提问"),
        ("我让备注的写了吗", "抱歉，没给您备注上，我马上给您补上备注", "帮助"),
    ],
)
def test_the_same_words_beside_the_step_itself(asked, reply, step):
    assert step in steps(reply, asked)


def test_what_is_denied_is_shown_with_its_no():
    assert shown("不求五星，您用着好就行", "告别", "好的") == ["不求五星"]
