"""Failed turns of a reception become questions of a reply drill the next day, until they are answered well."""

from datetime import date

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.errors import KefuError
from kefu_sim.drills import DrillRoom
from kefu_sim.history.due import all_cards, due_cards
from kefu_sim.history.intake import take_in
from kefu_sim.history.look import look_back
from kefu_sim.house import House
from kefu_sim.progress.record import Wanted

SUNDAY, MONDAY, TUESDAY = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def room(house, finish):
    """A poor reception on Sunday."""
    finish(house, "2026-03-01T09:00:00+08:00", script="lazy-one-word")
    take_in(house)
    return DrillRoom(house)


def answered(room, monkeypatch, today, say):
    """A drill of everything that is due, answered by `say(question)`."""
    monkeypatch.setattr("kefu_sim.drills._now", lambda: f"{today.isoformat()}T20:00:00+08:00")
    clock = ManualClock()
    play = room.begin_due(today, clock)
    asked = []
    while True:
        play.run.ask()
        if play.run.over:
            break
        asked.append(play.run.question)
        clock.advance(5)
        text = say(play.run.question)
        play.run.answer(text, len(text), 4.0, 0)
    take_in(room.house)
    return asked


def test_a_failed_turn_is_due_the_next_day_and_not_before(room, house):
    with pytest.raises(KefuError, match="today") as caught:
        room.begin_due(SUNDAY)
    assert "2026-03-02" in caught.value.hint
    waiting = due_cards(house, MONDAY)
    assert waiting
    assert {card.scenario for card in waiting} == {"bargainer"}
    assert look_back(house, Wanted(trainee=""), MONDAY).advice[0].what == "turns"
    assert look_back(house, Wanted(trainee=""), SUNDAY).advice[0].what != "turns"


def test_the_question_is_what_the_buyer_said_then(room, house, monkeypatch):
    said = {card.buyer for card in due_cards(house, MONDAY)}
    asked = answered(room, monkeypatch, MONDAY, lambda _: "嗯")
    assert {question.buyer for question in asked} <= said


def test_answered_badly_it_comes_again_tomorrow_answered_well_later(room, house, monkeypatch):
    nodes = house.library.get("bargainer").nodes
    answered(room, monkeypatch, MONDAY, lambda _: "嗯")
    first = {card.node: card for card in due_cards(house, TUESDAY)}
    assert first
    assert all(card.box == 0 for card in first.values())
    answered(room, monkeypatch, TUESDAY, lambda question: nodes[question.node].model.excellent)
    later = {card.node: card for card in all_cards(house)}
    passed = [node for node in first if later[node].box == 1]
    assert len(passed) > len(first) / 2
    assert all(later[node].due == date(2026, 3, 6) for node in passed)
    assert not {card.node for card in due_cards(house, TUESDAY)} & set(passed)


def test_everybody_has_turns_of_their_own(room, house, monkeypatch):
    monkeypatch.setenv("KEFU_SIM_TRAINEE", "周")
    assert due_cards(house, MONDAY) == []
    with pytest.raises(KefuError, match="no failed turn"):
        room.begin_due(MONDAY)


def test_moments_that_a_story_lost_are_not_asked(room, house, monkeypatch):
    assert due_cards(house, MONDAY)
    monkeypatch.setattr("kefu_sim.scenario.library.shipped_folder", lambda: house.folder / "none")
    assert due_cards(House(house.folder), MONDAY) == []
