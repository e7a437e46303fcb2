"""One detour costs the detour alone."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.scoring.order import heaviest_run


def kept(*positions):
    return [positions[i] for i in heaviest_run([(p, 1.0) for p in positions])]


def test_a_flow_in_order_is_kept_whole():
    assert kept(0, 1, 2, 3, 4) == [0, 1, 2, 3, 4]


def test_one_detour_loses_one_step():
    assert kept(0, 3, 1, 2, 4) == [0, 1, 2, 4]


def test_a_reversed_flow_keeps_one_step():
    assert len(kept(4, 3, 2, 1, 0)) == 1


def test_a_step_done_again_in_its_place_counts():
    assert kept(3, 0, 1, 2, 3) == [0, 1, 2, 3]


def test_weight_decides_between_runs_of_equal_length():
    assert heaviest_run([(1, 5.0), (0, 1.0)]) == (0,)


def test_nothing_seen_keeps_nothing():
    assert heaviest_run([]) == ()


@given(st.lists(st.tuples(st.integers(0, 7), st.floats(0, 5)), max_size=30))
def test_the_run_rises_and_stays_in_the_order_of_the_conversation(seen):
    run = heaviest_run(seen)
    assert list(run) == sorted(run)
    positions = [seen[i][0] for i in run]
    assert all(a < b for a, b in itertools.pairwise(positions))
    assert sum(seen[i][1] for i in run) >= max((w for _, w in seen), default=0)
