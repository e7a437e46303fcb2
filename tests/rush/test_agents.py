"""Simulated agents: stated skill, stated times, the same work every time."""

import pytest

from kefu_sim.engine import events as ev
from kefu_sim.rush import events as rv
from kefu_sim.rush.agents import seconds_for, work
from kefu_sim.rush.figures import figures, served
from kefu_sim.rush.handover import graded
from kefu_sim.rush.skills import Skill
from kefu_sim.scoring.ledger import Phrase


def skill(**changes):
    return Skill.model_validate({"id": "test", "title": Phrase("测", "test"), "typing": 80, **changes})


@pytest.mark.parametrize(
    ("chars", "cpm", "by_hand", "quick"),
    [(12, 60, 16, 5), (12, 80, 13, 5), (20, 80, 19, 6), (30, 80, 26, 8), (45, 80, 38, 10), (45, 100, 31, 10)],
)
def test_times_are_those_of_the_capacity_table(chars, cpm, by_hand, quick):
    text = "字" * chars
    assert seconds_for(text, skill(typing=cpm), quick=False) == pytest.approx(by_hand, abs=1)
    assert seconds_for(text, skill(typing=cpm), quick=True) == pytest.approx(quick, abs=1)


def test_the_same_agent_works_the_same_traffic_the_same_way(plan):
    one, other = (work(plan(), skill(quick=0.5, slips=0.2)) for _ in range(2))
    assert [rv.to_line(e) for e in one.log] == [rv.to_line(e) for e in other.log]


def test_a_good_agent_sells_and_a_careless_one_does_not(plan):
    good, bad = (work(plan(), skill(slips=slips)) for slips in (0.0, 1.0))
    sold = [figures(run.floor, served(run.floor, run.log)).sold for run in (good, bad)]
    assert sold[0] >= 3
    assert sold[1] == 0


def test_faster_hands_answer_sooner(plan):
    crowd = plan(arrivals=[{"from": 0, "to": 60, "count": 8, "scenario": "question"}], at_once=8)
    first = [
        figures(run.floor, served(run.floor, run.log)).rates.first_reply_s
        for run in (work(crowd, skill(typing=cpm)) for cpm in (40, 80, 160))
    ]
    assert first[0] > first[1] > first[2]


def test_what_is_typed_is_told_apart_from_quick_replies(plan):
    run = work(plan(), skill(quick=0.0))
    sent = [e.event for e in run.log if isinstance(e.event, ev.AgentSent)]
    assert all(message.typed == len(message.text) and message.pasted == 0 for message in sent)
    assert figures(run.floor, served(run.floor, run.log)).typing_cpm == pytest.approx(80, abs=1)
    quick = work(plan(), skill(quick=1.0))
    assert figures(quick.floor, served(quick.floor, quick.log)).typing_cpm is None


def test_a_notice_is_heeded(plan):
    notices = [{"at": 0, "text": "没货了", "wrong": ["有货"], "better": "抱歉，刚卖完 [answer]"}]
    forbids = lambda text: frozenset({0}) if "有货" in text else frozenset()  # noqa: E731
    run = work(plan(notices=notices, forbids=forbids), skill())
    said = [e.event.text for e in run.log if isinstance(e.event, ev.AgentSent)]
    assert "抱歉，刚卖完 [answer]" in said
    assert not any("有货" in text for text in said)


def test_messages_wait_until_they_can_go_out(plan):
    run = work(plan(outages=[{"at": 0, "for": 30, "blocks": "sending"}]), skill())
    first = next(e.t for e in run.log if isinstance(e.event, ev.AgentSent))
    assert first > 30


def handed(plan, hands_over):
    """Forms, the word to buyers and the archive of an agent who is slow, so that somebody is left behind."""
    shift = plan(
        arrivals=[{"at": t, "scenario": "gripe"} for t in (0, 2, 4, 6, 290, 292)], minutes=5, handover=True, at_once=6
    )
    run = work(shift, skill(typing=20, hands_over=hands_over))
    return graded(run.floor, run.log), run.floor.archived


def test_an_agent_hands_over_as_well_as_stated(plan):
    whole, archived = handed(plan, 1.0)
    assert whole
    assert all(all(one.slots.values()) for one in whole)
    assert archived
    half, _ = handed(plan, 0.5)
    none, nowhere = handed(plan, 0.0)
    assert len(half) == len(none) == len(whole)
    assert 0 < sum(one.share for one in half) < len(half)
    assert not any(any(one.slots.values()) or one.told for one in none)
    assert nowhere is None


def test_no_form_is_written_where_the_shift_asks_for_none(plan):
    run = work(plan(arrivals=[{"at": 290, "scenario": "gripe"}], minutes=5), skill(typing=20, hands_over=1.0))
    assert not run.floor.forms
