"""What people mistype: one finding, where it was typed, and what it advises, done to the letter, leads out."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.author.lint import house_rules, lint_files, lint_text

from .examples import SOUND

RULES = house_rules()
ANSWER = "您好，这款是500毫升的，请问您是自己用还是送人呢？}\n      - {wait: 12"
SLIPS = [
    # right, slip, told in message or mend, what the mend says to write in the slip's place
    ("mood: {init: 60}", "mood：{init: 60}", "write `mood: …`", "mood: {init: 60}"),
    ("add: {mood: 5}", "add: {mood：5}", "write `mood: …`", "add: {mood: 5}"),
    ("add: {mood: 5}", "add: {mood:5}", "no blank after the colon of `mood`", "add: {mood: 5}"),
    ("init: 80", "init: ８０", "write `init: 80`", "init: 80"),
    ("{init: 80, out: lost}", "八十", "write it in digits", "80"),
    ("price: 89,", "price: 89元,", "write `price: 89`", "price: 89,"),
    (
        "{patience: -20}}\n      - {after: 120, goto: lost}\n  order",
        "{patience: －20}}\n      - {after: 120, goto: lost}\n  order",
        "write `patience: -20`",
        "{patience: -20}}\n      - {after: 120, goto: lost}\n  order",
    ),
    ("title: 问容量", "title: #问容量", "a comment, and so `title` is empty", 'title: "#问容量"'),
    (
        "say: " + ANSWER,
        "say: 您好, 这款是500毫升的, 请问您是自己用还是送人呢？}\n      - {wait: 12",
        "cuts the sentence in two",
        'say: "您好, 这款是500毫升的, 请问您是自己用还是送人呢？"}\n      - {wait: 12',
    ),
    (
        "    buyer: [那我拍了 帮我看下, 行 拍一个 没问题吧]",
        "    buyer:\n      - 拍了: 一个 帮我看下\n      - 行 拍一个 没问题吧",
        "make a key of it",
        '    buyer:\n      - "拍了: 一个 帮我看下"\n      - 行 拍一个 没问题吧',
    ),
    ("steps: [问好, 提问, 分析]", "steps: [问好，提问，分析]", "`[问好, 提问, 分析]`", "steps: [问好, 提问, 分析]"),
    ("steps: [问好, 提问, 分析]", "steps: 问好、提问、分析", "`[问好, 提问, 分析]`", "steps: [问好, 提问, 分析]"),
    ("when: 核实 or 告别", "when: 核实or告别", "`核实 or 告别`", "when: 核实 or 告别"),
    ("when: 核实 or 告别", "when: 核实/告别", "`核实 or 告别`", "when: 核实 or 告别"),
    ("title: 送人的", "标题: 送人的", "did you mean `title`?", "title: 送人的"),
    ("start: open", "start: “open”", "type brackets and quotes with the English keyboard", 'start: "open"'),
    ("start: open", "start: open\u200b", "an invisible character (U+200B) stands in `open`", "start: open"),
    ("persona: hesitant", "persona: 犹豫", "did you mean `hesitant`?", "persona: hesitant"),
    ("persona: hesitant", "persona: 犹疑型", "did you mean `hesitant`?", "persona: hesitant"),
    (
        "{init: 80, out: lost}",
        "{init: 80，out: lost}",
        "a Chinese comma ， between two entries",
        "{init: 80, out: lost}",
    ),
    (
        "{when: ask_use, add: {mood: 5}, set",
        "{when: ask_use，add: {mood: 5}， set",
        "a Chinese comma ， between two entries",
        "{when: ask_use, add: {mood: 5}, set",
    ),
    (
        "buyer: [在吗 这个杯子能装多少水, 你好 这保温杯容量多大]",
        'buyer: ["在吗 这个杯子能装多少水"，"你好 这保温杯容量多大"]',
        "a Chinese comma ， between two entries",
        'buyer: ["在吗 这个杯子能装多少水", "你好 这保温杯容量多大"]',
    ),
    ("add: {mood: 5}, set", "add: {mood: 5} set", "no comma before `set`", "add: {mood: 5}, set"),
    (
        "buyer: [那我拍了 帮我看下,",
        "buyer: [[图片] 那我拍了 帮我看下,",
        '"[图片] 那我拍了 帮我看下"',
        'buyer: ["[图片] 那我拍了 帮我看下",',
    ),
    (
        "    buyer: [那我拍了 帮我看下, 行 拍一个 没问题吧]",
        "    buyer:\n      - [图片] 那我拍了\n      - 行 拍一个 没问题吧",
        '"[图片] 那我拍了"',
        '    buyer:\n      - "[图片] 那我拍了"\n      - 行 拍一个 没问题吧',
    ),
    ("title: 送人的保温杯", 'title: "送人"的保温杯', "'\"送人\"的保温杯'", "title: '\"送人\"的保温杯'"),
    ("      - {when: 核实 or", "      {when: 核实 or", "write `- {…}`", "      - {when: 核实 or"),
    (
        "right: [{re: '500|半升'}]",
        "right: [五百毫升、五百, {re: '500|半升'}]",
        "write `五百毫升, 五百`",
        "right: [五百毫升, 五百, {re: '500|半升'}]",
    ),
    (
        "order, sold], end: sold}",
        "order, sold], end: sold, score: 80以上}",
        "write '>= 80'",
        "order, sold], end: sold, score: '>= 80'}",
    ),
    (
        "order, sold], end: sold}",
        "order, sold], end: sold, score: 80}",
        "write for example '>= 80'",
        "order, sold], end: sold, score: '>= 80'}",
    ),
    ("{asked: '== 1'}", "{asked: 等于 1}", "write '== 1'", "{asked: '== 1'}"),
    ("{asked: '== 1'}", "{asked: ＝＝1}", "write '== 1'", "{asked: '== 1'}"),
    (
        "buyer: [送老师的, ",
        "buyer: [!!! 送老师的, ",
        "text cannot begin with `!` → put the text in quotes",
        'buyer: ["!!! 送老师的", ',
    ),
    (
        ", buyer: [送老师的, 给老师买的], goto",
        ", buyer: [], goto",
        "the buyer says nothing here → write what the buyer says, or delete it",
        ", goto",
    ),
]


@pytest.mark.parametrize(("right", "slip", "told", "advised"), SLIPS, ids=[slip[1][:30] for slip in SLIPS])
def test_a_slip_is_told_once_in_its_place_and_its_mend_leads_out(right, slip, told, advised):
    assert right in SOUND
    text = SOUND.replace(right, slip, 1)
    first = text[: text.index(slip)].count("\n") + 1
    [finding] = lint_text(text, "sound.yaml", RULES)
    assert first <= finding.problem.line <= first + slip.count("\n")
    assert told in f"{finding.problem.message} → {finding.problem.fix}"
    assert lint_text(SOUND.replace(right, advised, 1), "sound.yaml", RULES) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("  sold: {", "  成交: {", "write `sold`"), ("  mood: {init", "  心情: {init", "write `mood`")],
)
def test_a_word_that_is_no_name_is_told_what_the_rest_of_the_story_asks_for(old, new, told):
    [finding] = lint_text(SOUND.replace(old, new), "sound.yaml", RULES)
    assert finding.problem.code == "KS024"
    assert told in finding.problem.fix


def test_names_are_listed_with_the_steps_and_the_storys_own_first_and_counted():
    [finding] = lint_text(SOUND.replace("when: 核实 or 告别", "when: 砍价"), "sound.yaml", RULES)
    assert "known: 问好, 提问, 分析, 推荐, 谈判, 帮助, 核实, 告别, ask_use" in finding.problem.fix
    assert " in all)" in finding.problem.fix


def test_what_a_shipped_fragment_asks_for_in_vain_is_told_where_the_story_takes_it_in():
    text = SOUND.replace("always:\n", "use: [{waits-brisk: {goto: lost}}]\nalways:\n").replace(
        "  mood: {init: 60}\n", ""
    )
    line = text[: text.index("use: [")].count("\n") + 1
    told = [f.problem for f in lint_text(text, "sound.yaml", RULES) if "fragment" in f.problem.message]
    assert [(problem.file, problem.line, problem.code) for problem in told] == [("sound.yaml", line, "KS108")]
    assert "waiting.yaml" in told[0].message


@pytest.mark.parametrize(
    ("data", "told", "mend"),
    [
        (SOUND.encode("gbk"), "saved as GBK", "Save as, and choose the encoding UTF-8"),
        (SOUND.encode("utf-16"), "saved as UTF-16", "Save as, and choose the encoding UTF-8"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\xe8", "a document of Word", "copy its text into Notepad"),
        (b"title: \xff\xff\xff", "byte 8 is not UTF-8", "save the file as UTF-8"),
    ],
)
def test_a_file_in_another_encoding_is_told_which_and_how_to_save_it(tmp_path, data, told, mend):
    path = tmp_path / "sound.yaml"
    path.write_bytes(data)
    [finding] = lint_files([path], RULES)
    assert finding.problem.code == "KS013"
    assert told in finding.problem.message
    assert mend in finding.problem.fix


def _moved(line, to):
    return " " * to + line.lstrip()


@pytest.mark.parametrize("by", [-2, -1, 1, 2])
def test_a_line_out_of_line_is_told_once_and_moving_it_as_told_mends_the_story(by):
    lines = SOUND.rstrip("\n").split("\n")
    for at in range(8 + by % 3, len(lines), 3):
        deep = len(lines[at]) - len(lines[at].lstrip()) + by
        text = [*lines[:at], _moved(lines[at], deep), *lines[at + 1 :]]
        found = lint_text("\n".join(text), "sound.yaml", RULES)
        if deep < 0 or not found:  # deeper lines of a list may stand where they like
            continue
        assert len(found) == 1, (at + 1, by, [str(finding) for finding in found])
        told = re.fullmatch(r"indent it by (\d+)( more)? spaces", found[0].problem.fix)
        assert told, (at + 1, by, str(found[0]))
        row = found[0].problem.line - 1
        now = len(text[row]) - len(text[row].lstrip())
        text[row] = _moved(text[row], int(told[1]) + (now if told[2] else 0))
        assert lint_text("\n".join(text), "sound.yaml", RULES) == [], (at + 1, by)


def test_an_empty_row_of_a_list_holds_nothing_that_stands_beside_it():
    broken = SOUND.replace("      - {wait: 8, say:", "      -\n {wait: 8, say:", 1)
    found = lint_text(broken, "sound.yaml", RULES)
    assert "nothing stands behind `turns:`" in " ".join(finding.problem.message for finding in found)


SIGNS = (*"[{]}：，“'\"\t #!|@~&*-", "- ", "? ", "null", "[]", "1e9", "12:30", "谈判", "{re: '('}")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 66), st.integers(0, 60), st.sampled_from(SIGNS)), min_size=1, max_size=4))
def test_a_damaged_story_is_told_what_is_wrong_with_it(slips):
    lines = SOUND.split("\n")
    for row, column, sign in slips:
        lines[row] = lines[row][:column] + sign + lines[row][column + 1 :]
    text = "\n".join(lines)
    for finding in lint_text(text, "sound.yaml", RULES):
        assert finding.problem.message
        assert 0 < finding.problem.line <= len(lines) + 1
