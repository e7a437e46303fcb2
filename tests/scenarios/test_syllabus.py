"""Rows of the training syllabus: each one a story claims to play is scored, and handling it badly costs."""

import pytest

from kefu_sim.author.transcripts import MARGIN, SEEDS

from .receptions import IDS, play, program

PAIRS = [
    pytest.param(story, case, id=f"{story}-{case.name}")
    for story in IDS
    for case in program(story).scenario.tests
    if case.worse_than
]


@pytest.mark.parametrize(("story", "case"), PAIRS)
def test_handling_a_row_badly_costs(story, case):
    better = next(other for other in program(story).scenario.tests if other.name == case.worse_than)
    for seed in SEEDS:
        good, bad = play(story, better.turns, seed).score.total, play(story, case.turns, seed).score.total
        assert bad <= good - MARGIN, (seed, good, bad)


@pytest.mark.parametrize("story", IDS)
def test_every_row_a_story_covers_is_shown(story):
    scenario = program(story).scenario
    shown = {row for case in scenario.tests for row in case.rows}
    assert shown == set(scenario.covers)
