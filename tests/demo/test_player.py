import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.demo.player import SPEEDS, Player

from .test_film import sample


@pytest.fixture
def player(shop):
    room = shop()
    return Player(room.show(room.find("lamp")).film)


def test_it_runs_by_itself_and_stops_to_ask(player):
    late = player.after(10_000)
    assert late.asking is not None
    assert late.frame.beat.text == "在"
    assert late.frame.draft == ""
    assert late.after(10_000) == late  # nobody answers: it waits
    assert late.toggled().after(10_000).frame.beat.text == "推荐这盏，护眼不刺眼"


def test_speed_shortens_the_time(player):
    assert player.faster(1).speed == 1.25
    double = Player(player.film, speed=2.0)
    assert double.after(3).at == 6
    slow = player
    for _ in SPEEDS:
        slow = slow.faster(-1)
    assert slow.speed == SPEEDS[0]


def test_space_stops_and_goes_on(player):
    still = player.after(1).toggled()
    assert still.after(5).at == 1
    assert still.toggled().after(1).at == 2


def test_arrows_go_line_by_line_through_everything_and_back(player):
    seen, here = [], player
    while not here.over:
        here = here.forward()
        seen.append(here.at)
    assert seen == list(player.film.starts[1:-1])
    assert here.forward() == here
    while here.at > 0:
        here = here.back()
    assert here.frame.beat.kind == "title"


def test_stepping_onto_a_question_asks_and_stepping_on_shows_the_answer(player):
    here = player.forward().forward()
    assert here.asking is not None
    shown = here.forward()
    assert shown.asking is None
    assert shown.at == player.film.starts[here.asking + 1]
    assert shown.back().asking is not None  # back again: asks again


def test_after_the_class_has_been_asked_it_goes_on_from_there(player):
    asked = player.after(10_000)
    assert asked.at_beat(asked.asking).toggled().toggled().asking is None


KEYS = st.sampled_from(["forward", "back", "toggled", "restarted", "faster", "slower", "time"])


@settings(deadline=None)
@given(keys=st.lists(KEYS, max_size=60), seconds=st.floats(0, 30))
def test_no_order_of_keys_leaves_the_film(keys, seconds):
    player = Player(sample())
    for key in keys:
        if key == "time":
            player = player.after(seconds)
        elif key in {"faster", "slower"}:
            player = player.faster(1 if key == "faster" else -1)
        else:
            player = getattr(player, key)()
        assert 0 <= player.at <= player.film.seconds
        assert SPEEDS[0] <= player.speed <= SPEEDS[-1]
        if player.asking is not None:
            assert player.film.beats[player.asking].asks
