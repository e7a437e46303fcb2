"""The rule files: readable, compiled, tied to labels that exist."""

from __future__ import annotations

import re

import pytest

from kefu_sim.language.literals import END, START, RefusedSyntaxError, required
from kefu_sim.language.prefilter import Prefilter, numbers
from kefu_sim.language.verdict import STEPS
from kefu_sim.rulebook.recogniser import KINDS, load_rules, load_tables

RULES = [rule for name in KINDS for rule in load_rules(name)]


def test_ids_are_unique():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_whole(rule):
    assert rule.any
    assert rule.zh
    assert rule.en
    assert -3 <= rule.strength <= 3
    if rule.kind == "step":
        assert rule.label in STEPS
    for pattern in (*rule.any, *rule.unless, *rule.allow):
        re.compile(pattern)


def test_what_rules_listen_for_exists():
    labels = {rule.label for rule in RULES if rule.kind == "buyer"}
    assert {label for rule in RULES for label in rule.after} <= labels


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("您好", [{"您好"}]),
        ("(?:帮|给)您", [{"帮您", "给您"}]),
        ("帮.{0,4}查", [{"帮"}, {"查"}]),
        ("查?看", [{"查看", "看"}]),
        ("^[大小]码$", [{"^大码$", "^小码$"}]),
        ("a|[^b]", []),
        ("好*", []),
        ("x{2,3}y", [{"x"}, {"y"}]),
        ("(?:退.*钱|补.*差)呀", [{"呀"}, {"退", "补"}, {"钱", "差"}]),
        ("亲(?:$|[,哦])", [{"亲$", "亲,", "亲哦"}]),
        ("^.{2}", []),
    ],
)
def test_what_a_pattern_needs(pattern, needed):
    marked = str.maketrans({"^": START, "$": END})
    assert set(required(pattern)) == {frozenset(word.translate(marked) for word in words) for words in needed}


@pytest.mark.parametrize(
    "pattern", ["(a)", "a)", "(?=a)", "*a", "(?:a", r"\n", r"\pL", "[[:alpha:]]", "[]a]", "a{,3}", "a{"]
)
def test_other_syntax_is_refused(pattern):
    with pytest.raises(RefusedSyntaxError):
        required(pattern)


def test_no_pattern_is_lost_by_looking_at_words_first():
    replies = [
        "您好亲，在的",
        "帮您查一下物流",
        "159包邮哦",
        "不行",
        "您自己看详情",
        "祝您生活愉快",
        "请问您平时穿多大码？",
    ]
    patterns = sorted({pattern for rule in RULES for pattern in rule.any})
    table = Prefilter(patterns)
    read = load_tables().normaliser
    for reply in replies:
        line = read(reply).text
        hits = numbers(table.likely(line))
        for number, pattern in enumerate(patterns):
            if re.search(pattern, line):
                assert number in hits
