"""Rounds are counted exactly as domain B.2 says."""

from kefu_sim.scoring.metrics import measure, rounds_of
from kefu_sim.scoring.transcript import Turn


def buyer(t, text="在吗", **more):
    return Turn("buyer", t, text, **more)


def agent(t, text="您好", **more):
    return Turn("agent", t, text, **more)


def clock(text):
    hours, minutes, seconds = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def within_180(turns):
    metrics = measure(turns)
    return metrics.rounds_within_180s, metrics.rounds


FIRST = (buyer(clock("10:00:00")), buyer(clock("10:00:05")), agent(clock("10:03:10")))


def test_asking_again_does_not_reset_the_clock():
    assert within_180(FIRST) == (0, 1)
    assert measure(FIRST).first_reply_s == 190


def test_the_next_question_opens_the_next_round():
    assert within_180((*FIRST, buyer(clock("10:03:40")), agent(clock("10:04:05")))) == (1, 2)


def test_ten_questions_without_a_reply_are_one_failed_round():
    assert within_180([buyer(t * 60) for t in range(10)]) == (0, 1)


def test_an_automatic_reply_does_not_close_a_round():
    assert within_180((buyer(0), agent(1, auto=True), agent(200))) == (0, 1)


def test_emoji_alone_do_not_close_a_round():
    assert measure((buyer(0), agent(5, "👍😊！"), agent(40))).first_reply_s == 40


def test_a_quick_reply_chosen_by_the_agent_closes_it():
    assert measure((buyer(0), agent(5, "您好，欢迎光临", pasted=7))).rounds_within_30s == 1


def test_several_messages_of_the_agent_answer_once():
    metrics = measure((buyer(0), agent(10), agent(90)))
    assert (metrics.rounds, metrics.mean_reply_s) == (1, 10)


def test_a_line_that_ends_the_reception_asks_for_no_answer():
    assert measure((buyer(0), agent(10), buyer(20, "谢谢，再见", last=True))).rounds == 1


def test_a_round_counts_at_most_ten_minutes_in_the_mean_but_in_full_in_the_maximum():
    metrics = measure((buyer(0), agent(10), buyer(20), agent(2020)))
    assert (metrics.mean_reply_s, metrics.max_reply_s) == (305, 2000)


def test_nothing_said_leaves_everything_unknown():
    metrics = measure(())
    assert (metrics.first_reply_s, metrics.mean_reply_s, metrics.max_reply_s, metrics.rounds) == (None, None, None, 0)


def test_typing_speed_leaves_out_pastes_and_unknown_times():
    turns = (buyer(0), agent(10, typed=20, typing_s=15.0), agent(12, pasted=80), agent(40, typed=20, typing_s=15.0))
    assert measure(turns).typing_cpm == 80
    assert measure((buyer(0), agent(5))).typing_cpm is None


def test_rounds_point_to_their_turns():
    (round_,) = rounds_of((buyer(0), buyer(3), agent(9)))
    assert (round_.opened, round_.closed, round_.seconds) == (0, 2, 9)
