"""One slip of a novice is one fault, told where it was made; the rest of the file reads as if it had not been made."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.base.yamlfile import survey_yaml
from kefu_sim.base.yamlmend import read_leniently

SOUND = """\
cards:
  product:
    名称: 按摩仪
    库存: 现货
  policy:
    改价: 不行
nodes:
  open:
    title: 进店
    # 说法
    buyer: [在吗, 你好]
    replies:
      - {when: 问好, goto: price}
      - when: 提问
        goto: price
  price:
    title: 嫌贵
    buyer: [好贵, 贵]
"""


@pytest.mark.parametrize(
    ("right", "slip", "line", "told"),
    [
        ("    title: 进店", "\ttitle: 进店", 9, "tab"),
        ("    库存: 现货", "\t库存: 现货", 4, "tab"),
        ("    title: 进店", "   title: 进店", 9, "indented by 3, while its neighbours are indented by 4"),
        ("    库存: 现货", "      库存: 现货", 4, "indented by 6, while its neighbours are indented by 4"),
        ("  open:", " open:", 8, "indented by 1, while its neighbours are indented by 2"),
        ("    buyer: [在吗", "   buyer: [在吗", 11, "indented by 3, while its neighbours are indented by 4"),
        ("    title: 进店", "    title：进店", 9, "Chinese colon"),
        ("    库存: 现货", "    库存：现货", 4, "Chinese colon"),
        ("    title: 嫌贵", "    title:嫌贵", 17, "no blank after the colon"),
        ("      - {when", "      -{when", 13, "no blank after the `-`"),
        ("    title: 进店", "　　title: 进店", 9, "blanks of the Chinese keyboard"),
        ("      - {when", "\xa0\xa0\xa0\xa0\xa0\xa0- {when", 13, "blanks of the Chinese keyboard"),
        ("    title: 嫌贵", "    title:　嫌贵", 17, "no blank after the colon"),
        ("      - {when", "      -　{when", 13, "no blank after the `-`"),
        ("      - {when", "      — {when", 13, "a Chinese dash"),
        ("  price:", "    price:", 16, "indented by 4, while its neighbours are indented by 2"),
        ("      - when: 提问", "     - when: 提问", 14, "indented by 5, while its neighbours are indented by 6"),
        ("    title: 进店", "  title: 进店", 9, "indented by 2, while its neighbours are indented by 4"),
        ("    title: 进店", "     title: 进店", 9, "indented by 5, while its neighbours are indented by 4"),
        ("  price:", "   price:", 16, "indented by 3, while its neighbours are indented by 2"),
        ("      - {when: 问好", "    - {when: 问好", 13, "indented by 4, while its neighbours are indented by 6"),
        ("    replies:", "   replies:", 12, "indented by 3, while its neighbours are indented by 4"),
    ],
)
def test_one_slip_is_told_once_where_it_was_made(right, slip, line, told):
    assert SOUND.count(right) == 1
    mended = read_leniently(SOUND.replace(right, slip), "x.yaml")
    assert [(problem.line, told in problem.message) for problem in mended.problems] == [(line, True)]
    assert mended.data == read_leniently(SOUND, "x.yaml").data


@pytest.mark.parametrize(
    ("value", "column", "told"),
    [
        ("*98%", 9, "text cannot begin with `*`"),
        ("&a@b", 9, "text cannot begin with `&`"),
        ("%98", 9, "text cannot begin with `%`"),
        ("[满减 #1, 满减 #2]", 13, "what follows ` #` is a comment, and so `[` is not closed"),
        ("[满减, 包邮  # 两样", 9, "`[` is opened here and not closed"),
        ("[满减, 包邮】", 16, "a Chinese bracket or quote 】"),
        ("｛满减: 5, 包邮: 1｝", 9, "a Chinese bracket or quote ｛"),
    ],
)
def test_a_sign_that_yaml_takes_for_its_own_is_named(value, column, told):
    mended = read_leniently(SOUND.replace("库存: 现货", f"库存: {value}"), "x.yaml")
    assert [(p.line, p.column, p.message) for p in mended.problems] == [(4, column, told)]


def test_a_part_that_stands_too_far_out_does_not_swallow_those_below_it():
    more = SOUND + SOUND[SOUND.index("  price:") :].replace("price", "size")
    mended = read_leniently(more.replace("  price:", "price:"), "x.yaml")
    assert [(p.line, p.message) for p in mended.problems] == [
        (16, "indented by 0, while its neighbours are indented by 2")
    ]
    assert mended.data == read_leniently(more, "x.yaml").data


def test_a_list_that_begins_anew_below_another_is_no_part_of_it():
    more = SOUND + "tests:\n    one:\n      say: 您好\n  two:\n      say: 在的\n"
    mended = read_leniently(more, "x.yaml")
    assert [(p.line, p.message) for p in mended.problems] == [
        (22, "indented by 2, while its neighbours are indented by 4")
    ]


def test_an_empty_key_before_one_that_stands_twice_is_left_where_it_is():
    mended = read_leniently(SOUND.replace("    # 说法\n", "    hint:\n    title: 又是进店\n"), "x.yaml")
    assert mended.problems == []
    assert [(p.line, p.code) for p in mended.reader.problems] == [(11, "KS008")]


def test_a_file_indented_by_tabs_throughout_is_told_of_it_once():
    mended = read_leniently(SOUND.replace("  ", "\t"), "x.yaml")
    assert len(mended.problems) == 1
    assert mended.data == read_leniently(SOUND, "x.yaml").data


WHOLE = (Path(__file__).parents[1] / "author" / "cup.yaml").read_text(encoding="utf-8")
SIGNS = (*"[{]}：，“'\"\t \n#!|@%", "- ", "? ", ": ", "&a", "*a")
BREAKS = ("\r", "\r\n", "\x85", "\u2028", "\u2029", "\n---\n")


@given(
    st.integers(0, len(WHOLE)),
    st.integers(0, 1500),
    st.lists(st.tuples(st.integers(0, 1500), st.sampled_from(SIGNS + BREAKS), st.booleans()), max_size=3),
)
def test_whatever_is_wrong_with_a_text_is_told(begin, length, slips):
    text = WHOLE[begin : begin + length]
    for at, sign, instead in slips:
        text = text[:at] + sign + text[at + instead :]
    survey = survey_yaml(text, "cup.yaml")
    assert survey.file is not None or survey.problems
    assert all(0 < problem.line <= len(text) + 1 and problem.column > 0 for problem in survey.problems)


@pytest.mark.parametrize("mark", ["\r", "\r\n", "\x85", "\u2028"])
def test_a_line_ends_where_yaml_ends_it(mark):
    text = mark.join(["id: cup", "title: 杯子", "shop: {name: 店", "start: open"])
    assert [(problem.line, problem.code) for problem in survey_yaml(text, "cup.yaml").problems] == [(3, "KS001")]
