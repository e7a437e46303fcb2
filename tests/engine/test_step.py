"""How a reception unfolds, input by input."""

from dataclasses import replace

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.engine import events as ev
from kefu_sim.engine.session import Session
from kefu_sim.engine.step import AskHelp, OpenCard, Say, Typing


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def session(program, clock):
    session = Session(program, 7, clock)
    session.open("practice", "r1")
    return session


def after(session, clock, seconds):
    clock.advance(seconds)
    return session.tick()


def said(events):
    return [e.text for e in events if isinstance(e, ev.BuyerSaid)]


def kinds(events):
    return [e.kind for e in events]


def test_opening_names_the_rules_and_lets_the_buyer_begin(session):
    assert kinds(session.log) == ["opened", "adjusted", "adjusted", "entered", "buyer"]
    assert session.log[0].fingerprint == "f00d"
    assert session.state.node == "open"
    assert session.state.waiting_since == 0.0


def test_the_buyer_reacts_after_a_human_delay(session, clock):
    clock.advance(5)
    session.send(Say("您好 [问好 提问]"))
    assert 6 <= session.state.due <= 8
    assert after(session, clock, 0.5) == ()
    assert said(after(session, clock, 3))[0] == "送人的"
    assert session.state.node == "price"
    assert session.state.revealed == ("gift",)


def test_messages_before_the_reaction_make_one_turn(session, clock):
    session.send(Say("您好 [问好]"))
    clock.advance(0.5)
    session.send(Say("自己用吗 [提问]"))
    after(session, clock, 5)
    assert session.state.node == "price"


def test_once_reacts_only_once(session, clock):
    session.send(Say("您好 [问好]"))
    assert said(after(session, clock, 5)) == ["嗯，想买个杯子"]
    session.send(Say("您好 [问好]"))
    assert said(after(session, clock, 5))[0] == "怎么又问好"


def test_unclear_is_free_the_first_time_and_moves_on_in_the_end(session, clock):
    session.send(Say("嗯"))
    first = after(session, clock, 6)
    assert session.state.meters["mood"] == 50
    session.send(Say("嗯嗯"))
    second = after(session, clock, 6)
    assert session.state.meters["mood"] == 45
    assert set(said(first) + said(second)) == {"没看懂", "啥意思"}
    session.send(Say("嗯嗯嗯"))
    after(session, clock, 6)
    assert session.state.node == "price"


def test_what_is_nearly_a_step_is_unclear_and_free_the_first_time(session, clock):
    session.send(Say("您啊 [?问好]"))
    assert said(after(session, clock, 6))[0] in {"没看懂", "啥意思"}
    assert session.state.meters["mood"] == 50
    session.send(Say("您啊 [?问好]"))
    after(session, clock, 6)
    assert session.state.meters["mood"] == 45
    session.send(Say("您好 [问好]"))
    assert said(after(session, clock, 6)) == ["嗯，想买个杯子"]


def test_a_message_without_words_leaves_the_buyer_waiting(session, clock):
    clock.advance(3)
    session.send(Say("😊"))
    assert session.state.waiting_since == 0.0
    session.send(Say("在 [问好]"))
    assert session.state.waiting_since is None


def test_an_empty_message_is_not_sent(session):
    assert session.send(Say(" \x1b\n ")) == ()


def test_silence_branches_fire_at_their_own_time(session, clock):
    events = after(session, clock, 100)
    assert [(e.t, e.kind) for e in events if e.kind in {"nudged", "ended"}] == [
        (30.0, "nudged"),
        (90.0, "nudged"),
        (90.0, "ended"),
    ]
    assert session.state.outcome == "lost"


def test_a_nudge_does_not_restart_the_wait(session, clock):
    after(session, clock, 31)
    assert session.state.waiting_since == 0.0
    assert session.state.meters["patience"] == 40


def test_the_temperament_fills_in_where_a_node_says_nothing(program, clock):
    quiet = program.scenario.nodes["price"].model_copy(update={"silence": ()})
    story = program.scenario.model_copy(update={"nodes": {**program.scenario.nodes, "price": quiet}, "start": "price"})
    session = Session(replace(program, scenario=story), 7, clock)
    session.open("practice", "r1")
    assert said(after(session, clock, 49)) == []
    assert said(after(session, clock, 1)) == ["在吗"]


def test_what_always_applies_comes_before_the_node_s_own_replies(session, clock):
    session.send(Say("您好，加微信 [问好 提问 offplatform]"))
    events = after(session, clock, 6)
    assert said(events)[0] == "不加微信"
    assert [e.choice for e in events if e.kind == "reacted"] == ["always:0"]
    assert session.state.outcome == "lost"


@pytest.mark.parametrize("label", ["thanks", "sorry"])
def test_either_of_two_labels_is_enough(session, clock, label):
    session.send(Say(f"[{label}]"))
    assert said(after(session, clock, 6)) == ["不客气"]


def test_mood_chooses_the_wording(session, clock):
    session.send(Say("您好 [问好 提问 2]"))
    assert said(after(session, clock, 6))[1] == "心情好，便宜点呗"


@pytest.mark.parametrize(("politeness", "outcome"), [("-1", "lost"), ("0", None)])
def test_a_silence_branch_is_passed_over_where_its_condition_fails(session, clock, politeness, outcome):
    session.send(Say(f"您好 [问好 提问 {politeness}]"))
    after(session, clock, 5)
    assert session.state.node == "price"
    after(session, clock, 25)
    assert session.state.outcome == outcome


def test_asking_for_a_moment_doubles_patience(session, clock):
    session.send(Say("稍等 [hold]"))
    after(session, clock, 6)
    reacted = session.log[-1]
    assert reacted.choice == "hold"
    assert said(after(session, clock, 45)) == []
    assert len(said(after(session, clock, 20))) == 1


def test_rudeness_empties_patience_and_ends_it(session, clock):
    session.send(Say("滚 [-2]"))
    events = after(session, clock, 6)
    assert said(events)[0] == "什么态度"
    assert [e.via for e in events if e.kind == "entered"] == ["out:patience"]
    assert session.state.outcome == "lost"


@pytest.mark.parametrize(("reply", "outcome"), [("[谈判 95元]", "sold"), ("[谈判 85元]", "lost")])
def test_an_offer_below_the_floor_is_seen(session, clock, reply, outcome):
    session.send(Say("您好 [问好 提问]"))
    after(session, clock, 5)
    session.send(Say(reply))
    after(session, clock, 6)
    assert session.state.outcome == outcome


def test_after_the_end_nothing_happens(session, clock):
    after(session, clock, 200)
    before = list(session.log)
    for given in (Say("您好"), Typing(), OpenCard("product"), AskHelp("hint")):
        assert session.send(given) == ()
    assert session.log == before


def test_time_stands_still_while_paused(session, clock):
    clock.advance(10)
    session.pause()
    clock.advance(1000)
    assert session.tick() == ()
    assert session.send(Say("您好 [问好]")) == ()
    session.resume()
    assert session.now == 10
    after(session, clock, 19)
    assert session.state.nudges == 0
    after(session, clock, 1)
    assert session.state.nudges == 1


def test_leaving_lets_a_buyer_who_is_about_to_answer_do_so(session):
    session.send(Say("您好 [问好 提问]"))
    events = session.leave()
    assert said(events)[0] == "送人的"
    assert session.state.outcome == "left"


def test_only_cards_that_exist_are_opened(session):
    assert kinds(session.send(OpenCard("product"))) == ["card"]
    assert session.send(OpenCard("nothing")) == ()


def test_wordings_do_not_come_twice_while_others_are_left(program):
    clock = ManualClock()
    session = Session(program, 3, clock)
    session.open("practice", "r1")
    spoken = said(session.log)
    for _ in range(2):
        session.send(Say("嗯"))
        spoken += said(after(session, clock, 7))
    assert len(spoken) == len(set(spoken))


def test_leaving_ends_a_pause_and_the_reception(session, clock):
    clock.advance(5)
    session.pause()
    assert kinds(session.leave()) == ["resumed", "ended"]
    assert session.state.outcome == "left"


def test_a_buyer_about_to_answer_still_does_when_the_agent_leaves_in_a_pause(session, clock):
    session.send(Say("您好 [问好]"))
    session.pause()
    assert kinds(session.leave())[:3] == ["resumed", "reacted", "buyer"]
    assert session.state.over
