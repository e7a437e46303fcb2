"""Receptions by name, wherever they are kept, to be played again."""

import pytest

from kefu_sim.base.errors import KefuError
from kefu_sim.demonstrations import DemoRoom
from kefu_sim.engine import events as ev
from kefu_sim.history.archiving import put_away, take_back
from kefu_sim.history.intake import take_in
from kefu_sim.history.kept import kept_name, kept_reception
from kefu_sim.house import House
from kefu_sim.plain_demo import print_showing
from kefu_sim.progress.record import Wanted
from kefu_sim.rush import events as rv
from kefu_sim.rush.agents import work
from kefu_sim.shifts import ShiftRoom

MORNING, NOON = "2026-03-02T09:00:00+08:00", "2026-03-02T12:00:00+08:00"


def test_the_newest_is_the_trainees_own(house, finish):
    mine = finish(house, MORNING)
    finish(house, NOON, "complainer", trainee="小周")
    assert kept_name(house, None) == mine
    house.desk.choose("小周")
    assert kept_name(house, None).endswith("-complainer")
    house.desk.choose("小林")
    with pytest.raises(KefuError, match="no reception has been finished yet"):
        kept_name(house, None)


def test_the_beginning_of_a_name_is_enough_when_it_fits_one(house, finish):
    one, other = finish(house, MORNING), finish(house, NOON, "complainer")
    assert kept_name(house, "20260302T09") == one
    assert kept_name(house, other) == other
    with pytest.raises(KefuError, match="fits several"):
        kept_name(house, "20260302")
    with pytest.raises(KefuError, match="no finished reception"):
        kept_name(house, "2027")


def test_a_reception_out_of_an_archive_plays_like_its_own_log(house, finish, tmp_path):
    name = finish(house, MORNING)
    take_in(house)
    put_away(house, tmp_path / "a.kefu", Wanted(), unfinished=False)
    other = House(tmp_path / "other")
    take_back(other, tmp_path / "a.kefu")
    assert not other.receptions.exists(name)
    assert kept_reception(other, kept_name(other, name[:13])).log == kept_reception(house, name).log
    assert DemoRoom(other).replay(name).film.seconds == DemoRoom(house).replay(name).film.seconds > 0


def test_each_reception_of_a_shift_plays_on_a_clock_of_its_own(house):
    room = ShiftRoom(house)
    plan = room.plan(room.library.get("tutorial"))
    run = work(plan, plan.rules.colleagues[3])
    writer = room.logs.new_log("tutorial", "20260302T090000")
    writer.write(run.log)
    writer.close()
    shift = writer.path.stem
    with pytest.raises(KefuError, match="is a shift") as caught:
        kept_name(house, shift)
    assert f"{shift}/b2" in caught.value.hint
    kept = kept_reception(house, kept_name(house, f"{shift}/b2"))
    seat = run.floor.seats["b2"]
    assert kept.log[0].t == 0
    assert [e.t for e in kept.log] == pytest.approx([e.t - seat.log[0].t for e in seat.log])
    assert [e.text for e in kept.log if isinstance(e, ev.AgentSent)] == [
        e.text for e in seat.log if isinstance(e, ev.AgentSent)
    ]
    assert any(isinstance(entry.event, rv.Bell) for entry in run.log)
    assert DemoRoom(house).replay(f"{shift}/b2", anonymous=True).film.seconds < 150


def test_printed_it_shows_order_notes_with_what_tells_who_left_out(house, finish, capsys):
    story = house.library.get("two-notes")
    finish(house, MORNING, "two-notes", turns=story.tests[0].turns)
    print_showing(DemoRoom(house).replay(anonymous=True))
    told = capsys.readouterr().out
    assert "✎ Order note: 补发A07" in told
    assert "◇ Promised: 补发的东西念给他对" in told
    assert "* Notice: Next morning" in told
    assert not [name for name in ("6650", "陈立文", "陈丽雯") if name in told]
