"""Laying what was typed against the text: every error is counted once and as what it is."""

import random
import sys
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.drill.align import Aligner, Mark

TEXT = "您好，欢迎光临山声数码，请问有什么可以帮您？"


def typed(target, text, same=None):
    aligner = Aligner(target, same)
    for char in text:
        aligner.push(char)
    return aligner


def fates(aligner):
    t = aligner.tally
    return t.right, t.wrong, t.missed, t.extra


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (0, 0, 0, 0)),
        (TEXT, (22, 0, 0, 0)),
        (TEXT.replace("山", "三"), (21, 1, 0, 0)),
        (TEXT.replace("迎", ""), (21, 0, 1, 0)),
        (TEXT.replace("欢迎光临", ""), (18, 0, 4, 0)),
        (TEXT.replace("请问", "请请问"), (22, 0, 0, 1)),
        (TEXT.replace("数码", "书马"), (20, 2, 0, 0)),
        (TEXT[:9] + "三" + TEXT[10:], (21, 1, 0, 0)),
        ("您好，欢光临", (6, 0, 1, 0)),
    ],
)
def test_each_error_is_one_error(text, expected):
    assert fates(typed(TEXT, text)) == expected


def test_what_lies_ahead_is_not_missed():
    aligner = typed(TEXT, "您好，欢迎")
    assert (aligner.reached, aligner.tally.missed) == (5, 0)


def test_a_missed_line_of_forty_characters_is_seen_as_missed():
    target = "".join(chr(0x4E00 + i) for i in range(200))
    aligner = typed(target, target[:50] + target[90:])
    assert fates(aligner) == (160, 0, 40, 0)
    assert aligner.reached == 200


def test_taking_back_restores_what_was():
    aligner = typed(TEXT, "您好，欢迎观临")
    assert aligner.tally.wrong == 1
    aligner.pop(2)
    assert (aligner.tally.errors, aligner.reached) == (0, 5)
    for char in "光临":
        aligner.push(char)
    assert fates(aligner) == (7, 0, 0, 0)


def test_punctuation_of_the_other_width_is_loose_in_practice_and_wrong_in_an_exam(standards):
    text = TEXT.replace("，", ",").replace("？", "?")
    practice, exam = typed(TEXT, text, standards.folded()), typed(TEXT, text)
    assert (practice.tally.loose, practice.tally.errors) == (3, 0)
    assert (exam.tally.loose, exam.tally.wrong) == (0, 3)


def test_every_character_has_a_mark_of_its_own():
    aligner = typed("abcdef", "aXcef")
    marks = [(c.mark, c.column, c.typed) for c in aligner.cells()]
    assert marks == [
        (Mark.RIGHT, 0, 0), (Mark.WRONG, 1, 1), (Mark.RIGHT, 2, 2), (Mark.MISSED, 3, None), (Mark.RIGHT, 4, 3),
        (Mark.RIGHT, 5, 4),
    ]  # fmt: skip
    assert [(c.mark, c.column) for c in aligner.cells(3, 5)] == [(Mark.MISSED, 3), (Mark.RIGHT, 4)]


def distance_to_prefix(target, text):
    row = list(range(len(target) + 1))
    for i, char in enumerate(text, 1):
        new = [i]
        for j, want in enumerate(target, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (want != char)))
        row = new
    return min(row)


words = st.text("的一是了我不在人们有", max_size=24)


@given(words, st.lists(st.one_of(st.sampled_from("的一是了我不在人们有"), st.integers(1, 5)), max_size=40))
@settings(max_examples=150, deadline=None)
def test_errors_are_the_least_possible_whatever_is_typed_and_taken_back(target, keys):
    aligner, text = Aligner(target), ""
    for key in keys:
        if isinstance(key, int):
            aligner.pop(key)
            text = text[: max(len(text) - key, 0)]
        else:
            aligner.push(key)
            text += key
        tally = aligner.tally
        assert tally.errors == distance_to_prefix(target, text)
        assert tally.right + tally.wrong + tally.extra == len(text)
        assert tally.right + tally.wrong + tally.missed == aligner.reached
        fresh = typed(target, text)
        assert (fresh.tally, list(fresh.cells())) == (tally, list(aligner.cells()))


def lines_run(do):
    """How many lines of Python something takes: the same on every machine."""
    count = 0

    def told(_frame, what, _argument):
        nonlocal count
        count += what == "line"
        return told

    before = sys.gettrace()
    sys.settrace(told)
    try:
        do()
    finally:
        sys.settrace(before)
    return count


def test_a_key_costs_the_same_after_ten_minutes():
    rng = random.Random(1)
    target = "".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(1000))
    aligner = Aligner(target)
    costs = []
    for at, char in enumerate(target):
        key = char if at % 20 else "错"
        if 100 <= at < 140 or at >= 960:
            costs.append(lines_run(partial(aligner.push, key)))
        else:
            aligner.push(key)
    early, late = sum(costs[:40]), sum(costs[40:])
    assert late < early * 1.2
