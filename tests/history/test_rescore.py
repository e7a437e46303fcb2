"""Under other rules the totals move; every hundredth of it is accounted for, and nothing changes unless asked."""

import pytest

from kefu_sim.history.intake import take_in
from kefu_sim.history.rescore import keep, rescored, to_rescore
from kefu_sim.house import House
from kefu_sim.progress.record import Wanted
from kefu_sim.rulebook.rubric import load_rubric

EVERYBODY = Wanted()


@pytest.fixture
def house_with_two(house, finish):
    finish(house, "2026-03-02T09:00:00+08:00", script="middling-plain")
    finish(house, "2026-03-03T09:00:00+08:00", "complainer", "good-brisk")
    take_in(house)
    return house


@pytest.fixture
def newer_rules(monkeypatch):
    """The next rubric: tone counts twice as much, brevity nothing."""
    old = load_rubric()
    courtesy = old.courtesy.model_copy(update={"tone": old.courtesy.tone * 2})
    dimensions = {**old.dimensions, "brevity": 0.0, "politeness": old.dimensions["politeness"] + old.courtesy.tone}
    new = old.model_copy(update={"version": "9.9", "courtesy": courtesy, "dimensions": dimensions})
    for module in ("kefu_sim.scores", "kefu_sim.history.rescore"):
        monkeypatch.setattr(f"{module}.load_rubric", lambda: new)
    return new


def test_under_the_same_rules_nothing_is_to_be_done(house_with_two):
    assert to_rescore(house_with_two, EVERYBODY) == []
    again = list(rescored(house_with_two, to_rescore(house_with_two, EVERYBODY, every=True)))
    assert [(one.by, one.moved) for one in again] == [(0, ()), (0, ())]


def test_what_moved_adds_up_and_only_keeping_changes_the_records(house_with_two, newer_rules):
    house = house_with_two
    before = house.records.rows(EVERYBODY)
    found = list(rescored(house, to_rescore(house, EVERYBODY)))
    assert len(found) == 2
    for one in found:
        assert one.new.rubric == "9.9"
        assert one.by != 0
        assert sum(move.by for move in one.moved) == pytest.approx(one.by, abs=0.02)
        assert {move.row.rule.partition(".")[0] for move in one.moved} & {"tone", "brevity"}
    assert house.records.rows(EVERYBODY) == before

    for one in found:
        keep(house, one)
    after = {row.id: row for row in house.records.rows(EVERYBODY)}
    assert {row.rubric for row in after.values()} == {"9.9"}
    assert all(after[one.record.id].total == one.new.total for one in found)
    assert [row._replace(total=0, rubric="", politeness=0, brevity=0) for row in before] == [
        after[row.id]._replace(total=0, rubric="", politeness=0, brevity=0) for row in before
    ]
    assert to_rescore(house, EVERYBODY) == []


def test_filters_choose_what_is_scored_anew(house_with_two, newer_rules):
    chosen = to_rescore(house_with_two, Wanted(since="2026-03-03"))
    assert [one.record.scenario for one in rescored(house_with_two, chosen)] == ["complainer"]


def test_a_reception_gets_the_score_it_could_not_have_once_its_story_is_back(house, finish, monkeypatch):
    finish(house, "2026-03-02T09:00:00+08:00")
    monkeypatch.setattr("kefu_sim.scenario.library.shipped_folder", lambda: house.folder / "none")
    without = House(house.folder)
    take_in(without)
    (row,) = without.records.rows(EVERYBODY)
    assert row.total is None
    (missing,) = rescored(without, to_rescore(without, EVERYBODY))
    assert missing.new is None
    monkeypatch.undo()
    back = House(house.folder)
    (found,) = rescored(back, to_rescore(back, EVERYBODY))
    keep(back, found)
    assert back.records.rows(EVERYBODY)[0].total == found.new.total > 85
