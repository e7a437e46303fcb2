"""我再考虑一下, played from transcripts: middling and bad agents, and every trap. Good ones: test_every_story."""

from functools import partial

import pytest

from kefu_sim.scenario.labels import STEP_NAMES

from .receptions import SEEDS, play

play = partial(play, "think-it-over")


@pytest.mark.parametrize("name", ["good-formal", "good-warm", "good-double", "good-two-questions"])
def test_both_hidden_doubts_come_out_when_she_is_asked(name):
    played = play(name)
    assert played.revealed == {"counter", "night"}
    assert played.steps >= STEP_NAMES - {"分析", "推荐"}


@pytest.mark.parametrize(
    ("name", "ends", "low", "high"),
    [
        ("later-follow-up", {"later_warm"}, 70, 95),
        ("no-farewell", {"sold_plain"}, 60, 84),
        ("mid-polite", {"later_cold"}, 45, 84),
        ("mid-no-numbers", {"later_cold"}, 40, 84),
        ("mid-terse", {"sold_plain", "later_cold"}, 30, 70),
        ("urger-sorry", {"sold_happy"}, 60, 100),
        ("under-floor", {"later_cold", "lost_cold"}, 0, 65),
        ("lazy-one-word", {"lost_cold"}, 0, 59),
        ("lazy-dismissive", {"lost_cold"}, 0, 59),
        ("no-words", {"lost_cold"}, 0, 40),
        ("silent", {"lost_cold"}, 0, 10),
        ("silent-midway", {"lost_cold"}, 0, 59),
        ("rude-opening", {"lost_rude"}, 0, 59),
        ("rude-later", {"lost_rude"}, 0, 59),
        ("rival-abuse", {"lost_rude", "lost_push", "lost_cold"}, 0, 59),
        ("urger", {"lost_push"}, 0, 59),
        ("overpromise", {"lost_cold", "lost_push", "later_cold"}, 0, 65),
        ("offplatform", {"lost_push"}, 0, 10),
        ("offplatform-late", {"lost_cold", "later_cold"}, 0, 10),
        ("stuffer", {"lost_cold", "later_cold"}, 0, 40),
    ],
)
def test_other_agents_get_what_they_deserve(name, ends, low, high):
    for seed in SEEDS:
        played = play(name, seed)
        assert played.ending in ends
        assert low <= played.score.total <= high, (seed, played.score.total)


def test_a_first_push_is_forgiven_when_the_agent_backs_off():
    path = play("urger-sorry").path
    assert path.index("pushed") < path.index("size") < path.index("paid")


def test_numbers_given_early_are_remembered():
    path = play("good-facts-early").path
    assert "size" not in path
    assert "noise" not in path


def test_wrong_figures_are_noticed():
    assert any("27" in line for line in play("overpromise").lines)


def test_wordings_vary_with_the_seed():
    assert len({tuple(play("good-formal", seed).lines) for seed in SEEDS}) > 1
