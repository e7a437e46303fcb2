"""快递五天没动, played from transcripts: middling and bad agents, and every trap. Good ones: test_every_story."""

from functools import partial

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.scenario.model import ScriptTurn

from .receptions import SEEDS, names, play, script

play = partial(play, "complainer")
script = partial(script, "complainer")
GOOD, LAZY, RUDE = (names("complainer", f"{kind}-*") for kind in ("good", "lazy", "rude"))


@pytest.mark.parametrize("seed", [2, 4])
@pytest.mark.parametrize("name", GOOD)
def test_one_message_less_still_leaves_him_on_good_terms(name, seed):
    turns = script(name)
    said = [index for index, turn in enumerate(turns) if turn.say is not None]
    missing = said[seed * (len(said) - 1) // 6]
    played = play(turns[:missing] + turns[missing + 1 :], seed)
    assert played.end in {"kept", "later"}


@pytest.mark.parametrize("name", ["middling-urges-only", "middling-patience"])
def test_urging_the_courier_and_asking_for_patience_only_puts_him_off(name):
    played = play(name)
    assert played.end == "later"
    assert "stalled" in played.path
    assert 40 <= played.score.total < 85


@pytest.mark.parametrize("name", ["middling-terse", "middling-casual"])
def test_a_terse_agent_keeps_him_with_few_points(name):
    played = play(name)
    assert played.end == "kept"
    assert played.revealed == set()
    assert played.score.total < 85


def test_a_refund_settles_it_for_fewer_points_than_the_present_in_time():
    polite, quick = play("refund-polite"), play("refund-quick")
    assert polite.ending == quick.ending == "refunded"
    assert quick.score.total < polite.score.total < play("good-formal").score.total


def test_shirking_once_can_be_mended():
    played = play("shirks-then-mends")
    assert played.path[:2] == ["open", "press"]
    assert played.end == "kept"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", LAZY)
def test_a_lazy_agent_loses_him(name, seed):
    played = play(name, seed)
    assert played.end == "lost"
    assert played.score.total < 60


@pytest.mark.parametrize("name", RUDE)
def test_rudeness_ends_it(name):
    played = play(name)
    assert played.ending == "insulted"
    assert len(played.path) <= 3
    assert played.score.total < 40


def test_silence_is_nudged_early_and_then_left():
    played = play("silent")
    assert played.path == ["open", "lost"]
    assert played.ended_at <= 150
    assert played.score.total <= 10


@pytest.mark.parametrize("name", ["shirks", "argues", "bribes"])
def test_pushing_it_away_twice_sends_him_to_the_platform(name):
    played = play(name)
    assert played.path[-2:] == ["press", "lost"]
    assert played.score.total < 60


def test_another_chat_or_a_private_transfer_is_refused():
    played = play("off-platform")
    assert played.path[-2:] == ["press", "lost"]
    assert played.score.total < 40


def test_a_vow_taken_back_is_forgiven():
    played = play("overpromise-mended")
    assert "doubt" in played.path or played.path.count("weigh") == 1
    assert played.end == "kept"


@pytest.mark.parametrize("name", ["overpromise", "overpromise-kept-up", "beyond-the-limit"])
def test_words_nobody_can_keep_are_held_against_her(name):
    played = play(name)
    assert played.end in {"later", "lost"}
    assert played.score.total < 85


@pytest.mark.parametrize("name", ["sugary-template", "wait-and-nothing", "stuffer"])
def test_empty_words_do_not_help(name):
    played = play(name)
    assert played.end == "lost"
    assert played.score.total < 60


def test_piled_up_stock_words_earn_little():
    assert play("stuffer").score.total <= 40


def test_a_complaint_that_is_put_off_is_not_settled():
    played = play("middling-urges-only")
    assert played.end == "later"
    ledger = {row.rule: row for row in played.score.ledger}
    assert ledger["consent.no"].points == 0
    assert ledger["outcome"].points == 2
    assert ledger["outcome"].reason.zh == "结果：投诉搁下了，没有解决"


@pytest.mark.parametrize(
    ("said", "resend", "coupon"),
    [
        ("催件给您登记好了，今天出结果", False, False),
        ("改发给您登记好了", True, False),
        ("20元券给您登记好了", False, True),
        ("都给您办好了，您放心", True, True),
    ],
)
def test_a_promise_is_kept_by_what_was_filed_for_it(said, resend, coupon):
    offered = "可以给您重新发一台顺丰，再补您一张20元的无门槛券，您看行吗"
    played = play(
        (ScriptTurn(wait=6, say="实在抱歉，我来处理"), ScriptTurn(wait=8, say=offered), ScriptTurn(wait=8, say=said))
    )
    assert kept(played, len(played.log)) == {
        name for name, is_kept in (("resend", resend), ("coupon", coupon)) if is_kept
    }
    assert not kept(played, next(i for i, e in enumerate(played.log) if getattr(e, "text", "") == said))


def kept(played, before):
    return {event.name for event in played.log[:before] if isinstance(event, ev.Kept)}


def test_a_promised_look_is_bettered_by_what_was_found():
    played = play((ScriptTurn(wait=6, say="实在抱歉，我马上帮您查一下"),))
    row = next(row for row in played.score.ledger if row.rule == "step.announced")
    assert row.better.zh.startswith("查到了")
