"""One spelling for many, each character tied to the reply as typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.language.normalise import MAX_CHARACTERS
from kefu_sim.rulebook.normaliser import load_normaliser

TYPED = st.text(
    alphabet=st.one_of(
        st.sampled_from("您好亲在的，。！？~～… 　[微笑]#E-s12😊٩(ˊᗜˋ)و請妳麼ＡＢＣxiexie\u200b\n"), st.characters()
    )
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("您好，在的～", "您好,在的"),
        ("親，請問妳要麼？😊", "亲,请问你要么?"),
        ("ＡＢＣ１２３！！！", "abc123"),
        ("亲[微笑] 稍等哦#E-s[数字x]#E-s[数字x]", "亲~ 稍等哦"),
        ("hello 亲 xiexie", "您好 亲 谢谢"),
        ("好好好好好好好好", "好好好"),
        ("您的 [订单x] 这单", "您的 [订单x] 这单"),
        ("不好意四哈", "不好意思哈"),
    ],
)
def test_many_spellings_are_read_alike(typed, read):
    assert load_normaliser()(typed).text == read


@pytest.mark.parametrize("typed", ["", "   ", "😊😊", "。。。", "~～", "[微笑]", "\u200b", "\ud800"])
def test_nothing_but_marks_reads_as_nothing(typed):
    seen = load_normaliser()(typed)
    assert seen.text == ""
    assert seen.sentences == ()


def test_ranges_lead_back_to_the_reply_as_typed():
    typed = "  親～xiexie您，這款已經是活動價了哦[微笑]"
    seen = load_normaliser()(typed)
    at = seen.text.index("活动价")
    start, end = seen.span(at, at + 3)
    assert typed[start:end] == "活動價"
    at = seen.text.index("谢谢")
    start, end = seen.span(at, at + 2)
    assert typed[start:end] == "xiexie"


def test_tone_marks_are_counted():
    marks = load_normaliser()("您好！！在吗？😊～…").marks
    assert (marks.faces, marks.exclamations, marks.questions, marks.ellipses) == (1, 2, 1, 1)


@settings(max_examples=200, deadline=None)
@given(TYPED)
def test_every_character_has_a_range_inside_the_reply(typed):
    seen = load_normaliser()(typed)
    assert len(seen.starts) == len(seen.ends) == len(seen.text)
    for start, end in zip(seen.starts, seen.ends, strict=True):
        assert 0 <= start < end <= len(typed)
    assert all(a <= b for a, b in zip(seen.starts, list(seen.starts)[1:], strict=False))
    for a, b in seen.sentences:
        assert 0 <= a < b <= len(seen.text)


@pytest.mark.parametrize("piece", ["好", "[a", "(", "~ ", "/一", "#E-", "…", "a ", "^"])
def test_only_the_beginning_of_a_huge_reply_is_read(piece):
    seen = load_normaliser()(piece * 200_000)
    assert len(seen.text) <= MAX_CHARACTERS


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("您好，那个就是说这个这个", "您好"),
        ("您看这款呢，那個就是說這樣的一個情況，加厚的。", "您看这款呢,加厚的"),
        ("怎么说呢其实，这款有货", "这款有货"),
        ("就是这个，您拍就行", "就是这个,您拍就行"),
        ("嗯，然后呢", "嗯,然后呢"),
        ("其实这个？", "其实这个?"),
        ("其实这个", "其实这个"),
    ],
)
def test_a_clause_of_filler_words_says_nothing(typed, read):
    assert load_normaliser()(typed).text == read
