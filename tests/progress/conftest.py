"""Rows as the records give them."""

import pytest

from kefu_sim.language.verdict import STEPS
from kefu_sim.progress.record import Point, Record
from kefu_sim.rulebook.progress import load_progress_rules


def record(day, total=None, *, steps="dddddddd", scenario="cup", reply=None, **more):
    """A whole reception."""
    assert len(steps) == len(STEPS)
    values = dict.fromkeys(Record._fields, "") | {
        "kind": "reception", "scenario": scenario, "day": day, "seconds": 60.0, "total": total, "steps": steps,
        "seed": 1, "pace": None, "first_reply_s": None, "mean_reply_s": reply, "speed": None, "flow": None,
        "politeness": None, "accuracy": None, "resolution": None, "brevity": None,
    }  # fmt: skip
    return Record(**values | more)


def reception(day, total, reply=None, scenario="cup", branch_of=""):
    return Point(day, "reception", scenario, total, reply, None, 120.0, branch_of)


def drill(day, pace):
    return Point(day, "drill", "", None, None, pace, 60.0)


@pytest.fixture
def rules():
    return load_progress_rules()
