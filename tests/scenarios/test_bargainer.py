"""别家同款才139, played from transcripts: middling and bad agents, and every trap. Good ones: test_every_story."""

from functools import partial

import pytest

from .receptions import play

play = partial(play, "bargainer")


@pytest.mark.parametrize("name", ["middling-polite", "middling-plain", "middling-early-goodbye"])
def test_a_polite_agent_who_skips_steps_ends_in_the_middle(name):
    played = play(name)
    assert played.ending in {"self_close", "later"}
    assert 40 <= played.score.total < 80


@pytest.mark.parametrize("name", ["lazy-one-word", "lazy-refusing", "lazy-yes-dear"])
def test_a_lazy_agent_loses_the_buyer(name):
    played = play(name)
    assert played.end == "lost"
    assert played.score.total < 60


@pytest.mark.parametrize("name", ["rude-at-once", "rude-later"])
def test_rudeness_ends_it(name):
    played = play(name)
    assert played.ending == "walk"
    assert len(played.path) <= 3
    assert played.score.total < 40


def test_silence_is_nudged_and_then_left():
    played = play("silent")
    assert played.path == ["open", "walk"]
    assert played.score.total <= 10


@pytest.mark.parametrize(
    ("name", "through", "ending"),
    [
        ("overpromise", "pinned", "walk"),
        ("overpromise-mended", "pinned", "won"),
        ("off-platform", "private", "offsite"),
        ("below-floor", "broken", "fooled"),
        ("slander", "compare", "walk"),
        ("lowest-claim", "compare", "walk"),
    ],
)
def test_every_trap_has_its_price(name, through, ending):
    played = play(name)
    assert through in played.path
    assert played.ending == ending
    assert played.score.total < 85


def test_piled_up_keywords_buy_nothing():
    played = play("stuffer")
    assert played.end == "lost"
    assert played.score.total <= 40


def test_the_hidden_need_stays_hidden_unless_asked():
    assert "use" not in play("middling-polite").revealed
