"""Every shipped story passes the author tools: its samples are understood, bots meet every place, scores are fair."""

from functools import lru_cache

import pytest

from kefu_sim.author.fairness import examine
from kefu_sim.author.soak import Plan, soak
from kefu_sim.author.soak_kit import kit_for
from kefu_sim.author.subjects import read_subject
from kefu_sim.author.verify import verify
from kefu_sim.scenario.library import shipped_folder

FILES = sorted(shipped_folder().glob("*.yaml"))


def every_story(test):
    """Once for each story; one worker does all that concerns a story, and remembers what its bots say and hear."""
    each = [pytest.param(path, id=path.stem, marks=pytest.mark.xdist_group(path.stem)) for path in FILES]
    return pytest.mark.parametrize("path", each)(test)


@lru_cache(1)
def story(path):
    """A story, and what bots know of it."""
    subject = read_subject(path)
    return subject, kit_for(subject.story)


@every_story
def test_it_understands_its_own_samples_and_its_model_answers_may_be_followed(path):
    assert [str(finding) for finding in verify(story(path)[0]).findings] == []


@every_story
def test_bots_come_by_every_place(path):
    assert [str(finding) for finding in soak(*story(path), Plan(60)).findings] == []


@every_story
def test_it_is_fair(path):
    found = examine(*story(path), receptions=3)
    assert found.fair, [str(finding) for finding in found.findings]
    assert {"STEP", "POLITE", "LENGTH"} <= set(found.asked)
