"""One text more in a list, and not a byte elsewhere."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.base.yamladd import add_entry, add_item
from kefu_sim.base.yamlfile import read_yaml
from kefu_sim.base.yamlread import CONTROL

PATH = ("intents", "who", "say")
NOT = ("intents", "who", "not")

FLOW = "intents:   # 意思\n  who: {any: [谁用], say: [谁用呀,  给谁]}  # 问用途\n  other: {any: [嗯]}\n"
LINES = """\
intents:
  who:
    any: [谁用]
    say:
      # 常见的
      - 谁用呀   # 最多
      - '给谁: 用'

      # 下面是别的

  other:
    any: [嗯]
"""


def lines_added(before, after):
    delta = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [d[2:] for d in delta if d[0] == "+"], [d[2:] for d in delta if d[0] == "-"]


def test_into_a_list_on_one_line():
    assert add_item(FLOW, PATH, "您给谁买") == FLOW.replace("给谁]", "给谁, 您给谁买]")


def test_below_the_last_line_of_a_list_its_comments_kept():
    assert lines_added(LINES, add_item(LINES, PATH, "您给谁买")) == (["      - 您给谁买"], [])
    assert "      - '给谁: 用'\n      - 您给谁买\n\n      # 下面是别的" in add_item(LINES, PATH, "您给谁买")


def test_a_list_that_is_missing_is_made():
    assert lines_added(LINES, add_item(LINES, NOT, "谁知道")) == (["    not: [谁知道]"], [])
    assert add_item(FLOW, NOT, "谁知道") == FLOW.replace("给谁]}", "给谁], not: [谁知道]}")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("say:", "say: [新的]"),
        ("say:   # 还没有", "say: [新的]   # 还没有"),
        ("say: []", "say: [新的]"),
        ("say: 谁用呀  # 一句", "say: [谁用呀, 新的]  # 一句"),
        ("say: [谁用呀,]", "say: [谁用呀, 新的,]"),
        ("say: ['谁用, 呀',  # 甲\n     给谁   # 乙\n    ]", "say: ['谁用, 呀',  # 甲\n     给谁, 新的   # 乙\n    ]"),
        ("say:\n    - 谁用呀\n    - 给谁", "say:\n    - 谁用呀\n    - 给谁\n    - 新的"),
        ("say:\n      - |\n        谁用呀\n\n    # 完", "say:\n      - |\n        谁用呀\n      - 新的\n\n    # 完"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "", "\n\n# 尾巴\n"])
def test_every_way_to_write_a_list(written, wanted, end):
    head = "intents:\n  who:\n    any: [谁用]\n    "
    assert add_item(head + written + end, PATH, "新的") == head + wanted + end


def test_a_line_that_would_grow_too_long_is_broken():
    text = FLOW.replace("谁用呀", "谁用呀" * 30).replace("  # 问用途", "")
    told = add_item(text, PATH, "您是自己用还是送人呢")
    assert max(map(len, told.splitlines())) == max(map(len, text.splitlines())) - len("]}") + 1
    assert read_yaml(told, "").data["intents"]["who"]["say"][-1] == "您是自己用还是送人呢"


@pytest.mark.parametrize(
    "text", ["a: b: c", "#1号", "x, y", "- 好", "[图片]", "yes", "12:30", "007", "'", '"', "{a}", "*星", " 空 "]
)
def test_what_yaml_would_take_for_something_else_is_put_in_quotes(text):
    for source in (FLOW, LINES):
        assert read_yaml(add_item(source, PATH, text), "").data["intents"]["who"]["say"][-1] == text


@pytest.mark.parametrize(
    "path", [("intents", "nobody", "say"), ("nothing", "who", "say"), ("intents", "who", "any", "say")]
)
def test_a_place_that_is_not_there_is_told(path):
    with pytest.raises(LookupError):
        add_item(FLOW, path, "新的")


BREAKS = set("\r\x85\u2028\u2029\ufeff\ufffe\uffff")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn"))).filter(
    lambda text: text.strip() and not CONTROL.search(text) and not BREAKS & set(text)
)
FILES = (FLOW, LINES, FLOW.replace("\n", "\r\n"), LINES.replace("\n", "\r\n"))


@given(TEXTS, st.sampled_from(FILES), st.sampled_from((PATH, NOT)))
def test_any_text_reads_back_and_nothing_else_changes(text, source, path):
    told = add_item(source, path, text)
    before, after = read_yaml(source, "").data, read_yaml(told, "").data
    assert after["intents"]["who"].pop(path[-1])[-1] == text
    before["intents"]["who"].pop(path[-1], None)
    assert after == before
    at = next((i for i, (a, b) in enumerate(zip(source, told, strict=False)) if a != b), len(source))
    rest = len(source) - at
    assert told.startswith(source[:at])
    assert told.endswith(source[len(source) - rest :])
    assert [line for line in source.splitlines() if "#" in line and "who" not in line] == [
        line for line in told.splitlines() if line in source.splitlines() and "#" in line and "who" not in line
    ]


ENTRY = ("intents", "gift", "say")
EXTENDS = {"extends": True}


def test_an_entry_that_is_missing_is_made_below_the_others():
    made = "  gift: {extends: true, say: [送个小的]}"
    assert lines_added(LINES, add_entry(LINES, ENTRY, EXTENDS, "送个小的")) == ([made], [])
    assert add_entry(LINES, ENTRY, EXTENDS, "送个小的").endswith("    any: [嗯]\n" + made + "\n")
    assert lines_added(FLOW, add_entry(FLOW, ENTRY, EXTENDS, "送个小的")) == ([made], [])


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            "title: 杯子  # 名字\n# 尾\n",
            "title: 杯子  # 名字\nintents:\n  gift: {extends: true, say: [送: 一]}\n# 尾\n",
        ),
        ("title: 杯子\r\n", "title: 杯子\r\nintents:\r\n  gift: {extends: true, say: [送: 一]}\r\n"),
        ("intents:  # 空\nb: 1\n", "intents: {gift: {extends: true, say: [送: 一]}}  # 空\nb: 1\n"),
        ("intents: {}  # 空\n", "intents: {gift: {extends: true, say: [送: 一]}}  # 空\n"),
        ("intents: {a: {any: [b]}}\n", "intents: {a: {any: [b]}, gift: {extends: true, say: [送: 一]}}\n"),
    ],
)
def test_an_entry_is_made_wherever_there_is_room_for_it(written, wanted):
    wanted = wanted.replace("送: 一", "'送: 一'")
    assert add_entry(written, ENTRY, EXTENDS, "送: 一") == wanted


@pytest.mark.parametrize("written", ["intents: [a]\n", "intents: 嗯\n", "intents: {gift: {any: [b]}}\n", "- a\n"])
def test_where_no_entry_can_be_made_nothing_is(written):
    with pytest.raises(LookupError):
        add_entry(written, ENTRY, EXTENDS, "送")
