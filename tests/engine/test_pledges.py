"""Promises, order notes and notices: made, kept in time or late, missed; rules that change in mid-chat."""

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import Program
from kefu_sim.engine.session import Session
from kefu_sim.engine.state import rebuild
from kefu_sim.engine.step import Note, Say
from kefu_sim.scenario.model import Persona, Scenario

from .conftest import PERSONA, STORY, Marked

PROMISES = {
    "gift": {"about": "送收纳盒", "made": "gift", "note": ["收纳盒"]},
    "boxed": {"about": "写在乙单", "made": "boxed", "note": ["礼盒"], "order": "b"},
    "report": {
        "about": "回报进度", "made": "report", "kept": "told or done", "due": 60,
        "missed": {"buyer": ["说好的呢", "人呢"], "add": {"mood": -30}},
    },
    "call": {"about": "说好的时间回来", "made": "later", "kept": "back", "due": {"number": "minutes", "each": 6}},
    "evening": {"about": "晚上再说", "made": "tonight", "kept": "told", "due": {"node": "price", "after": 40}},
    "at_once": {"about": "马上办", "made": "can", "kept": "done"},
}  # fmt: skip
NOTICES = {
    "late": {"text": "底价改了", "at": 20, "limits": {"floor": 70}, "cards": {"product": {"价格": "70 元"}}},
    "inside": {"text": "到了这里", "node": "price", "limits": {"floor": 95}},
}


class Reading(Marked):
    """Also finds the words of the promises' notes, and numbers such as 10分."""

    def __call__(self, reply, context, previous, node=""):
        found = super().__call__(reply, context, previous, node)
        labels = [f"noted.promise.{n}" for n, p in PROMISES.items() if any(w in reply for w in p.get("note", ()))]
        return found.__class__(
            steps=found.steps,
            politeness=found.politeness,
            intents=(*found.intents, *labels),
            amounts=found.amounts,
            quantities=tuple(minutes(reply)),
        )


def minutes(reply):
    from kefu_sim.language.verdict import Quantity

    if "10分" in reply:
        yield Quantity("minutes", 10.0, 0, 1)


def make(**more):
    story = {**STORY, "promises": PROMISES, "orders": {"a": "甲单", "b": "乙单"}, **more}
    return Program(Scenario.model_validate(story), Persona.model_validate(PERSONA), Reading(), "f00d")


@pytest.fixture
def table():
    return Table(make())


class Table:
    """A reception played by hand."""

    def __init__(self, program):
        self.clock = ManualClock()
        self.session = Session(program, 1, self.clock)
        self.session.open("practice", "r")

    def wait(self, seconds):
        self.clock.advance(seconds)
        self.session.tick()
        return self

    def say(self, text):
        self.session.send(Say(text))
        return self

    def note(self, text, order="a"):
        self.session.send(Note(text, order))
        return self

    def pledge(self, name):
        return self.session.state.pledges[name].status

    def told(self, kind):
        return [event for event in self.session.log if isinstance(event, kind)]


def test_a_gift_promised_must_reach_the_note(table):
    table.say("送您 [gift]")
    assert table.pledge("gift") == "open"
    table.note("加急")
    assert table.pledge("gift") == "open"
    table.note("加急，送收纳盒")
    assert table.pledge("gift") == "kept"
    assert table.session.state.notes == {"a": "加急，送收纳盒"}


def test_a_note_written_before_the_promise_counts(table):
    table.note("送收纳盒").say("送您 [gift]")
    assert table.pledge("gift") == "kept"


def test_a_promise_for_one_order_is_not_kept_on_another(table):
    table.say("[boxed]").note("礼盒", "a")
    assert table.pledge("boxed") == "open"
    table.note("礼盒", "b")
    assert table.pledge("boxed") == "kept"


def test_a_note_on_an_order_that_is_not_there_is_no_note(table):
    table.note("礼盒", "c")
    assert not table.told(ev.Noted)


def test_a_promise_kept_in_time_late_and_not_at_all():
    in_time, late, never = (Table(make()) for _ in range(3))
    for table in (in_time, late, never):
        table.say("一会儿告诉您 [report]")
    in_time.wait(50).say("查到了 [told]")
    assert in_time.pledge("report") == "kept"
    late.wait(70)
    assert late.pledge("report") == "missed"
    late.say("好了 [done]")
    assert late.pledge("report") == "late"
    never.wait(61)
    assert never.pledge("report") == "missed"


def test_the_buyer_reacts_at_the_moment_a_promise_falls_due(table):
    table.say("[report]").wait(400)
    (missed,) = table.told(ev.Missed)
    assert missed.t == 60
    lines = [event for event in table.told(ev.BuyerSaid) if event.source == "promise"]
    assert [line.t for line in lines] == [60]
    assert lines[0].text in {"说好的呢", "人呢"}
    assert [event.value for event in table.told(ev.Adjusted) if event.why == "missed:report"] == [20]


def test_the_time_that_was_named_counts(table):
    table.say("10分钟后回您 [later]")
    assert table.session.state.pledges["call"].due == 60
    table.wait(30).say("再给我10分钟 [later]")
    assert table.session.state.pledges["call"].due == 90
    table.wait(30).say("回来了 [back]")
    assert table.pledge("call") == "kept"


def test_a_new_time_does_not_undo_that_the_first_one_passed(table):
    table.say("10分钟后回您 [later]").wait(61).say("再给我10分钟 [later]").wait(20).say("回来了 [back]")
    assert table.pledge("call") == "late"
    assert [kept.late for kept in table.told(ev.Kept)] == [True]


def test_a_new_time_that_passes_as_well_is_missed_again(table):
    table.say("10分钟后回您 [later]").wait(61).say("再给我10分钟 [later]").wait(61)
    assert [missed.t for missed in table.told(ev.Missed)] == [60, 121]
    assert table.pledge("call") == "missed"


def test_a_time_may_run_from_entering_a_node(table):
    table.say("[tonight]")
    assert table.session.state.pledges["evening"].due is None
    table.wait(20).say("[问好 提问]").wait(10)
    entered = next(event.t for event in table.told(ev.Entered) if event.node == "price")
    assert table.session.state.pledges["evening"].due == pytest.approx(entered + 40)


def test_what_can_be_done_at_once_may_be_kept_in_the_same_breath(table):
    table.say("已经办好了 [can done]")
    assert table.pledge("at_once") == "kept"


def test_replies_can_tell_that_a_promise_was_kept_or_is_open():
    story = {
        "nodes": {
            **STORY["nodes"],
            "open": {
                "buyer": ["在吗", "在"],
                "replies": [
                    {"when": "kept.report", "goto": "sold"},
                    {"when": "any", "if": {"open.report": "== 1"}, "buyer": ["我等着", "行"]},
                    {"when": "any", "buyer": ["？", "啥"]},
                ],
            },
            "price": {"buyer": ["嗯", "哦"], "replies": [{"when": "any", "goto": "open"}]},
        },
        "notices": {},
    }
    table = Table(make(**story)).say("[report]").wait(5)
    assert table.told(ev.BuyerSaid)[-1].text in {"我等着", "行"}
    table.say("[told]").wait(5)
    assert table.session.state.node == "sold"


def test_a_notice_changes_limits_at_its_time_and_where_it_is_said():
    table = Table(make(notices={"late": NOTICES["late"]}))
    table.wait(19)
    assert not table.told(ev.Noticed)
    table.wait(2)
    assert [event.t for event in table.told(ev.Noticed)] == [20]
    below = Table(make(notices=NOTICES)).say("[问好 提问]").wait(5)
    assert [event.name for event in below.told(ev.Noticed)] == ["inside"]
    below.say("[谈判 92元]").wait(5)
    assert below.session.state.node == "gone", "92 was allowed before the notice"
    assert Table(make()).say("[问好 提问]").wait(5).say("[谈判 92元]").wait(5).session.state.node == "sold"


def test_whatever_happens_the_log_tells_all():
    table = Table(make(notices=NOTICES))
    table.say("[report gift]").wait(30).note("收纳盒").wait(80).say("[told] 10分 [later]").wait(200)
    log = table.session.log
    assert rebuild(log) == table.session.state
    assert [ev.from_line(ev.to_line(event)) for event in log] == log
    assert [event.t for event in log] == sorted(event.t for event in log)
