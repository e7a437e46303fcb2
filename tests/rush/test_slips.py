"""What goes wrong with many windows open, and what it costs."""

import pytest

from kefu_sim.engine.step import Say
from kefu_sim.rush import ledger
from kefu_sim.rush.figures import figures, served
from kefu_sim.rush.run import Run
from kefu_sim.rush.script import finish
from kefu_sim.rush.slips import slips

PAIR = [
    {"at": 0, "scenario": "question", "name": "小鹿慢慢跑", "tail": "0572"},
    {"at": 1, "scenario": "gripe", "name": "无糖生活", "tail": "3721"},
]


def worked(plan, *said, **changes):
    run = Run(plan(arrivals=PAIR, **changes))
    run.open()
    for second, buyer, text in said:
        run.feed(buyer, Say(text), second)
    finish(run)
    return run


def found(run):
    return slips(run.floor, run.log, run.plan.shift.notices, run.plan.forbids)


def kinds(run):
    return [(slip.kind, slip.buyer, slip.text[slice(*slip.span)]) for slip in found(run)]


@pytest.mark.parametrize(
    ("buyer", "text", "slip"),
    [
        ("b1", "无糖生活您好，这就给您补发", ("window", "b1", "无糖生活")),
        ("b1", "尾号3721的单子对吧", ("window", "b1", "3721")),
        ("b1", "白瓷花瓶有货的", ("goods", "b1", "白瓷花瓶")),
        ("b1", "{昵称}您好，有货", ("gap", "b1", "{昵称}")),
    ],
)
def test_what_gives_a_slip_away(plan, buyer, text, slip):
    assert kinds(worked(plan, (5, buyer, text))) == [slip]


@pytest.mark.parametrize(
    "text",
    [
        "小鹿慢慢跑您好，茶杯有货，尾号0572对吧",
        "订单号13721没有问题",
        "推荐您加一个白瓷花瓶",
        "還有白瓷花瓶，您可以湊一單",
        "您好，有货的",
    ],
)
def test_what_is_no_slip(plan, text):
    assert kinds(worked(plan, (5, "b1", text))) == []


def test_the_same_words_twice_to_one_buyer_but_not_to_two(plan):
    run = worked(
        plan, (5, "b1", "您好，这就给您看一下"), (6, "b2", "您好，这就给您看一下"), (9, "b1", "您好，这就给您看一下哦")
    )
    assert kinds(run) == [("repeat", "b1", "您好，这就给您看一下哦")]


def test_a_message_nobody_understood_that_then_goes_to_somebody_else(plan):
    text = "非常抱歉，这就给您补发一只 [mend]"
    run = worked(plan, (5, "b1", text), (20, "b2", text))
    assert [(slip.kind, slip.buyer, slip.other) for slip in found(run)] == [("window", "b1", "b2")]


def test_a_notice_binds_after_its_grace(plan):
    notices = [{"at": 10, "text": "赠品没了", "wrong": ["送杯垫"], "grace": 20}]
    forbids = lambda text: frozenset({0}) if "送杯垫" in text else frozenset()  # noqa: E731
    run = worked(
        plan,
        (5, "b1", "送杯垫哦"),
        (25, "b2", "送杯垫的呢"),
        (40, "b1", "给您送杯垫啦"),
        notices=notices,
        forbids=forbids,
    )
    assert [slip.t for slip in found(run)] == [40.0]


def score_of(run, **more):
    everybody = served(run.floor, run.log)
    names = {buyer: visit.name for buyer, visit in run.floor.visits.items()}
    totals = dict.fromkeys(run.floor.seats, 90.0)
    case = ledger.ShiftCase(figures(run.floor, everybody), totals, names, found(run), **more)
    return ledger.score(case, run.plan.rules)


def test_the_score_is_the_sum_of_its_rows_and_every_slip_says_whose(plan):
    run = worked(
        plan, (5, "b1", "无糖生活您好，茶杯有货 [answer]"), (9, "b2", "抱歉，补发 [answer]"), (15, "b1", "谢谢 [bye]")
    )
    result = score_of(run)
    assert result.total == pytest.approx(sum(row.points for row in result.rows))
    (slip,) = [row for row in result.rows if row.rule == "slip.window"]
    assert (slip.points, slip.buyer, slip.t) == (-4.0, "b1", 5.0)
    assert "小鹿慢慢跑" in slip.reason.zh
    assert "无糖生活" in slip.reason.zh
    clean = score_of(
        worked(plan, (5, "b1", "茶杯有货 [answer]"), (9, "b2", "抱歉，补发 [answer]"), (15, "b1", "谢谢 [bye]"))
    )
    assert clean.total - result.total == pytest.approx(4.0)


def test_slips_take_no_more_than_care_gave(plan):
    said = [(5 + i, "b1", f"无糖生活您好 {chr(0x4E00 + 7 * i)}{chr(0x5E00 + 11 * i)}") for i in range(12)]
    rows = score_of(worked(plan, *said)).rows
    care = sum(row.points for row in rows if row.rule == "care.start")
    assert care > 0
    assert sum(row.points for row in rows if row.rule.startswith("slip.")) == -care


def test_an_agent_who_says_nothing_has_earned_next_to_nothing(plan):
    assert score_of(worked(plan)).total < 50


def lingered(plan, *said):
    return [(slip.buyer, slip.text, slip.other) for slip in found(worked(plan, *said)) if slip.kind == "linger"]


TALK = [(5, "b1", "您好"), (8, "b1", "我看看"), (103, "b1", "快递在路上")]


def test_talking_on_while_another_waits_too_long(plan):
    assert lingered(plan, *TALK, (110, "b1", "今天天气真好")) == [("b1", "今天天气真好", "b2")]


@pytest.mark.parametrize(
    "said",
    [
        TALK,  # when the one before was sent, nobody had waited so long
        [(103, "b1", "您好"), (110, "b1", "我看看")],  # a greeting and an answer
        [*TALK[:2], (90, "b2", "抱歉"), *TALK[2:], (110, "b1", "今天天气真好")],  # the other was answered
        [*TALK, (106, "b2", "抱歉"), (110, "b1", "今天天气真好")],
    ],
)
def test_what_is_no_talking_on(plan, said):
    assert lingered(plan, *said) == []
