"""A shift going on: everything at its own time, one log, the same whoever looks how often."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.engine import events as ev
from kefu_sim.engine.step import OpenCard, Say, Typing
from kefu_sim.rush import events as rv
from kefu_sim.rush import run as run_module
from kefu_sim.rush.run import Run
from kefu_sim.rush.script import finish
from kefu_sim.rush.urgency import by_urgency, most_urgent

from .conftest import plan_of

ACTS = st.tuples(
    st.floats(0, 60, allow_nan=False).map(lambda s: round(s, 3)),
    st.sampled_from(["b1", "b2", "b3", "b6", "next", "b99"]),
    st.sampled_from(
        [
            Say("有货 [answer]"),
            Say("嗯"),
            Say("稍等"),
            Say("谢谢 [bye]"),
            Typing(),
            OpenCard("product"),
            "turn",
            "pause",
            "resume",
        ]
    ),
)
SCRIPTS = st.lists(ACTS, max_size=25)


def act(run, now, to, given_):
    buyer = to
    if to == "next":
        run.advance(now)
        seat = most_urgent(run.floor, now)
        buyer = seat.buyer if seat else "b1"
    if given_ == "turn":
        run.turn(buyer, now)
    elif given_ == "pause":
        run.pause(now)
    elif given_ == "resume":
        run.resume(now)
    else:
        run.feed(buyer, given_, now)


def play(plan, script, looks=()):
    """Play a script; `looks`: further moments at which somebody looks at the clock."""
    run, now, passed = Run(plan), 0.0, sorted(looks)
    run.open()
    for wait, to, given_ in script:
        now += wait
        while passed and passed[0] < now:
            run.advance(passed.pop(0))
        act(run, now, to, given_)
    if run.floor.paused:
        run.resume(now)
    finish(run)
    return run


def lines(run):
    return [rv.to_line(entry) for entry in run.log]


def kinds(run, buyer=""):
    return [entry.event.kind for entry in run.log if entry.buyer == buyer]


@given(st.integers(0, 9999), SCRIPTS, st.lists(st.floats(0, 900, allow_nan=False), max_size=20))
@settings(deadline=None)
def test_the_log_does_not_depend_on_how_often_anybody_looks(seed, script, looks):
    plan = plan_of(seed)
    assert lines(play(plan, script)) == lines(play(plan, script, looks))


@given(st.integers(0, 9999), SCRIPTS)
@settings(deadline=None)
def test_rows_come_in_the_order_of_time_and_can_be_read_back(seed, script):
    run = play(plan_of(seed), script)
    times = [entry.t for entry in run.log]
    assert times == sorted(times)
    assert [rv.from_line(line) for line in lines(run)] == run.log


@given(st.integers(0, 9999), SCRIPTS, st.data())
@settings(deadline=None)
def test_a_shift_cut_off_anywhere_goes_on_as_if_nothing_had_happened(seed, script, data):
    """Cut between two inputs, as a crash leaves it: every row of the last one is on the disk."""
    plan = plan_of(seed)
    cut = data.draw(st.integers(0, len(script)))
    run, now = Run(plan), 0.0
    run.open()
    for wait, to, given_ in script[:cut]:
        now += wait
        act(run, now, to, given_)
    again = Run.continued(plan, list(run.log))
    for one in (run, again):
        then = now
        for wait, to, given_ in script[cut:]:
            then += wait
            act(one, then, to, given_)
        if one.floor.paused:
            one.resume(then)
        finish(one)
    assert lines(run) == lines(again)


@given(st.integers(0, 9999), SCRIPTS)
@settings(deadline=None)
def test_a_message_reaches_the_buyer_it_was_for_and_nobody_else(seed, script):
    numbered = [
        (wait, to, Say(f"{given_.text} #{i}") if isinstance(given_, Say) else given_)
        for i, (wait, to, given_) in enumerate(script)
    ]
    run = play(plan_of(seed), numbered)
    for i, (_, to, given_) in enumerate(numbered):
        got = [e.buyer for e in run.log if isinstance(e.event, ev.AgentSent) and e.event.text.endswith(f"#{i}")]
        assert len(got) <= 1
        assert to == "next" or not got or got == [to]
        assert isinstance(given_, Say) or not got


def test_everybody_comes_waits_nudges_and_leaves_without_an_agent(plan):
    run = play(plan(), [])
    assert run.floor.ended == "done"
    assert len(run.floor.seats) == 6
    assert {seat.state.outcome for seat in run.floor.seats.values()} == {"lost"}
    assert kinds(run, "b1")[-3:] == ["entered", "buyer", "ended"]
    assert "nudged" in kinds(run, "b1")


def test_more_buyers_than_places_queue_and_come_up_in_turn(plan):
    run = Run(plan(at_once=2, arrivals=[{"at": t, "scenario": "question"} for t in (0, 1, 2, 3)]))
    run.open()
    run.advance(5)
    assert list(run.floor.open) == ["b1", "b2"]
    assert list(run.floor.queue) == ["b3", "b4"]
    run.feed("b1", Say("有货 [answer]"), 6)
    run.feed("b1", Say("谢谢 [bye]"), 10)
    run.advance(13)
    assert list(run.floor.open) == ["b2", "b3"]
    assert run.floor.seats["b3"].log[0].t == run.floor.seats["b1"].state.t


def test_who_queues_too_long_gives_up(plan):
    arrivals = [{"at": 0, "scenario": "question"}, {"at": 1, "scenario": "question"}, {"at": 2, "scenario": "question"}]
    run = Run(plan(at_once=2, arrivals=arrivals))
    run.open()
    patience = run.plan.rules.queue_patience
    run.advance(2 + patience - 0.1)
    assert run.floor.gave_up == []
    run.advance(2 + patience)
    assert run.floor.gave_up == ["b3"]


def test_the_bell_ends_everything_at_once(plan):
    run = Run(plan(minutes=1, at_once=2, arrivals=[{"at": t, "scenario": "question"} for t in (50, 51, 52)]))
    run.open()
    finish(run)
    assert run.floor.ended == "time"
    assert [seat.state.outcome for seat in run.floor.seats.values()] == ["left", "left"]
    assert run.floor.gave_up == ["b3"]
    assert run.log[-1].event == rv.Bell(60.0, "time")
    assert run.feed("b1", Say("还在吗"), 61) == []


def test_going_early_leaves_everybody_behind(plan):
    run = Run(plan())
    run.open()
    run.leave(20)
    assert run.floor.ended == "left"
    assert run.due is None


def test_a_pause_stops_every_clock(plan):
    run = Run(plan())
    run.open()
    run.pause(5)
    assert run.advance(400) == []
    assert run.due is None
    run.resume(5)
    run.advance(46)
    assert "人呢" in [e.event.text for e in run.log if isinstance(e.event, ev.BuyerSaid)]


@pytest.mark.parametrize(("blocks", "given_"), [("sending", Say("在的")), ("cards", OpenCard("product"))])
def test_an_outage_blocks_what_it_says_and_nothing_else(plan, blocks, given_):
    run = Run(plan(outages=[{"at": 10, "for": 20, "blocks": blocks}]))
    run.open()
    assert not run.blocked(blocks)
    run.advance(10)
    assert run.blocked(blocks)
    assert run.feed("b1", given_, 12) == []
    assert run.feed("b1", Typing(), 13) != []
    kind = {"sending": "agent", "cards": "card"}[blocks]
    assert kind in [entry.event.kind for entry in run.feed("b1", given_, 30)]
    assert kinds(run).count("restored") == 1


def test_notices_are_given_on_time_and_read_once(plan):
    run = Run(plan(notices=[{"at": 20, "text": "赠品没了"}]))
    run.open()
    assert run.read_notice(0, 19) == []
    run.advance(20)
    assert run.floor.notices == [0]
    run.read_notice(0, 25)
    run.read_notice(0, 26)
    assert kinds(run).count("read") == 1


def test_unread_lines_are_counted_where_the_agent_does_not_look(plan):
    run = Run(plan(arrivals=[{"at": 0, "scenario": "question"}, {"at": 1, "scenario": "question"}]))
    run.open()
    run.turn("b1", 0)
    run.advance(45)
    assert (run.floor.seats["b1"].unread, run.floor.seats["b2"].unread) == (0, 2)
    run.turn("b2", 46)
    assert run.floor.seats["b2"].unread == 0


def test_the_most_urgent_is_at_the_till_then_aggrieved_then_longest_waiting(plan):
    arrivals = [{"at": 0, "scenario": "question"}, {"at": 20, "scenario": "gripe"}, {"at": 25, "scenario": "question"}]
    run = Run(plan(arrivals=arrivals))
    run.open()
    run.advance(30)
    floor, rules = run.floor, run.plan.rules.urgency

    def order():
        return [seat.buyer for seat in by_urgency(floor.open.values(), 30, rules)]

    assert order() == ["b2", "b1", "b3"]
    floor.seats["b3"].paying = True
    assert order() == ["b3", "b2", "b1"]
    assert most_urgent(floor, 30, but="b3").buyer == "b2"


def test_who_was_asked_to_wait_comes_up_again(plan):
    arrivals = [{"at": 0, "scenario": "question"}, {"at": 1, "scenario": "question"}]
    run = Run(plan(arrivals=arrivals))
    run.open()
    run.feed("b1", Say("您稍等"), 5)
    assert run.floor.seats["b1"].held(15) == 10
    assert most_urgent(run.floor, 15).buyer == "b2"
    run.feed("b2", Say("有货 [answer]"), 16)
    assert most_urgent(run.floor, 17).buyer == "b1"
    run.feed("b1", Say("有货 [answer]"), 18)
    assert run.floor.seats["b1"].held(19) is None


def test_buyers_who_do_nothing_cost_nothing(plan, monkeypatch):
    """A look at the clock at which nothing is due asks nobody anything, however many are there."""
    run = Run(plan(at_once=60, arrivals=[{"at": 0, "scenario": "question"}] * 60))
    run.open()
    run.advance(1)
    calls = []
    monkeypatch.setattr(run_module, "next_due", lambda *_: calls.append(1))
    monkeypatch.setattr(run_module, "step", lambda *_: calls.append(1))
    for tenth in range(20, 380):
        run.advance(tenth / 10)
    assert calls == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[]", "no object"),
        ('{"kind":"came","t":1}', "lacks `buyer` `name`"),
        ('{"b":"b1","kind":"came","t":1}', "unknown kind"),
        ('{"b":7,"kind":"agent","t":1,"text":"x"}', "`b` does not name a buyer"),
        ('{"kind":"bell","t":1,"why":"whim"}', "cannot be"),
    ],
)
def test_rows_that_are_none_are_refused(line, why):
    with pytest.raises(ValueError, match=why):
        rv.from_line(line)


def test_a_grievance_is_never_put_behind_because_it_says_bought():
    run = Run(plan_of(arrivals=[{"at": 0, "scenario": "gripe"}, {"at": 0, "scenario": "question"}]))
    run.open()
    for buyer in ("b1", "b2"):
        run.floor.take(rv.Entry(ev.BuyerSaid(1.0, "昨天买了", "open", "node", "x"), buyer))
    assert [(seat.complaint, seat.settled) for seat in run.floor.seats.values()] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("text", "settled"),
    [("拍好啦谢谢", True), ("我刚又拍了一单 两单能不能合一起寄", False), ("付好了，几天到？", False)],
)
def test_who_has_paid_and_asks_on_is_not_put_behind(text, settled):
    run = Run(plan_of(arrivals=[{"at": 0, "scenario": "question"}]))
    run.open()
    run.floor.take(rv.Entry(ev.BuyerSaid(1.0, text, "open", "node", "x"), "b1"))
    assert run.floor.seats["b1"].settled is settled
