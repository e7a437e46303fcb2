"""What must hold of every reception, whatever is typed and whenever."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.base.clock import ManualClock
from kefu_sim.engine import events as ev
from kefu_sim.engine.replay import replay
from kefu_sim.engine.session import Session
from kefu_sim.engine.state import State, apply, rebuild
from kefu_sim.engine.step import AskHelp, Leave, Note, OpenCard, Say, Tick, Typing

MESSAGES = st.sampled_from(
    [
        "您好 [问好]",
        "[问好 提问 1]",
        "嗯",
        "稍等 [hold]",
        "[谈判 95元]",
        "[谈判 80元]",
        "[-1]",
        "[2 问好]",
        "[thanks]",
        "一会儿回您 [callback]",
        "送礼盒 [boxed]",
        "[offplatform]",
        "😊",
        "",
        "[/]\x1b[31m",
    ]
)
NOTES = st.builds(Note, st.sampled_from(["", "加急", "送礼盒", "\x00"]), st.sampled_from(["a", "b", "c", ""]))
INPUTS = st.one_of(
    MESSAGES.map(Say), NOTES, st.just(Typing()), st.just(OpenCard("product")), st.just(AskHelp("model")),
    st.just(Tick()),
    st.sampled_from(["pause", "resume"]), st.just(Leave()),
)  # fmt: skip
WAITS = st.floats(0, 200, allow_nan=False).map(lambda s: round(s, 3))
SCRIPTS = st.lists(st.tuples(WAITS, INPUTS), max_size=25)


def play(program, seed, script):
    clock = ManualClock()
    session = Session(program, seed, clock)
    session.open("practice", "r1")
    for wait, act in script:
        clock.advance(wait)
        if act == "pause":
            session.pause()
        elif act == "resume":
            session.resume()
        else:
            session.send(act)
    return session


def as_bytes(log):
    return "\n".join(map(ev.to_line, log)).encode()


@given(st.integers(0, 10**6), SCRIPTS)
@settings(deadline=None)
def test_same_seed_and_inputs_give_the_same_bytes(program, seed, script):
    assert as_bytes(play(program, seed, script).log) == as_bytes(play(program, seed, script).log)


@given(st.integers(0, 10**6), SCRIPTS)
@settings(deadline=None)
def test_the_state_follows_from_the_log_at_every_event(program, seed, script):
    session = play(program, seed, script)
    assert rebuild(session.log) == session.state
    state = State()
    for count, event in enumerate(session.log, 1):
        state = apply(state, event)
        assert state == rebuild(session.log[:count])
        assert state.seq == sum(isinstance(e, ev.BuyerSaid | ev.AgentSent) for e in session.log[:count])


@given(st.integers(0, 10**6), SCRIPTS)
@settings(deadline=None)
def test_a_log_survives_its_file_form(program, seed, script):
    log = play(program, seed, script).log
    assert [ev.from_line(ev.to_line(event)) for event in log] == log


@given(st.integers(0, 10**6), SCRIPTS, st.integers(0, 25))
@settings(deadline=None)
def test_a_resumed_reception_goes_on_as_if_nothing_had_been(program, seed, script, cut):
    whole = play(program, seed, script)
    first, rest = script[:cut], script[cut:]
    half = play(program, seed, first)
    clock = ManualClock(half.now)
    again = Session.continued(program, half.log, clock)
    assert again.state == half.state
    if half.now != half.state.t or half.state.paused:
        return  # time after the last event is not in the log
    for wait, act in rest:
        clock.advance(wait)
        if act == "pause":
            again.pause()
        elif act == "resume":
            again.resume()
        else:
            again.send(act)
    assert as_bytes(again.log) == as_bytes(whole.log)


@given(st.integers(0, 10**6), SCRIPTS)
@settings(deadline=None)
def test_a_log_is_told_again_by_its_own_story(program, seed, script):
    log = play(program, seed, script).log
    told = replay(program, log)
    assert told.divergence is None
    assert as_bytes(told.log) == as_bytes(log)


@given(st.integers(0, 10**6), SCRIPTS)
@settings(deadline=None)
def test_promises_fall_due_once_and_no_notice_comes_twice(program, seed, script):
    log = play(program, seed, script).log
    noticed = [event.name for event in log if isinstance(event, ev.Noticed)]
    assert len(noticed) == len(set(noticed))
    open_since = {}
    for event in log:
        if isinstance(event, ev.Promised):
            open_since[event.name] = event.due
        elif isinstance(event, ev.Missed):
            assert open_since.pop(event.name) == event.t


@given(st.integers(0, 10**6), SCRIPTS)
@settings(deadline=None)
def test_times_never_run_backwards_and_the_end_is_the_end(program, seed, script):
    log = play(program, seed, script).log
    assert [e.t for e in log] == sorted(e.t for e in log)
    ends = [i for i, e in enumerate(log) if isinstance(e, ev.Ended)]
    assert ends in ([], [len(log) - 1])


@given(st.integers(0, 10**6), st.lists(st.tuples(st.integers(0, 200_000), MESSAGES.map(Say)), max_size=12))
@settings(deadline=None)
def test_looking_at_the_clock_changes_nothing(program, seed, script):
    def told(tick_every):
        clock = ManualClock()
        session = Session(program, seed, clock)
        session.open("practice", "r1")
        for wait_ms, act in script:
            end = round(clock.now() + wait_ms / 1000, 3)
            while tick_every and clock.now() + tick_every < end:
                clock.advance(tick_every)
                session.tick()
            clock.advance(end - clock.now())
            session.send(act)
        return as_bytes(session.log)

    assert told(0) == told(7.3)
