"""Patterns of rules: found alike by both engines, however often they are tried."""

import json
import re
from pathlib import Path

import pytest
import re2

from kefu_sim.language.patterns import SHORT, BadPatternError, Finder, PlainText, TextBytes, check_pattern
from kefu_sim.language.tables import OFTEN, LineTable, PatternTable
from kefu_sim.rulebook.normaliser import load_normaliser
from kefu_sim.rulebook.recogniser import KINDS, load_rules

CORPUS = Path(__file__).parents[1] / "corpus"


def sentences(most):
    normalise = load_normaliser()
    for path in sorted(CORPUS.glob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines()[:most]:
            reply = normalise(json.loads(row)["reply"])
            yield from (reply.text[start:end] for start, end in reply.sentences)


def test_every_rule_finds_the_same_in_both_engines():
    rules = [rule for name in KINDS for rule in load_rules(name) if not rule.typed]
    patterns = {pattern for rule in rules for pattern in (*rule.any, *rule.unless, *rule.allow)}
    lines = list(sentences(6))
    found = 0
    for pattern in patterns:
        first, later = re2.compile(pattern), re.compile(pattern, re.ASCII)
        for line in lines:
            spans = [match.span() for match in first.finditer(line)]
            assert spans == [match.span() for match in later.finditer(line)], (pattern, line)
            found += len(spans)
    assert found > 300


def test_a_pattern_tried_often_still_finds_what_it_found_at_first():
    table = LineTable(["包邮(?:哦|呀)?$"])
    spans = [table[0].search("全国包邮哦").span() for _ in range(3 * OFTEN)]
    assert set(spans) == {(2, 5)}
    assert isinstance(table[0], re.Pattern)


ODD = [
    "(包邮|满减)券",
    r"\bvip\b",
    "(?i)SF\\d+",
    "[[:digit:]]{3}",
    r"\x41{2}",
    "[]贵]",
    "便宜(?:点|些)+?",
    r"^亲\s*$",
    "发?货",
]


def test_a_table_finds_whatever_each_pattern_finds_alone():
    table = PatternTable(ODD)
    texts = [
        "满减券",
        "我是vip",
        "sf12345",
        "一共159元",
        "AA级",
        "太贵]了",
        "便宜些些",
        "亲",
        "亲 ",
        "补货",
        "",
        "都没有",
    ]
    for text in texts:
        alone = [n for n, pattern in enumerate(ODD) if re2.search(pattern, text)]
        assert table.hits(TextBytes(text)) == alone, text
    assert {n for text in texts for n in table.hits(TextBytes(text))} == set(range(len(ODD)))


@pytest.mark.parametrize("pattern", [*ODD, r"\b", "贵?", "(?U)便宜.*吧|便宜"])
@pytest.mark.parametrize("length", [0, SHORT])
def test_short_and_long_texts_are_searched_as_re2_searches(pattern, length):
    finder, plain = Finder(pattern), re2.compile(pattern)
    for words in ("vip满减券sf123 SF45", "亲 一共159元，AA级", "便宜点吧，便宜些些吧", "贵]了贵", ""):
        text = words + "。" * length + words
        for given in (text, text.encode()):
            spans = [match.span() for match in plain.finditer(given)]
            assert [match.span() for match in finder.finditer(given)] == spans
            first = finder.search(given)
            assert (first and first.span()) == (spans[0] if spans else None)


@pytest.mark.parametrize(
    "pattern", ["价)(便宜", "价)|(便宜", "?:价", "[[:digit:](])(", "(价", "价)", "[价", "价**", "价\\", r"\Q(\E)("]
)
def test_a_malformed_pattern_is_refused_for_what_re2_finds_in_it(pattern):
    quiet = re2.Options()
    quiet.log_errors = False
    with pytest.raises(re2.error) as alone:
        re2.compile(pattern, quiet)
    with pytest.raises(BadPatternError) as refused:
        check_pattern(pattern)
    kind, _, part = alone.value.args[0].decode().partition(": ")
    assert part in str(refused.value) or (kind == "trailing \\" and "\\" in str(refused.value))


@pytest.mark.parametrize("pattern", [r"\Q价(", r"\Q价)(", "价[)(]", r"价\)\(", "(价)(?:便宜|贵)", "(?i)VIP", "[]价)]"])
def test_brackets_that_are_no_groups_are_taken_as_they_are_meant(pattern):
    check_pattern(pattern)


@pytest.mark.parametrize("pattern", ["价?", "(?:)", "^$", "(价)?(便宜)*", "(?i)"])
def test_what_matches_the_empty_text_is_refused(pattern):
    with pytest.raises(BadPatternError, match=r"empty text|一个字没有"):
        check_pattern(pattern)


def test_plain_words_are_no_pattern_and_are_found_where_they_stand():
    table = PatternTable([PlainText("v.p"), PlainText("亲"), "v.p"])
    assert table.hits(TextBytes("我是vip")) == [2]
    text = TextBytes("亲亲，v.p😀亲")
    assert table.hits(text) == [0, 1, 2]
    assert table.find(1, text) == [(0, 1), (1, 2), (7, 8)]
    assert table.find(1, text, limit=2) == [(0, 1), (1, 2)]
    assert table.find(0, text) == table.find(2, text) == [(3, 6)]
    assert table.hits(text, range(1, 2)) == [1]
