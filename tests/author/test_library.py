"""Every shipped story passes the author tools: its samples are understood, bots meet every place, scores are fair."""

import pytest

from kefu_sim.author.fairness import examine
from kefu_sim.author.soak import Plan, soak
from kefu_sim.author.soak_kit import kit_for
from kefu_sim.author.subjects import read_subject
from kefu_sim.author.verify import verify
from kefu_sim.scenario.library import shipped_folder

FILES = sorted(shipped_folder().glob("*.yaml"))


def every_story(test):
    return pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)(test)


@every_story
def test_it_understands_its_own_samples(path):
    found = verify(read_subject(path)).findings
    assert [str(finding) for finding in found if finding.severity == "error"] == []


@every_story
def test_bots_come_by_every_place(path):
    subject = read_subject(path)
    assert [str(finding) for finding in soak(subject, kit_for(subject.story), Plan(100)).findings] == []


@every_story
def test_it_is_fair(path):
    subject = read_subject(path)
    found = examine(subject, kit_for(subject.story), receptions=3)
    assert found.fair, [str(finding) for finding in found.findings]
    assert {"STEP", "POLITE", "LENGTH"} <= set(found.asked)
