"""A class of two with one reception in full, full of text that would like to be something else."""

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.export.sheet import Chapter, Sheet, members
from kefu_sim.language.verdict import STEPS, Step
from kefu_sim.progress.days import by_day
from kefu_sim.progress.record import Cause, Point, Record, letters
from kefu_sim.progress.steps import step_bars
from kefu_sim.rulebook.known import known_ids
from kefu_sim.rulebook.progress import load_progress_rules
from kefu_sim.scenario.load import load_scenario
from kefu_sim.scoring.asides import beside
from kefu_sim.scoring.coaching import Advice, Coaching
from kefu_sim.scoring.ledger import DIMENSIONS, Part, Phrase, Place, Row, Score, StepMark
from kefu_sim.scoring.metrics import Metrics
from kefu_sim.scoring.transcript import Turn

HOSTILE = (
    '=HYPERLINK("http://x")<script>alert(1)</script>|*粗*_斜_[链](javascript:1)`码`\x1b[31m\u202e$x$ & "引" www.x.y'
)
STORY = """\
schema: 1
id: cup
title: 杯子
persona: polite
shop: {name: 店}
promises:
  bag: {about: "=收纳袋 <b>", made: 帮助, note: [收纳袋]}
  back: {about: 回来报结果, made: 帮助, kept: 分析, due: 60}
  gift: {about: "*赠品*", made: 帮助, kept: 分析, due: 20}
notices:
  card: {text: "支持|分期 <i>了</i>", text_en: "=Pay |by instalments <i>now</i>", at: 9}
start: open
nodes:
  open: {buyer: [在吗, 多少钱], replies: [{when: 告别, goto: done}, {when: any, buyer: [嗯, 好]}]}
  done: {buyer: [谢谢, 好的], end: sold}
"""
STATUS = dict.fromkeys(STEPS, "done") | {Step.ASK: "missing", Step.VERIFY: "late", Step.RECOMMEND: "not_judged"}


def record(number, day, total, trainee="小林 <b>", scenario="cup"):
    return Record(
        key=f"{number:064}", id=f"202603{day:02}T090000-{scenario}", kind="reception", trainee=trainee,
        scenario=scenario, title="@杯子 <i>", mode="exam", seed=7, day=f"2026-03-{day:02}",
        started=f"2026-03-{day:02}T09:00:00+08:00", ended=f"2026-03-{day:02}T09:05:03+08:00", seconds=303.0,
        outcome="sold", total=total, pace=66.5, first_reply_s=8.0, mean_reply_s=12.25, steps=letters(STATUS),
        speed=0.9, flow=0.7, politeness=0.5, accuracy=None, resolution=1.0, brevity=0.25, rubric="1.0", branch_of="",
    )  # fmt: skip


def chapter(of):
    """Two messages, one of them hostile."""
    ledger = (
        Row("speed.first", 3.0, Phrase("首次回复用了 8 秒", "First reply after 8 s"), 3.0, Place(1)),
        Row("tone.plain", 0.5, Phrase("话说清了 <u>", "Clear, without courtesy <u>"), 2.0, Place(1, (0, 2)),
            Phrase("加一个“您”", "Say 您"), "politeness"),
        Row("fault.minor", -3.0, Phrase("用语问题", "Minor fault"), 0.0, Place(1)),
    )  # fmt: skip
    parts = {name: Part(8.25, 15.0) for name in DIMENSIONS} | {"accuracy": Part(0.0, 0.0)}
    marks = tuple(
        StepMark(step.value, Phrase(step.value, step.value), status, 2.0, 4.0) for step, status in STATUS.items()
    )
    score = Score(of.total, parts, STATUS, Metrics(), ledger, marks, rubric="1.0")
    advice = Advice(1, HOSTILE, Phrase("您好，在的", "Greet first"), Phrase("没有礼貌用语", "no courtesy"))
    words = Coaching((advice,), Phrase("问好及时", "Quick greeting"), Phrase("多问一句", "Ask more"), Phrase())
    turns = (Turn("buyer", 0.0, "在吗\n多少钱"), Turn("agent", 8.0, HOSTILE))
    log = (
        ev.Noticed(0.0, "old-and-gone"), ev.BuyerSaid(0.0, "在吗\n多少钱", "open", "node", "open#0"),
        ev.AgentSent(8.0, HOSTILE), ev.Promised(8.0, "bag"), ev.Promised(8.0, "back", 68.0),
        ev.Promised(8.0, "gift", 28.0), ev.Noticed(9.0, "card"), ev.Noted(12.0, HOSTILE), ev.Kept(12.0, "bag"),
        ev.Missed(28.0, "gift"), ev.Kept(70.0, "back", late=True),
    )  # fmt: skip
    story = load_scenario(STORY, "cup.yaml", known_ids())
    return Chapter(of, turns, score, words, beside(log, turns, story, ledger), story)


def sheet_of(records, *, chapters=(), group=False):
    rules = load_progress_rules()
    points = [Point(*(getattr(r, name) for name in Point._fields)) for r in reversed(records)]
    return Sheet(
        heading="班级报告 <h1>",
        made="2026-03-10",
        records=tuple(records),
        chapters=tuple(map(chapter, chapters)),
        days=tuple(by_day(points)),
        steps=tuple(step_bars(records, rules)),
        causes=(Cause("step.missing", "提问", "Ask", 12.0, 3), Cause("fact.wrong", HOSTILE, HOSTILE, 4.0, 1)),
        members=tuple(members(records, rules)) if group else (),
        titles={"cup": "杯子 [/] <i>"},
    )


@pytest.fixture
def one():
    mine = record(1, 2, 81.25)
    return sheet_of([mine], chapters=[mine])


@pytest.fixture
def class_of_two():
    rows = [record(3, 9, 92.0), record(2, 4, 60.5, "=小周", "lamp"), record(1, 2, 81.25)]
    return sheet_of(rows, chapters=rows[:1], group=True)
