"""Foreign text made safe, and places in it found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.base.text import clean, clean_message, raw_span

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
