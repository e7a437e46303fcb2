"""Lazy and rude agents in words that no story was written for. Good ones: test_every_story."""

import pytest

from .receptions import IDS, SEEDS, names, play

LAZY = [(story, name) for story in IDS for name in names(story, "lazy-outsider-*")]
RUDE = [(story, name) for story in IDS for name in names(story, "rude-outsider-*")]


@pytest.mark.parametrize(("story", "name"), LAZY)
def test_a_lazy_agent_loses_the_buyer(story, name):
    for seed in SEEDS:
        played = play(story, name, seed)
        assert played.end == "lost", seed
        assert played.score.total < 60, seed


@pytest.mark.parametrize(("story", "name"), RUDE)
def test_a_rude_agent_fails(story, name):
    for seed in SEEDS:
        played = play(story, name, seed)
        assert played.end == "lost", seed
        assert played.score.total < 40, seed
