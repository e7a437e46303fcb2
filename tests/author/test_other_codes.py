"""Every code of verify and soak that a small story can show is shown by its own example, and gone when it is mended."""

import re
from pathlib import Path

import pytest

from kefu_sim.author.codes import load_codes, load_codes_of, load_every_code
from kefu_sim.author.exhaustive import walk_all
from kefu_sim.author.lint import house_rules, lint_text
from kefu_sim.author.soak import Plan, soak
from kefu_sim.author.soak_kit import kit_for
from kefu_sim.author.subjects import subject_of
from kefu_sim.author.transcripts import run_tests
from kefu_sim.author.verify import verify

from .examples import SOUND, completed

ROOT = Path(__file__).parents[2]
WALKED, SCRIPTED = {"NEVER", "TRAP"}, {"TEST", "WORSE"}
HEARD = [code for code in load_codes_of("verify").values() if code.bad]
PLAYED = [code for code in load_codes_of("soak").values() if code.bad]


def heard(piece):
    return {finding.code for finding in verify(subject_of(completed(piece), "sound.yaml")).findings}


def played(piece, code):
    """What the part of soak tells that looks for a code."""
    subject = subject_of(completed(piece), "sound.yaml")
    if code in WALKED:
        return {finding.code for finding in walk_all(subject).findings}
    if code in SCRIPTED:
        return {finding.code for finding in run_tests(subject, subject.program)}
    return {finding.code for finding in soak(subject, kit_for(subject.story), Plan(20)).findings}


def test_nothing_is_heard_wrong_in_the_story_behind_the_examples():
    assert verify(subject_of(SOUND, "sound.yaml")).findings == ()


@pytest.mark.parametrize("code", HEARD, ids=lambda code: code.code)
def test_verify_tells_of_the_bad_example_and_of_nothing_else(code):
    assert heard(code.bad) == {code.code}
    assert heard(code.good) == set()


@pytest.mark.parametrize("code", PLAYED, ids=lambda code: code.code)
def test_soak_tells_of_the_bad_example_and_not_of_the_good_one(code):
    assert code.code in played(code.bad, code.code)
    assert played(code.good, code.code) == set()


@pytest.mark.parametrize("code", [*HEARD, *PLAYED], ids=lambda code: code.code)
def test_lint_has_nothing_against_the_good_example(code):
    assert lint_text(completed(code.good), "sound.yaml", house_rules()) == []


def test_every_code_of_the_tools_is_explained():
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src" / "kefu_sim" / "author").glob("*.py"))
    told = set(re.findall(r'"([A-Z]{4,9})"', source)) - {"READING"}  # a figure of the report, no finding
    assert told == load_every_code().keys() - load_codes().keys()
