from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from kefu_sim.base.wrap import NOT_FIRST, NOT_LAST, breaks, cell_width, wrap

TEXT = st.text(st.sampled_from("您好在的，。！？（）“”a b1-9.👍🏽👨‍👩‍👧\u0301ｶ～…—¥ "), max_size=80)


def test_chinese_breaks_anywhere_but_latin_words_stay_whole():
    assert wrap("这款耳机bluetooth很好", 10) == ["这款耳机", "bluetooth", "很好"]


def test_no_line_begins_with_a_stop_or_ends_with_an_opening_bracket():
    assert wrap("您好在的，请问", 8) == ["您好在", "的，请问"]
    assert wrap("好的（包邮）", 6) == ["好的", "（包", "邮）"]


def test_numbers_keep_their_point():
    assert wrap("只要99.90元", 9) == ["只要99.90", "元"]


def test_a_piece_wider_than_the_line_is_cut():
    assert wrap("？" * 7, 6) == ["？？？", "？？？", "？"]
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]


def test_joined_emoji_are_never_torn():
    family = "👨‍👩‍👧‍👦"
    assert wrap(family * 3, 4, cell_len) == [family * 2, family]


def test_line_feeds_begin_new_lines():
    assert wrap("a\n\nb", 10) == ["a", "", "b"]


@given(TEXT, st.integers(2, 30))
def test_nothing_is_lost_and_breaks_rise(text, width):
    cuts = breaks(text, width)
    assert cuts == sorted(set(cuts))
    assert all(0 < cut < len(text) for cut in cuts)


@given(TEXT, st.integers(4, 30))
@example("-1111", 4)
@example("éééééé", 4)
def test_lines_fit(text, width):
    for line in wrap(text, width):
        assert cell_width(line) <= width


@given(st.text(st.sampled_from("您好在，。（“a"), max_size=60), st.integers(12, 30))
def test_kinsoku_holds_wherever_a_line_can_be_broken_elsewhere(text, width):
    lines = wrap(text, width)
    for before, line in pairwise(lines):
        if line and before and line[0] in NOT_FIRST:
            assert cell_width(before) >= width - 2
        if line and before and before[-1] in NOT_LAST:
            assert cell_width(before) >= width - 2
