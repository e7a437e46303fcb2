"""Patterns of rules: found alike by both engines, however often they are tried."""

import json
import re
from pathlib import Path

import re2

from kefu_sim.language.patterns import OFTEN, LineTable
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
