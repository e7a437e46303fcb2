"""Points are earned: who answers nobody gets none, however few slips she makes."""

import pytest

from kefu_sim.engine.step import Say
from kefu_sim.rush import ledger
from kefu_sim.rush.figures import figures, served
from kefu_sim.rush.run import Run
from kefu_sim.rush.script import finish
from kefu_sim.rush.slips import slips

from .conftest import plan_of

FIVE = [{"at": n, "scenario": "question"} for n in range(4)]


def scored(*said):
    run = Run(plan_of(arrivals=FIVE))
    run.open()
    for second, buyer, text in said:
        run.feed(buyer, Say(text), second)
    finish(run)
    everybody = served(run.floor, run.log)
    found = slips(run.floor, run.log, (), run.plan.forbids)
    case = ledger.ShiftCase(figures(run.floor, everybody), dict.fromkeys(run.floor.seats, 0.0), {}, found)
    return ledger.score(case, run.plan.rules)


def points(score, rule):
    return sum(row.points for row in score.rows if row.rule == rule)


def test_silence_earns_nothing():
    assert scored().total == 0


@pytest.mark.parametrize("served_buyers", [1, 2, 4])
def test_care_is_for_those_who_were_answered(served_buyers):
    score = scored(*((10 + n, f"b{n + 1}", "有货 [answer]") for n in range(served_buyers)))
    assert points(score, "care.start") == 15 * served_buyers / 4


def test_slips_take_no_more_than_there_was():
    again = "您稍等，马上看您这边的订单情况"
    score = scored(*((10 + n, "b1", again) for n in range(8)))
    assert points(score, "care.start") == 3.75
    assert sum(row.points for row in score.rows if row.rule.startswith("slip.")) == -3.75


def test_the_total_is_the_sum_of_its_rows():
    score = scored((10, "b1", "有货 [answer]"), (12, "b2", "稍等"))
    assert score.total == round(sum(row.points for row in score.rows), 2)


SELLING = (
    (5, "b1", "有货 [answer]"),
    (6, "b2", "有货 [answer]"),
    (7, "b3", "有货 [answer]"),
    (8, "b4", "有货 [answer]"),
)
MORE = tuple((t, buyer, "再来一个？ [more]") for t, buyer, _ in SELLING)


@pytest.mark.parametrize(
    ("row", "rule", "heeded", "neglected"),
    [
        ("A164", "deal.conversion", SELLING, SELLING[:3]),
        ("A165", "deal.basket", MORE, SELLING),
        ("A166", "deal.sales", SELLING, SELLING[:3]),
    ],
)
def test_rows_of_the_syllabus_about_selling_are_scored(row, rule, heeded, neglected):
    good, poor = scored(*heeded), scored(*neglected)
    assert good.total > poor.total, row
    assert points(good, rule) == max(one.of for one in good.rows if one.rule == rule)
    assert points(poor, rule) < points(good, rule)


def test_going_early_keeps_no_more_than_the_part_that_was_worked():
    run = Run(plan_of(arrivals=[*FIVE, {"at": 300, "scenario": "question"}]))
    run.open()
    for second, buyer, text in SELLING:
        run.feed(buyer, Say(text), second)
    counted = figures(run.floor, served(run.floor, run.log))
    whole, part = (ledger.score(ledger.ShiftCase(counted, {}, {}, missed=n), run.plan.rules) for n in (0, 1))
    assert points(part, "left.early") == pytest.approx(-whole.total / 5, abs=0.01)
