"""Whatever has ended comes into the records once, sooner or later; what cannot be used costs nothing that is kept."""

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.errors import KefuError
from kefu_sim.drills import DrillRoom, Settings
from kefu_sim.engine import events as ev
from kefu_sim.engine.step import Say
from kefu_sim.history.intake import take_in, try_to_take_in
from kefu_sim.house import House
from kefu_sim.progress.record import Wanted

MORNING = "2026-03-02T09:00:00+08:00"


def test_a_finished_reception_comes_into_the_records_and_its_log_is_filed_away(house):
    play = house.begin(house.library.get("bargainer"), seed=1, clock=ManualClock())
    play.session.send(Say("您好，在的～请问您主要是听歌还是打游戏用呢？"))
    assert take_in(house) == 0
    play.session.leave()
    best = {buyer.id: buyer.best for buyer in house.buyers()}
    assert best["bargainer"] == play.score().total
    assert take_in(house) == 1
    (row,) = house.records.rows(Wanted())
    assert (row.id, row.total, row.outcome, row.scenario) == (play.reception, play.score().total, "left", "bargainer")
    assert house.receptions.open_ids() == []
    assert house.receptions.read(row.id)[-1] == play.session.log[-1]
    assert take_in(house) == 0


def test_logs_of_earlier_days_are_taken_in_at_first_use(house, finish):
    finish(house, MORNING)
    finish(house, "2026-03-03T09:00:00+08:00", "complainer", "good-brisk", trainee="小林")
    told = []
    assert take_in(house, told.append) == 2
    assert told == [2]
    mine = house.records.rows(Wanted(trainee=""))
    assert [(row.scenario, row.day, row.title) for row in mine] == [
        ("bargainer", "2026-03-02", house.library.get("bargainer").title)
    ]
    assert mine[0].total > 85
    assert house.desk.bests() == {"bargainer": mine[0].total}


def test_logs_that_are_filed_away_come_into_a_new_database_too(house, finish, monkeypatch):
    finish(house, MORNING)
    take_in(house)
    before = house.records.rows(Wanted())
    (house.folder / "records.db").unlink()
    again = House(house.folder)
    assert take_in(again) == 1
    assert again.records.rows(Wanted()) == before
    monkeypatch.setenv("KEFU_SIM_DB", str(house.folder / "other.db"))
    other = House(house.folder)
    assert take_in(other) == 1
    assert other.records.rows(Wanted()) == before


def test_two_desks_of_a_class_that_begin_in_the_same_second_both_count(tmp_path, finish, monkeypatch):
    monkeypatch.setenv("KEFU_SIM_DB", str(tmp_path / "class.db"))
    for name, script in (("小林", "good-brisk"), ("小周", "good-warm")):
        house = House(tmp_path / name)
        finish(house, MORNING, script=script, trainee=name)
        assert take_in(house) == 1
    assert house.records.trainees() == [("小周", 1), ("小林", 1)]


def test_a_database_that_cannot_be_used_loses_nothing(house, finish):
    finish(house, MORNING)
    (house.folder / "records.db").write_text("no database" * 99, "utf-8")
    assert "not a database" in try_to_take_in(house)
    assert len(house.receptions.open_ids()) == 1
    play = house.begin(house.library.get("bargainer"), seed=1, clock=ManualClock())
    play.session.leave()
    assert not play.unsaved
    assert [buyer.id for buyer in house.buyers() if buyer.best is not None] == ["bargainer"]
    (house.folder / "records.db").unlink()
    assert take_in(House(house.folder)) == 2


def test_a_reception_whose_story_is_gone_keeps_the_total_it_had(house, finish):
    name = finish(house, MORNING)
    log = house.receptions.path(name)
    log.write_bytes(log.read_bytes().replace(b'"scenario":"bargainer"', b'"scenario":"no-more"'))
    (log.parent / f"{name}.result.json").write_text('{"total": 77.5}', "utf-8")
    assert take_in(house) == 1
    (row,) = house.records.rows(Wanted())
    assert (row.total, row.title, row.steps, row.speed) == (77.5, "no-more", "", None)
    assert house.records.document(row.key).score is None


def test_what_goes_on_and_what_cannot_be_read_stays_where_it_is(house, finish):
    finish(house, MORNING)
    playing = house.begin(house.library.get("bargainer"), seed=1, clock=ManualClock())
    broken = house.receptions.folder / "20200101T000000-cup.jsonl"
    broken.write_text("[\n", "utf-8")
    assert take_in(house) == 1
    assert sorted(house.receptions.open_ids()) == sorted([playing.reception, broken.stem])
    playing.close()


def test_drills_come_in_when_they_have_ended_or_were_killed(house):
    clock = ManualClock()
    room = DrillRoom(house)
    play = room.begin(Settings(seed=1), clock)
    clock.advance(5)
    play.run.key("您", clock.now())
    clock.advance(1)
    play.run.key("好", clock.now())
    assert take_in(house) == 0
    play.keeper._writer.close()
    assert take_in(house) == 1
    (row,) = house.records.rows(Wanted(kind="drill"))
    assert (row.id, row.outcome) == (play.keeper.id, "left")


def test_a_profile_is_a_name_in_the_first_row_of_a_log(house, monkeypatch):
    assert house.desk.choose("  小\x1b[31m林\n ") == "小[31m林"
    assert house.desk.trainee == "小[31m林"
    monkeypatch.setenv("KEFU_SIM_TRAINEE", "周")
    play = house.begin(house.library.get("bargainer"), seed=1, clock=ManualClock())
    assert play.opened.trainee == "周"
    play.session.leave()
    take_in(house)
    assert house.records.trainees() == [("周", 1)]
    assert house.desk.bests() == {"bargainer": play.score().total}
    monkeypatch.delenv("KEFU_SIM_TRAINEE")
    assert house.desk.bests() == {}
    with pytest.raises(KefuError, match="no name"):
        house.desk.choose("\x07 \x1b")


def test_ended_logs_are_not_offered_to_go_on_with(house, finish):
    finish(house, MORNING)
    assert list(house.receptions.unfinished()) == []
    take_in(house)
    assert list(house.receptions.unfinished()) == []
    assert isinstance(house.receptions.read(house.receptions.filed_ids()[0])[-1], ev.Ended)
