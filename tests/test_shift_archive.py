"""A shift in a folder of one's own: complete, readable without the program's data, never overwritten."""

import pytest

from kefu_sim.base.clock import ManualClock
from kefu_sim.base.errors import KefuError
from kefu_sim.engine.step import Say
from kefu_sim.house import House
from kefu_sim.rush import events as rv
from kefu_sim.rush.handover import sound_folder
from kefu_sim.shift_archive import read_archive, write_archive
from kefu_sim.shifts import ShiftRoom


@pytest.fixture
def worked(tmp_path):
    clock = ManualClock()
    room = ShiftRoom(House(tmp_path / "home"))
    play = room.begin(room.library.get("tutorial"), clock=clock)
    clock.advance(6)
    play.feed("b1", Say("您好，满99就送，您这单够了哦"))
    clock.advance(300)
    play.advance()
    return play


def test_an_archive_holds_the_log_the_chats_and_the_report(worked, tmp_path):
    place = write_archive(worked, tmp_path / "交接")
    log = (place / "shift.jsonl").read_text("utf-8").splitlines()
    assert log == [rv.to_line(entry) for entry in worked.run.log]
    assert (worked.logs.folder / f"{worked.name}.jsonl").read_text("utf-8").splitlines() == log
    report, chats = read_archive(place)
    assert "100" in report
    assert [chat.number for chat in chats] == [1, 2]
    assert "您好，满99就送" in chats[0].text
    assert len(list((place / "chats").glob("*.txt"))) == 2
    assert worked.floor.archived is sound_folder(str(place))


def test_nothing_is_overwritten(worked, tmp_path):
    write_archive(worked, tmp_path)
    with pytest.raises(KefuError, match="there already"):
        write_archive(worked, tmp_path)


def test_a_folder_without_a_shift(tmp_path):
    with pytest.raises(KefuError, match="holds no archived shift"):
        read_archive(tmp_path)


def test_names_of_buyers_are_no_paths(worked, tmp_path):
    for visit in worked.floor.visits.values():
        object.__setattr__(visit, "name", "../../etc/passwd")
    place = write_archive(worked, tmp_path)
    assert all(path.parent == place / "chats" for path in place.rglob("*.txt") if path.name != "report.txt")


def test_the_command_line_reads_it_again(kefu_read, worked, tmp_path):
    place = write_archive(worked, tmp_path)
    assert "您好，满99就送" in kefu_read(place)


@pytest.fixture
def kefu_read(capsys):
    from kefu_sim.cli import main

    def read(place):
        assert main(["rush", "--read", str(place)]) == 0
        return capsys.readouterr().out

    return read
