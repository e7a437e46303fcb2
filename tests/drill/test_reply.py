"""The reply drill's clock and figures."""

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.drill import events as ev
from kefu_sim.drill.reply import Question, ReplyRun, answers, reply_figures


@pytest.fixture
def replying(standards):
    clock = ManualClock()
    questions = [Question(f"问题{n}", "story", "open") for n in range(3)]
    run = ReplyRun(ev.Opened(0.0, "reply", "practice", 80, 0.0, ""), questions, standards, clock)
    return run, clock


def test_answers_are_timed_from_their_line(replying):
    run, clock = replying
    run.ask()
    clock.advance(8)
    run.answer("您好，在的", 5, 3.0, 0)
    clock.advance(100)  # reading the result takes no time from the next answer
    run.ask()
    clock.advance(10)
    run.answer("有货的", 3, 2.0, 0)
    found = reply_figures(answers(run.log))
    assert (found.asked, found.answered, found.mean_s) == (2, 2, 9.0)
    assert found.speed == pytest.approx(8 * 60 / 5)


def test_after_half_a_minute_the_answer_is_missing(replying):
    run, clock = replying
    run.ask()
    clock.advance(31)
    run.answer("太晚了", 3, 1.0, 0)
    (given,) = answers(run.log)
    assert (given.text, given.seconds) == ("", 30.0)
    assert run.left is None


def test_pastes_and_unknown_times_give_no_speed(replying):
    run, clock = replying
    run.ask()
    clock.advance(5)
    run.answer("贴上来的一大段", 0, 0.0, 7)
    assert answers(run.log)[0].speed is None
    assert reply_figures(answers(run.log)).speed is None


def test_it_ends_after_the_last_line(replying):
    run, clock = replying
    for _ in range(3):
        run.ask()
        clock.advance(2)
        run.skip()
    run.ask()
    assert run.log[-1] == ev.Ended(6.0, "done")
    assert reply_figures(answers(run.log)).answered == 0
