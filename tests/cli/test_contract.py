"""What `score` promises other programs, for chats of every shape."""

import itertools
import json
import random

import pytest

from kefu_sim.cli.score import answer_line

DIMENSIONS = ["speed", "flow", "politeness", "accuracy", "resolution", "brevity"]
STEPS = ["问好", "提问", "分析", "推荐", "谈判", "帮助", "核实", "告别"]
METRICS = [
    "first_reply_s", "mean_reply_s", "max_reply_s", "rounds", "rounds_within_30s", "rounds_within_180s", "typing_cpm",
]  # fmt: skip
SAID = [
    "在吗",
    "您好，在的亲",
    "便宜点",
    "这款活动价159，送收纳盒哦",
    "请问您平时怎么用呢",
    "滚",
    "嗯",
    "😊",
    "",
    "[/]",
    "\x1b[31m",
    "\ud800",
]
GAPS = [0, 0, 0.1, 0.2, 3, 29.999, 30, 30.001, 180, 600, 100_000]


def turns_of(roles, times, texts):
    return [{"role": role, "t": t, "text": text} for role, t, text in zip(roles, times, texts, strict=False)]


def scored(turns):
    return answer_line(json.dumps({"id": 1, "turns": turns}).encode())["score"]


def at_random(seed):
    draw = random.Random(seed)
    count = draw.choice([1, 2, 3, 8, 20, 40])
    times = itertools.accumulate(draw.choice(GAPS) for _ in range(count))
    return turns_of(draw.choices(["buyer", "agent"], k=count), times, draw.choices(SAID, k=count))


SHAPES = {
    "one buyer line": turns_of(["buyer"], [0], ["在吗"]),
    "only buyers": turns_of(["buyer"] * 3, [0, 3, 9], ["在吗"] * 3),
    "only agents": turns_of(["agent"] * 3, [0, 3, 9], ["您好"] * 3),
    "the same moment": turns_of(["buyer", "agent"] * 3, [0] * 6, ["在吗", "您好亲"] * 3),
    "sums of fractions": turns_of(["buyer", "agent"], [0.1 + 0.2, 0.1 + 0.2 + 30], ["在吗", "您好"]),
    "a late answer": turns_of(["buyer", "agent"], [0, 9.9e9], ["在吗", "您好"]),
    "no words": turns_of(["buyer", "agent"], [0, 5], ["", ""]),
    **{f"random {seed}": at_random(seed) for seed in range(40)},
}


@pytest.mark.parametrize("turns", SHAPES.values(), ids=SHAPES)
def test_every_key_is_there_and_the_rows_make_the_total(turns):
    score = scored(turns)
    assert list(score) == ["total", "dimensions", "steps", "metrics", "ledger"]
    assert list(score["dimensions"]) == DIMENSIONS
    assert all(set(part) == {"points", "max"} for part in score["dimensions"].values())
    assert all(0 <= part["points"] <= part["max"] for part in score["dimensions"].values())
    assert list(score["steps"]) == STEPS
    assert set(score["steps"].values()) <= {"done", "late", "missing", "not_judged"}
    assert list(score["metrics"]) == METRICS
    assert 0 <= score["total"] <= 100
    assert sum(row["points"] for row in score["ledger"]) == pytest.approx(score["total"], abs=0.01)
    for row in score["ledger"]:
        assert row["turn"] is None or 1 <= row["turn"] <= len(turns)
        if row["span"]:
            assert 0 <= row["span"][0] < row["span"][1] <= len(turns[row["turn"] - 1]["text"])


def test_thirty_seconds_are_within_thirty_seconds_however_they_are_summed():
    assert scored(SHAPES["sums of fractions"])["metrics"]["rounds_within_30s"] == 1


@pytest.mark.parametrize("t", [-1, "3", None, True, 1e10, 10**400, [], {}])
def test_a_time_that_cannot_be_meant_is_refused(t):
    answer = answer_line(json.dumps({"id": "x", "turns": [{"role": "buyer", "t": t, "text": "在吗"}]}).encode())
    assert answer["id"] == "x"
    assert answer["error"].startswith("turn 1: ")


@pytest.mark.parametrize("turns", [None, [], {}, "x", 5, [1], [None], [[]], [{}], [{"role": {}, "t": 0, "text": ""}]])
def test_what_is_no_chat_is_refused_with_its_id(turns):
    answer = answer_line(json.dumps({"id": "x", "turns": turns}).encode())
    assert answer["id"] == "x"
    assert answer["error"]
