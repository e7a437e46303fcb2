"""The class answers: ballot, judgement, and the story that goes on from there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_sim.demo.ballot import MOST, Ballot
from kefu_sim.demo.shares import LEAST
from kefu_sim.demo.stage import CLASS_REPLY
from kefu_sim.engine import events as ev


def test_votes_decide_and_the_earliest_of_equals_leads():
    ballot = Ballot().with_answer("甲").with_answer("乙")
    assert ballot.leader == 0
    assert ballot.voted(1).leader == 1
    assert ballot.voted(1).voted(0).leader == 0
    assert ballot.voted(1).unvoted() == ballot
    assert Ballot().leader is None


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("say"), st.sampled_from("甲乙丙丁戊")), st.tuples(st.just("vote"), st.integers(-1, 6))
        )
    )
)
def test_hands_are_counted_for_answers_that_are_there(moves):
    ballot, counted = Ballot(), 0
    for what, value in moves:
        if what == "say":
            ballot = ballot.with_answer(value)
        else:
            counted += 0 <= value < len(ballot.answers)
            ballot = ballot.voted(value)
    assert sum(ballot.votes) == counted == len(ballot.cast)
    assert len(ballot.answers) == len(set(ballot.answers)) <= MOST
    for _ in range(counted + 1):
        ballot = ballot.unvoted()
    assert not any(ballot.votes)


def test_each_answer_is_judged_at_the_same_moment_and_after_the_same_time(shop):
    room = shop()
    showing = room.show(room.find("lamp"))
    moment = showing.film.moment(0)
    kind, curt = (room.opinion(showing, moment, text) for text in ("您好，在的，请问是给谁用呢？", "在"))
    assert kind.gained > curt.gained
    assert "问好" in kind.seen.steps
    assert not curt.seen.steps


def test_what_an_answer_gets_for_its_speed_is_told_apart_from_what_its_words_get(shop):
    room = shop()
    showing = room.show(room.find("lamp"))
    moment = showing.film.moment(0)
    said = ("您好，请问是给谁用呢？", "自己看详情页", "滚")
    kind, curt, foul = (room.opinion(showing, moment, text) for text in said)
    assert kind.shares["speed"] > 0
    for opinion in (curt, foul):
        assert opinion.shares["speed"] == pytest.approx(kind.shares["speed"], abs=0.05)
    assert kind.shares["politeness"] > curt.shares.get("politeness", 0)
    assert foul.shares["over_all"] < 0
    for opinion in (kind, curt, foul):
        assert abs(sum(opinion.shares.values()) - opinion.gained) < 5 * LEAST


def test_the_buyer_reacts_and_the_class_goes_on_from_there(shop):
    room = shop()
    showing = room.show(room.find("lamp"))
    first = room.go_on(showing, showing.film.moment(0), "您好，请问谁用呢？")
    lane = first.film.lanes[0]
    assert lane.role == "class"
    assert [e.text for e in lane.log if isinstance(e, ev.BuyerSaid)][-1] == "给孩子写作业"
    sent = next(e for e in lane.log if isinstance(e, ev.AgentSent))
    assert sent.t == CLASS_REPLY
    again = first.film.moment(first.film.seconds)
    second = room.go_on(first, again, "再见")
    log = second.film.lanes[0].log
    assert log[: len(lane.log)] == lane.log
    assert isinstance(log[-1], ev.Ended)
    assert second.film.moment(second.film.seconds) is None
    assert len(dict(second.film.opinions(0))) == 2  # the first answer keeps its verdict


def test_the_film_itself_is_left_as_it_was(shop):
    room = shop()
    showing = room.show(room.find("lamp"))
    before = [lane.log for lane in showing.film.lanes]
    room.go_on(showing, showing.film.moment(0), "随便")
    assert [lane.log for lane in showing.film.lanes] == before


def test_an_answer_taken_back_takes_its_hands_along():
    ballot = Ballot(("在", "您好", "稍等"), (1, 2, 1), (1, 0, 1, 2))
    left = ballot.without(1)
    assert (left.answers, left.votes, left.cast) == (("在", "稍等"), (1, 1), (0, 1))
    assert left.unvoted().votes == (1, 0)
