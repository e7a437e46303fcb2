"""Figures over rows, each worked out by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.language.verdict import Step
from kefu_sim.progress.bests import bests
from kefu_sim.progress.days import Change, by_day, change, streak
from kefu_sim.progress.steps import dimension_shares, step_bars, weakest

from .conftest import drill, reception, record


def test_a_day_is_the_mean_of_its_whole_receptions_and_drills():
    first, second = by_day(
        [
            reception("2026-03-02", 70, 20.0),
            reception("2026-03-02", 85, 11.0),
            reception("2026-03-02", 100, 1.0, branch_of="x"),
            drill("2026-03-02", 61.0),
            drill("2026-03-02", None),
            reception("2026-03-01", None),
        ]
    )
    assert (first.day, first.receptions, first.total, first.best, first.reply_s, first.pace) == (
        "2026-03-01", 1, None, None, None, None,
    )  # fmt: skip
    assert (second.receptions, second.drills, second.seconds) == (2, 2, 480.0)
    assert (second.total, second.best, second.reply_s, second.pace) == (77.5, 85, 15.5, 61.0)


@pytest.mark.parametrize(
    ("days", "today", "expected"),
    [
        ([], 10, (0, 0, False, 0)),
        ([10], 10, (1, 1, True, 1)),
        ([9], 10, (1, 1, False, 1)),
        ([8], 10, (0, 1, False, 1)),
        ([1, 2, 3, 8, 9, 10], 10, (3, 3, True, 6)),
        ([1, 2, 3, 4, 9], 10, (1, 4, False, 5)),
        ([9, 9, 10], 10, (2, 2, True, 2)),
        ([10, 11, 25], 10, (1, 1, True, 1)),
    ],
)
def test_days_in_a_row(days, today, expected):
    found = streak([f"2026-03-{day:02}" for day in days], date(2026, 3, today))
    assert (found.now, found.longest, found.today, found.days) == expected


def test_a_row_of_days_goes_on_over_the_end_of_a_month():
    assert streak(["2026-02-27", "2026-02-28", "2026-03-01"], date(2026, 3, 1)).now == 3


@given(st.sets(st.integers(0, 60)))
def test_a_streak_is_never_longer_than_the_longest_nor_that_than_all_days(offsets):
    today = date(2026, 3, 1)
    found = streak([(today - timedelta(n)).isoformat() for n in offsets], today)
    assert 0 <= found.now <= found.longest <= found.days == len(offsets)


def test_the_latest_are_held_against_as_many_before_them():
    assert change([], 2) == Change(None, None)
    assert change([50.0], 2) == Change(50.0, None)
    assert change([50.0, 60.0, 80.0], 2) == Change(70.0, 50.0)
    assert change([0.0, 50.0, 60.0, 80.0, 90.0], 2).by == 30.0


def test_steps_are_counted_where_they_were_called_for(rules):
    bars = step_bars(
        [
            record("2026-03-01", steps="dm-lddd-"),
            record("2026-03-02", steps="dm-lddd-"),
            record("2026-03-03", steps="ld-mddd-"),
            record("2026-03-04", steps="dd-mddd-"),
        ],
        rules,
    )
    by_step = {bar.step: (bar.done, bar.late, bar.missing, bar.judged, bar.share) for bar in bars}
    assert by_step[Step.GREET] == (3, 1, 0, 4, 0.875)
    assert by_step[Step.ASK] == (2, 0, 2, 4, 0.5)
    assert by_step[Step.ANALYSE] == (0, 0, 0, 0, None)
    assert by_step[Step.RECOMMEND] == (0, 2, 2, 4, 0.25)
    assert [bar.step for bar in weakest(bars, rules)] == [Step.RECOMMEND, Step.ASK]


def test_a_step_called_for_twice_is_not_yet_called_weak(rules):
    bars = step_bars([record("2026-03-01", steps="mddddddd")] * 2, rules)
    assert weakest(bars, rules) == []


def test_shares_of_dimensions_leave_out_what_was_not_judged():
    rows = [record("d", speed=0.5, accuracy=None), record("d", speed=1.0, accuracy=0.25)]
    assert dimension_shares(rows) == {
        "speed": 0.75, "flow": None, "politeness": None, "accuracy": 0.25, "resolution": None, "brevity": None,
    }  # fmt: skip


def test_bests_are_the_first_time_each_was_reached(rules):
    found = bests(
        [
            reception("2026-03-01", 55, 2.0),
            reception("2026-03-02", 88, 14.0),
            reception("2026-03-03", 88, 9.0, "lamp"),
            reception("2026-03-04", 99, 1.0, branch_of="x"),
            drill("2026-03-05", 72.5),
            drill("2026-03-06", 70.0),
        ],
        rules,
    )
    assert (found.total.value, found.total.day) == (88, "2026-03-02")
    assert (found.reply.value, found.reply.scenario) == (9.0, "lamp")
    assert (found.pace.value, found.pace.day) == (72.5, "2026-03-05")
    assert [(best.scenario, best.value) for best in found.scenarios] == [("cup", 88), ("lamp", 88)]
    assert bests([], rules).total is None
