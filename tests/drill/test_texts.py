"""What is typed: grades, foreign texts made fit, drills of phrases."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.base.draws import seeded
from kefu_sim.base.errors import BadFileError, KefuError
from kefu_sim.base.wrap import cell_width
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.drill import texts
from kefu_sim.rulebook.drill import load_bank, load_standards
from kefu_sim.rulebook.texts import TextFile
from kefu_sim.scenario.load import validate


def test_the_bank_holds_three_hundred_sentences_of_every_part_length_and_difficulty():
    bank = load_bank()
    assert len(bank) >= 300
    assert len({s.text for s in bank}) == len(bank)
    for part in ("问好", "提问", "分析", "推荐", "谈判", "帮助", "核实", "告别", "售后"):
        assert len([s for s in bank if s.part == part]) >= 30
    assert {s.length for s in bank} == set(texts.LENGTHS)
    assert {s.difficulty for s in bank} == set(texts.DIFFICULTIES)


def test_every_sentence_of_the_bank_can_be_typed_and_drawn():
    lines, lost = texts.fit("\n".join(s.text for s in load_bank()))
    assert lost == 0
    assert list(lines) == [s.text for s in load_bank()]


@pytest.mark.parametrize(
    ("text", "length", "difficulty"),
    [
        ("您好，在的。", "short", 1),
        ("您好，请问有什么可以帮您解决的问题吗？", "medium", 1),
        ("退款预计1到3天到账，会原路退回您的卡里。", "medium", 2),
        ("M码肩宽42，够用。", "short", 3),
    ],
)
def test_sentences_are_graded_by_length_and_difficulty(text, length, difficulty):
    found = texts.graded(text, "问好", load_standards())
    assert (found.length, found.difficulty) == (length, difficulty)


def test_rare_characters_are_harder_than_common_ones():
    standards = load_standards()
    assert texts.typing_cost("踟蹰", standards) > texts.typing_cost("犹豫", standards) == 0


def test_a_foreign_text_is_cleaned_and_what_was_left_out_is_counted():
    foreign = "您好\x1b，欢迎\u3000光临！\r\n\r\n  第二行\t有 制表符，也 有\u202e方向符😀  \n第三行没有什么要去掉的"
    lines, lost = texts.fit(foreign)
    assert lines == ("您好，欢迎 光临！", "第二行 有 制表符，也 有方向符", "第三行没有什么要去掉的")
    assert lost == 3


@pytest.mark.parametrize("text", ["", " \n\t\n", "\x00\x07", "😀😀😀", "\ue000好"])
def test_a_text_without_words_or_with_too_few_is_refused(text):
    with pytest.raises(KefuError):
        texts.fit(text)


def test_composed_letters_stay_and_loose_accents_go():
    assert texts.fit("cafe\u0301 and more words here") == (("café and more words here",), 0)
    assert texts.fit("q\u0301 and many more words than that")[1] == 1


def test_lines_are_joined_with_a_space_between_words_only():
    assert texts.joined(["good day", "to you", "您好", "在的"]) == ("good day to you您好在的", (0, 9, 15, 17))


def test_a_text_of_one_long_line_is_cut():
    text, starts = texts.joined(["长" * 9000])
    assert (len(text), starts) == (texts.LONGEST_TEXT, (0,))


def test_a_long_line_after_a_short_one_is_cut_at_a_mark_and_not_left_out():
    paragraph = "七天之内，商品完好的可以退货。" * 20
    text, starts = texts.joined(["退换货规则", paragraph], 200)
    assert starts == (0, 5)
    assert text.startswith("退换货规则七天之内")
    assert 190 <= len(text) <= 200
    assert text[-1] in "，。"


def test_a_line_beyond_a_text_that_is_long_enough_is_left_out():
    assert texts.joined(["长" * 80, "短" * 30], 100) == ("长" * 80, (0,))


def test_sentences_are_chosen_by_kind_and_by_seed():
    bank = load_bank()
    kind = texts.Wanted("售后", "short", 1)
    first = texts.chosen(bank, kind, 200, seeded(1))
    assert first == texts.chosen(bank, kind, 200, seeded(1))
    assert first != texts.chosen(bank, kind, 200, seeded(2))
    known = {s.text: s for s in bank}
    assert all(kind.takes(known[text]) for text in first)
    assert sum(map(len, first)) >= 200


def test_a_drill_of_phrases_holds_each_of_them_in_a_sentence():
    lines = texts.around(
        [("请问", ""), ("退款", ""), ("没有的词组", "这里有没有的词组吗？")], load_bank(), 120, seeded(1)
    )
    assert all(any(words in line for line in lines) for words in ("请问", "退款", "没有的词组"))
    assert "这里有没有的词组吗？" in lines


@pytest.mark.parametrize(
    "text",
    [
        "part: 问好",
        "part: 闲聊\nsentences: [您好欢迎光临]",
        "part: 问好\nsentences: [短]",
        "part: 问好\nsentences: [您好在的呢]\nx: 1",
    ],
)
def test_a_broken_file_of_sentences_is_refused_with_its_place(text):
    with pytest.raises(BadFileError, match=r"greet\.yaml:"):
        validate(read_yaml(text, "greet.yaml"), TextFile)


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("运费有点高，我理解，凑满两件的话，系统会自动免。", "运费有点高，我理解，/凑满两件的话，/系统会自动免。"),
        ("他说“现在就要，今天到。”麻烦您快一点发货好不好", "他说“现在就要，今天到。”/麻烦您快一点发货好不好"),
        ("今天拍下，明天上午十点前能发货吗？", "今天拍下，明天上午十点前能/发货吗？"),
        ("It ships today, and reaches you on Friday.", "It ships today, and /reaches you on Friday."),
        ("一二三四五六七八九十一二三四五", "一二三四五六七八九十一二三/四五"),
        ("短", "短"),
    ],
)  # fmt: skip
def test_a_line_is_cut_behind_a_mark_where_it_can_be(line, pieces):
    edges = [0, *texts.cuts(line, 26), len(line)]
    assert "/".join(line[a:b] for a, b in pairwise(edges)) == pieces


@given(st.text("您好在a b，。“”（）12", max_size=120), st.integers(4, 40))
def test_pieces_fit_and_nothing_is_lost(line, width):
    edges = [0, *texts.cuts(line, width), len(line)]
    assert edges == sorted(set(edges)) or not line
    assert all(cell_width(line[a:b].rstrip()) <= width for a, b in pairwise(edges))
