"""Finding a quick reply by a few letters."""

import pytest

from kefu_sim.quick.fill import filled
from kefu_sim.quick.model import QuickBook, QuickReply, book_of
from kefu_sim.quick.search import find, initial_letters

BOOK = book_of(
    [
        ("发货", QuickReply(text="凌晨2点前付款的今天就发，一般2到4天到", key="fh")),
        ("发货", QuickReply(text="同一地址的几单会合成一个包裹发", key="hb")),
        ("安抚", QuickReply(text="换谁遇到都着急，这件事我给您跟到底", key="ba")),
        ("付款", QuickReply(text="到“待付款”里再付一次，不会重复扣款", key="fk2")),
    ]
)
INITIALS = {
    "同一地址的几单会合成一个包裹发": "tydzdjdhhcygbgf",
    "换谁遇到都着急，这件事我给您跟到底": "hsyddzj，zjswgngdd",
    "安抚": "af",
}


def keys(query, initials=None):
    return [hit.reply.key for hit in find(BOOK, query, initials)]


def test_nothing_typed_shows_all_in_their_order():
    assert keys("") == ["fh", "hb", "ba", "fk2"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("fh", "fh"), ("ＦＨ", "fh"), ("fk", "fk2"), ("包裹", "hb"), ("今天就发", "fh"), ("着急", "ba"), ("安抚", "ba"),
        ("重复扣款吗", "fk2"), ("待付款再付一次", "fk2"),
    ],
)  # fmt: skip
def test_code_words_topic_and_something_like_them(query, first):
    assert keys(query)[0] == first


@pytest.mark.parametrize(("query", "first"), [("dzdj", "hb"), ("zjsw", "ba"), ("af", "ba")])
def test_initials_of_the_pinyin(query, first):
    assert keys(query, INITIALS)[0] == first


def test_a_whole_code_comes_before_everything_else():
    book = book_of([("a", QuickReply(text="fh 是发货的意思", key="x")), ("a", QuickReply(text="今天发", key="fh"))])
    assert [hit.reply.key for hit in find(book, "fh")] == ["fh", "x"]


def test_what_fits_nothing_finds_nothing():
    assert keys("zzzz") == []
    assert keys("月球基地") == []


def test_initials_drop_tones_and_keep_marks():
    assert initial_letters(["nín", "hǎo", "，", "ér", "2", "ǚ"]) == "nh，e2u"


@pytest.mark.parametrize(
    ("text", "done", "gaps"),
    [
        ("{昵称}您好", "小鹿您好", []),
        ("{商品}一份，尾号{尾号}", "茶杯一份，尾号{尾号}", ["{尾号}"]),
        ("{不认识}的", "{不认识}的", ["{不认识}"]),
        ("没有变量 { 也没事", "没有变量 { 也没事", []),
    ],
)
def test_variables_are_filled_and_gaps_are_shown(text, done, gaps):
    found = filled(text, {"昵称": "小鹿", "商品": "茶杯", "尾号": ""})
    assert found.text == done
    assert [found.text[a:b] for a, b in found.gaps] == gaps


def test_a_value_that_looks_like_a_variable_is_not_filled_again():
    assert filled("{昵称}您好", {"昵称": "{商品}", "商品": "茶杯"}).text == "{商品}您好"


def test_a_book_keeps_the_order_of_its_groups_and_no_text_twice():
    book = book_of(
        [
            ("a", QuickReply(text="1")),
            ("b", QuickReply(text="2")),
            ("a", QuickReply(text="3")),
            ("b", QuickReply(text="2")),
        ]
    )
    assert [(g.title, [r.text for r in g.replies]) for g in book.groups] == [("a", ["1", "3"]), ("b", ["2"])]
    assert len(QuickBook()) == 0
