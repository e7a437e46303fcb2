from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_sim.demonstrations import DemoRoom
from kefu_sim.engine import events as ev


@pytest.fixture
def film(shop):
    def make(show="compare", demo=None, **options):
        room = shop() if demo is None else shop(demo)
        return room.show(room.find("lamp"), show, **options).film

    return make


def said(film, lane, count):
    return [event.text for event in film.lanes[lane].events[:count] if isinstance(event, ev.BuyerSaid | ev.AgentSent)]


def story(film):
    """The beats as words."""
    return [(beat.kind, "".join(film.lanes[n].role[0] for n in beat.lanes), beat.text) for beat in film.beats]


def test_the_same_moment_plays_first_badly_then_well(film):
    buyer = "在吗？台灯怎么卖[优惠]👨‍👩‍👧‍👦"
    assert story(film()) == [
        ("title", "bg", ""),
        ("buyer", "bg", buyer),
        ("agent", "b", "在"),
        ("buyer", "b", "啥意思？"),
        ("agent", "g", "您好，请问谁用呢"),
        ("buyer", "g", "给孩子写作业"),
        ("agent", "g", "推荐这盏，护眼不刺眼"),
        ("buyer", "g", "嗯"),
        ("end", "bg", ""),
    ]


def test_a_reply_appears_character_by_character_before_it_is_sent(film):
    one = film("good")
    index = next(i for i, beat in enumerate(one.beats) if beat.kind == "agent")
    beat, start = one.beats[index], one.starts[index]
    drafts = []
    for tenth in range(int(beat.seconds * 10)):
        frame = one.frame(start + tenth / 10)
        if frame.draft and (not drafts or drafts[-1] != frame.draft):
            drafts.append(frame.draft)
        assert bool(frame.draft) == (frame.phase == "type")
    assert drafts == [beat.text[:n] for n in range(1, len(beat.text) + 1)]
    assert one.frame(start).counts == beat.before
    assert said(one, 0, one.frame(start + beat.seconds - 0.01).counts[0])[-1] == beat.text


def test_what_one_agent_does_changes_nothing_for_the_other(film):
    both, good = film(), film("good")
    assert both.lanes[1].log == good.lanes[0].log
    assert both.total(1) == good.total(0)
    assert both.total(0) == film("bad").total(0)


def test_points_are_those_of_the_log_so_far(film):
    one = film()
    for before, beat in zip(one.beats, one.beats[1:], strict=False):
        moved = [n for n in range(2) if beat.totals[n] != before.totals[n]]
        assert set(moved) <= set(beat.lanes)
        assert beat.totals == tuple(one.lanes[n].total(count) for n, count in enumerate(beat.after))
        if beat.opinion:
            assert beat.opinion.total == beat.totals[beat.lanes[0]]
            assert beat.opinion.gained == pytest.approx(beat.totals[beat.lanes[0]] - before.totals[beat.lanes[0]])


def test_what_went_before_is_there_at_once(film):
    text = """\
schema: 1
id: lamp
title: 台灯
scenario: desk-lamp
before: [{wait: 6, say: 您好，请问谁用呢}]
good: [{wait: 9, say: 推荐这盏}]
"""
    one = film("good", text)
    assert [beat.kind for beat in one.beats] == ["title", "lead", "buyer", "agent", "buyer", "end"]
    lead = one.frame(one.starts[1])
    assert said(one, 0, lead.counts[0])[-1] == "您好，请问谁用呢"
    assert lead.totals[0] > 0
    assert one.beats[2].text == "给孩子写作业"  # the reaction is played, so that the class can read it


def test_a_long_silence_passes_quickly_and_says_so_on_its_clock(film):
    text = "schema: 1\nid: lamp\ntitle: 台灯\nscenario: desk-lamp\nbad: [{wait: 250}]\n"
    one = film("bad", text)
    waits = [beat for beat in one.beats if beat.kind in {"buyer", "quiet"}][1:]
    assert [beat.text for beat in waits] == ["人呢？", "算了", ""]
    assert all(beat.wait <= 4 for beat in waits)
    nudge = one.beats.index(waits[0])
    assert one.frame(one.starts[nudge] + 2).clock == pytest.approx(30, abs=1)
    assert isinstance(one.lanes[0].log[-1], ev.Ended)


def test_a_question_comes_before_both_agents_where_they_part_and_once(film):
    both = film()
    asks = [both.beats[i] for i, beat in enumerate(both.beats) if beat.asks]
    assert [(beat.text, beat.before) for beat in asks] == [
        ("在", asks[0].before),
        ("推荐这盏，护眼不刺眼", asks[1].before),
    ]
    assert said(both, 0, asks[0].before[0]) == said(both, 1, asks[0].before[1])
    assert not any(beat.asks for beat in film(asks=False).beats)


def test_a_class_can_be_asked_at_any_second(film):
    both = film()
    replies = [i for i, beat in enumerate(both.beats) if beat.kind == "agent"]
    assert both.moment(0).beat == replies[0]
    typing = both.starts[replies[1]] + both.beats[replies[1]].wait + 0.1
    assert both.moment(typing).beat == replies[1]  # the reply being given is the one to better
    sent = both.starts[replies[1] + 1] - 0.1
    assert both.moment(sent).beat == replies[2]
    end = both.moment(both.seconds)
    assert both.lanes[end.lane].role == "good"
    assert end.count == len(both.lanes[end.lane].log)


def test_nobody_is_asked_once_the_buyer_has_gone(film):
    text = "schema: 1\nid: lamp\ntitle: 台灯\nscenario: desk-lamp\ngood: [{wait: 5, say: 再见}]\n"
    one = film("good", text)
    assert one.moment(one.seconds) is None


@settings(deadline=None)
@given(data=st.data())
def test_time_only_adds_to_what_has_happened(data):
    one = sample()
    first = data.draw(st.floats(0, one.seconds))
    later = data.draw(st.floats(first, one.seconds))
    a, b = one.frame(first), one.frame(later)
    assert all(x <= y for x, y in zip(a.counts, b.counts, strict=True))
    for frame in (a, b):
        assert frame.draft == frame.beat.text[: len(frame.draft)]
        assert frame.beat.since <= frame.clock <= max(frame.beat.at, frame.beat.since)
        for lane, count in zip(one.lanes, frame.counts, strict=True):
            assert lane.lead <= count <= len(lane.log)


@cache
def sample():
    """A shipped film, made once: hypothesis asks a hundred times."""
    room = DemoRoom()
    return room.show(room.find("negotiate")).film
