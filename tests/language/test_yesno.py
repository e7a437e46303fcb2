"""A bare yes or no as an answer to the buyer's question."""

import pytest

from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.yesno import load_yesno


def heard(reply, *asked):
    read = load_normaliser()
    bare = load_yesno().heard(read(reply), [read(line).text for line in asked])
    return bare and (bare.answer, reply[bare.start : bare.end])


FEE = "那刷信用卡要另外加手续费吗"
GREY = "那个B20双肩包灰色还有吗"
CLOSE = "对了 我刚才误拍了一单 你帮我关闭一下"


@pytest.mark.parametrize(
    ("asked", "reply", "answer"),
    [
        (FEE, "要的亲", "yes"),
        (FEE, "不用的亲", "no"),
        (FEE, "您放心，不用的", "no"),
        (FEE, "不用加手续费", "no"),
        (FEE, "手续费不用的", "no"),
        (FEE, "不用不用", "no"),
        (FEE, "會的", "yes"),
        (FEE, "好的，是的亲", "yes"),
        ("顺丰吗", "顺丰的", "yes"),
        (GREY, "没有了哦亲", "no"),
        (GREY, "暂时没有了呢，您看看藏青的？", "no"),
        (GREY, "灰色没有了", "no"),
        (GREY, "有的有的", "yes"),
        ("藏青的 装得下电脑吗", "装得下的", "yes"),
        ("藏青的 装得下电脑吗", "装不下哦", "no"),
        ("现在还算数吗", "算数的", "yes"),
        (CLOSE, "不好意思，这个不行哦", "no"),
        (CLOSE, "关闭不了", "no"),
    ],
)
def test_a_bare_answer_is_heard(asked, reply, answer):
    assert heard(reply, asked)[0] == answer


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        (FEE, "可以帮您查"),
        (FEE, "好的，我看下"),
        (FEE, "不客气"),
        (FEE, "没关系"),
        (FEE, "不清楚"),
        (FEE, "不用担心"),
        (FEE, "可以吗"),
        (FEE, "有吗？"),
        (FEE, "对了，您要开票吗"),
        (GREY, "有什么可以帮您"),
        (GREY, "灰色"),
        (CLOSE, "好的"),
        (CLOSE, "我帮您关闭"),
        ("藏青会不会很闷呀 装得下电脑吗", "不会很闷"),
        (FEE, ""),
        (FEE, "那边的事情" * 200),
        (FEE, "亲哦" * 300 + "某"),
        (FEE, "是的，我理解您的心情"),
        (FEE, "便宜是便宜，不过要另算"),
        (FEE, "不用谢"),
        ("你好 顺丰", "顺丰"),
        ("能不能换", "能不能换"),
    ],
)
def test_whatever_says_something_else_is_none(asked, reply):
    assert heard(reply, asked) is None


def test_its_words_are_shown_as_typed():
    assert heard("您好呀～不 用的 哦", FEE) == ("no", "不")
    assert heard("亲，沒有了喔", GREY) == ("no", "沒有了喔")
