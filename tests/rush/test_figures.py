"""The figures of a shift, against what anybody can count by hand from its log."""

import pytest

from kefu_sim.engine.step import Say
from kefu_sim.rush.figures import by_load, figures, served
from kefu_sim.rush.report import goals
from kefu_sim.rush.run import Run
from kefu_sim.rush.script import finish

TWO = [{"at": 0, "scenario": "question"}, {"at": 10, "scenario": "question"}]


def worked(plan, *acts):
    """A shift with messages (second, buyer, text[, numbers]); afterwards the agent is silent."""
    run = Run(plan)
    run.open()
    for second, buyer, text, *numbers in acts:
        run.feed(buyer, Say(text, *numbers), second)
    finish(run)
    return run


def count(run):
    everybody = served(run.floor, run.log)
    return figures(run.floor, everybody), everybody


def test_a_shift_counted_by_hand(plan):
    """b1: asked 0, answered 8; paid (reaction 1 to 2 s later), never told good-bye, gone 90 s after.

    b2: asked 10, answered 60 (nudged at 50: the clock runs on), paid, told good-bye 20 s after the answer.
    """
    run = worked(
        plan(arrivals=TWO),
        (8, "b1", "有货 [answer]", 8, 6.0),
        (60, "b2", "您好，有货 [answer]", 10, 5.0),
        (80, "b2", "谢谢 [bye]"),
    )
    counted, (first, second) = count(run)
    assert [r.seconds for r in first.rounds] == [8.0, None]
    waited_for_bye = run.floor.seats["b1"].state.t - first.rounds[1].opened
    assert first.rounds[1].waited == pytest.approx(waited_for_bye)
    said_paid = second.rounds[1].opened
    assert [r.seconds for r in second.rounds] == [50.0, pytest.approx(80 - said_paid)]
    assert counted.rates.rounds == 4
    assert counted.rates.first_reply_s == 29.0
    assert counted.rates.mean_reply_s == pytest.approx((8 + 50 + 80 - said_paid) / 3, abs=0.05)
    assert counted.rates.replied_30s == 50.0
    assert counted.rates.replied_3min == 75.0
    assert (counted.sold, counted.conversion, counted.sales, counted.basket) == (2, 100.0, 160.0, 80.0)
    assert counted.longest_wait_buyer == "b1"
    assert counted.satisfaction == 100.0
    assert counted.typing_cpm == pytest.approx(18 * 60 / 11, abs=0.05)
    buyers_said = 2 + 3  # 有货吗 拍了 · 有货吗 人呢 拍了; the last 嗯嗯 of each stands for itself
    assert counted.answer_ratio == pytest.approx(3 / (buyers_said + 2), abs=0.005)


def test_selling_more_raises_what_a_buyer_spends(plan):
    counted, _ = count(worked(plan(arrivals=TWO), (5, "b1", "再来一个？ [more]"), (15, "b2", "有货 [answer]")))
    assert (counted.sales, counted.basket) == (200.0, 100.0)


def test_a_grievance_is_no_inquiry(plan):
    both = [{"at": 0, "scenario": "question"}, {"at": 1, "scenario": "gripe"}]
    counted, _ = count(worked(plan(arrivals=both), (5, "b1", "有货 [answer]"), (9, "b2", "补发 [answer]")))
    assert (counted.conversion, counted.sold, counted.satisfaction) == (100.0, 1, 100.0)


def test_nobody_answered(plan):
    counted, _ = count(worked(plan(arrivals=TWO)))
    assert counted.rates.first_reply_s is None
    assert (counted.unanswered, counted.rates.replied_3min, counted.conversion, counted.basket) == (2, 0.0, 0.0, None)
    assert counted.longest_wait_s == 200.0


def test_who_gave_up_in_the_queue_counts_among_those_who_asked(plan):
    three = [{"at": t, "scenario": "question"} for t in (0, 1, 2)]
    counted, _ = count(worked(plan(arrivals=three, at_once=2), (150, "b1", "有货 [answer]")))
    assert (counted.buyers, counted.received, counted.gave_up) == (3, 2, 1)
    assert counted.conversion == pytest.approx(33.3)


def test_reply_speed_by_how_many_chats_were_open(plan):
    run = worked(
        plan(arrivals=[{"at": t, "scenario": "question"} for t in (0, 5, 10, 15)]),
        *((second, f"b{n}", "有货 [answer]") for n, second in enumerate((4, 30, 31, 32), 1)),
    )
    everybody = served(run.floor, run.log)
    loads = {one.buyer: one.rounds[0].load for one in everybody}
    assert loads == {"b1": 1, "b2": 2, "b3": 3, "b4": 4}
    bands = {(low, high): rates.first_reply_s for low, high, rates in by_load(everybody, (2, 5))}
    assert bands == {(1, 2): pytest.approx((4 + 25) / 2), (3, 5): pytest.approx((21 + 17) / 2)}


def test_goals_are_held_against_the_figures(plan):
    counted, everybody = count(worked(plan(arrivals=TWO), (8, "b1", "有货 [answer]"), (14, "b2", "有货 [answer]")))
    found = goals(counted, everybody, {"first_reply_s": "<= 10", "mean_reply_s": "<= 3", "basket": ">= 80"})
    assert [goal.met for goal in found] == [True, False, True]
    assert found[0].value == counted.rates.first_reply_s


def test_a_goal_of_speed_is_not_met_by_answering_few(plan):
    """Whoever is never answered counts as late as can be, or as long as the wait was."""
    counted, everybody = count(worked(plan(arrivals=TWO), (8, "b1", "有货 [answer]")))
    assert counted.rates.first_reply_s == pytest.approx(8)
    (goal,) = goals(counted, everybody, {"first_reply_s": "<= 10"})
    assert (goal.met, goal.unanswered) == (False, 1)
    waited = next(one.rounds[0].waited for one in everybody if one.buyer == "b2")
    assert goal.value == pytest.approx((8 + max(waited, 180)) / 2)


def test_a_shift_in_which_nobody_is_answered_meets_no_goal_of_speed(plan):
    counted, everybody = count(worked(plan(arrivals=TWO)))
    found = goals(counted, everybody, {"first_reply_s": "<= 10", "mean_reply_s": "<= 10", "basket": ">= 1"})
    assert [goal.met for goal in found] == [False, False, None]
