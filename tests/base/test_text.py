"""Foreign text made safe, and places in it found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.base.text import clean, clean_message, raw_span, within_clause

MESSY = st.text(st.sampled_from("您好在吗 \n\r\t\x1b\x07\u202e\u2028🙂"), max_size=40)


@given(MESSY, st.data())
def test_places_of_a_cleaned_message_are_found_again_in_what_came(raw, data):
    kept = clean_message(raw)
    start = data.draw(st.integers(0, len(kept)))
    end = data.draw(st.integers(start, len(kept)))
    if start == end:
        return
    a, b = raw_span(raw, start, end)
    assert clean(raw[a:b]) == kept[start:end]


@pytest.mark.parametrize(
    ("raw", "span", "found"),
    [
        ("  您好", (0, 2), (2, 4)),
        ("\x1b您\u202e好", (0, 2), (1, 4)),
        ("一\r\n您好", (2, 4), (3, 5)),
        ("您好", (0, 2), (0, 2)),
    ],
)
def test_each_kind_of_change_is_counted(raw, span, found):
    assert raw_span(raw, *span) == found


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("看到您之前的订单啦，确实是75B", "看到", ("", "看到", "您之前的订单啦")),
        ("亲您好～先别急，我帮您看看咋回事", "您看看咋", ("我帮", "您看看咋", "回事")),
        ("到手12.5元，16:00前发", "5元", ("到手12.", "5元", "")),
        ("啊" * 40 + "好的" + "呀" * 40, "好的", ("", "好的", "呀" * 22)),
        ("您好，亲", "您好，亲", ("", "您好，亲", "")),
    ],
)
def test_words_are_shown_within_their_clause(text: str, words: str, shown: tuple[str, str, str]):
    start = text.index(words)
    assert within_clause(text, start, start + len(words)) == shown
