"""Which points moved between two ledgers: nothing is lost on the way, like goes with like."""

from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.progress.moved import moves
from kefu_sim.scoring.ledger import Phrase, Place, Row


def row(rule, points, turn=None, topic=""):
    return Row(rule, points, Phrase(rule, rule), 4.0, Place(turn), topic=Phrase(topic, topic))


ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["step.done", "step.missing", "tone.plain", "tone.warm", "outcome"]),
        st.sampled_from([-3.0, 0.0, 0.5, 4.0]),
        st.sampled_from([None, 1, 3]),
        st.sampled_from(["", "问好", "提问"]),
    ),
    max_size=12,
)


@given(ROWS, ROWS)
def test_the_moves_add_up_to_the_difference(old, new):
    difference = sum(r.points for r in new) - sum(r.points for r in old)
    assert sum(move.by for move in moves(old, new)) == difference


@given(ROWS)
def test_a_ledger_does_not_differ_from_itself(rows):
    assert moves(rows, rows) == []


def told(old, new):
    return [(m.by, m.old and m.old.rule, m.new and m.new.rule) for m in moves(old, new)]


def test_a_missing_step_that_is_now_done_is_one_move():
    assert told([row("step.missing", 0.0, 2, "问好")], [row("step.done", 4.0, 1, "问好")]) == [
        (4.0, "step.missing", "step.done")
    ]


def test_a_reply_is_held_against_the_same_reply():
    old = [row("tone.plain", 0.5, 1), row("tone.plain", 0.5, 3)]
    new = [row("tone.warm", 4.0, 3), row("tone.plain", 0.5, 1)]
    assert told(old, new) == [(3.5, "tone.plain", "tone.warm")]


def test_what_has_no_like_stands_alone_and_the_largest_comes_first():
    assert told([row("outcome", 1.0)], [row("help", -3.0)]) == [(-3.0, None, "help"), (-1.0, "outcome", None)]
