"""What a story's own transcripts expect is held against what they lead to."""

import pytest

from kefu_sim.author.soak import Plan, soak
from kefu_sim.author.soak_kit import kit_for
from kefu_sim.author.subjects import subject_of
from kefu_sim.author.transcripts import run_tests

from .conftest import CUP

TURNS = """\
      - {wait: 5, say: 您好，欢迎光临暖行～请问杯子是您自己用，还是给家里老人孩子带着呢？}
      - {wait: 12, say: 您放心，这款能保温6小时，早上灌的水放学还是温热的，推荐您选它。}
"""
KEPT = "path: [open, doubt, price, later], visits: price, steps: 问好, reveals: school, end: later, score: '> 0'"


def found(expect, turns=TURNS):
    text = f"{CUP}tests:\n  - name: 好好说\n    turns:\n{turns}    expect: {{{expect}}}\n"
    subject = subject_of(text, "cup.yaml")
    return list(run_tests(subject, subject.program))


def test_a_transcript_that_comes_as_expected_is_silent():
    assert found(KEPT) == []


@pytest.mark.parametrize(
    ("expect", "message", "fix"),
    [
        ("path: [open, price]", "should go open → price, but goes open → doubt → price", "at `open` after “您好"),
        ("path: [open, doubt, price, later, gone]", "→ gone, but goes open", "change `path:`"),
        ("path: [bye]", "should go bye", "change `path:`"),
        ("visits: [price, bye]", "should come by `bye`, but goes open →", "change `visits:`"),
        ("steps: [问好, 告别]", "should be credited with `告别`, but is credited with `", "change `steps:`"),
        ("end: sold", "should end as `sold`, but ends as `later`", "change `end:`"),
        ("score: '>= 99'", "should score >= 99, but scores ", "change `score:`"),
    ],
)  # fmt: skip
def test_each_expectation_that_fails_is_told_at_its_test(expect, message, fix):
    (finding,) = found(expect)
    assert (finding.code, finding.severity) == ("TEST", "error")
    assert finding.line == CUP.count("\n") + 2
    assert "test “好好说”: " in finding.message
    assert message in finding.message
    assert fix in finding.fix


def test_what_does_not_come_out_is_told_with_what_does():
    (finding,) = found("reveals: school", "      - {wait: 5, say: 您好}\n")
    assert "should bring out `school`, but brings out nothing" in finding.message


def test_several_that_fail_in_one_transcript_are_one_finding():
    (finding,) = found("end: sold, visits: bye, score: '> 99'")
    assert all(
        what in finding.message for what in ("should come by `bye`", "should end as `sold`", "should score > 99")
    )


def test_the_message_that_was_not_understood_is_told_with_its_number():
    turns = "      - {wait: 5, say: 您好}\n      - {wait: 12, say: 咕噜咕噜}\n"
    (finding,) = found("path: [open, doubt], end: sold", turns)
    assert "should go open → doubt, but goes " in finding.message
    assert "should end as `sold`" in finding.message
    assert "; message 2 “咕噜咕噜” was not understood at `open`" in finding.message


def test_a_soak_plays_them_whichever_bots_it_is_for():
    text = f"{CUP}tests:\n  - name: 好好说\n    turns:\n{TURNS}    expect: {{end: sold}}\n"
    subject = subject_of(text, "cup.yaml")
    result = soak(subject, kit_for(subject.story), Plan(1, bots=["silent"]))
    assert [finding.code for finding in result.findings] == ["TEST"]
    assert not result.sound
    assert result.coverage.receptions == 1


BETTER = f"  - name: 好好说\n    turns:\n{TURNS}    expect: {{end: later}}\n"


def compared(worse):
    subject = subject_of(f"{CUP}covers: [A026]\ntests:\n{BETTER}{worse}", "cup.yaml")
    return list(run_tests(subject, subject.program))


def test_a_transcript_that_is_worth_less_than_the_better_one_is_silent():
    assert compared("  - {name: 不理人, rows: A026, worse_than: 好好说, expect: {end: lost}}\n") == []


def test_one_that_is_worth_as_much_is_told_at_its_line_with_the_line_of_the_better_one():
    same = BETTER.replace("好好说\n", "一样好\n    rows: A026\n    worse_than: 好好说\n")
    (finding,) = compared(same)
    assert (finding.code, finding.severity) == ("WORSE", "error")
    first = CUP.count("\n") + 3
    assert finding.line == first + same.splitlines().index("    worse_than: 好好说") + BETTER.count("\n")
    assert "test “一样好”: scores " in finding.message
    assert f"“好好说” (line {first})" in finding.message
    assert "A026" in finding.fix


def test_what_cannot_be_played_is_told_once_and_not_compared():
    broken = "  - {name: 乱写, rows: A026, worse_than: 好好说, turns: [{note: 杯刷, order: x}], expect: {end: lost}}\n"
    (finding,) = compared(broken)
    assert finding.code == "TEST"
