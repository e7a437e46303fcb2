"""What is on disk survives crashes, refuses what it cannot read, and never loses what it has."""

import os

import pytest

from kefu_sim.base.errors import BadLogError, KefuError, UnwritableError
from kefu_sim.engine import events as ev
from kefu_sim.store.receptions import Receptions

LOG = [
    ev.Opened(0.0, "cup", "f00d", 7, "practice", "r1", "c1", "2026-11-21T10:00:00+08:00"),
    ev.Entered(0.0, "open", "start"),
    ev.BuyerSaid(0.0, "在吗 [/] \t“引号”", "open", "node", "open/line#0"),
    ev.AgentSent(3.25, "您好\n在的", 5, 2.5, 0),
    ev.Understood(3.25, ("any", "问好"), None, 5.0),
]
END = ev.Ended(60.0, "sold", "deal")


@pytest.fixture
def receptions(tmp_path):
    return Receptions(tmp_path / "receptions")


def write(receptions, events, stamp="20261121T100000"):
    writer = receptions.new_log("cup", stamp)
    writer.write(events)
    writer.close()
    return writer.path


def test_events_come_back_as_they_were(receptions):
    path = write(receptions, LOG)
    assert receptions.read(path.stem) == LOG


def test_two_receptions_of_one_second_get_two_files(receptions):
    assert write(receptions, LOG) != write(receptions, LOG)


def test_a_line_torn_by_a_crash_is_dropped_and_the_log_goes_on(receptions):
    path = write(receptions, LOG)
    with path.open("ab") as file:
        file.write(b'{"kind":"buyer","t":9.0,"te')
    assert receptions.read(path.stem) == LOG
    writer = receptions.continue_log(path.stem)
    writer.write([END])
    writer.close()
    assert receptions.read(path.stem) == [*LOG, END]


def test_unfinished_ones_are_found_newest_first(receptions):
    write(receptions, LOG, "20261121T100000")
    write(receptions, [*LOG, END], "20261121T110000")
    write(receptions, LOG, "20261121T120000")
    assert [name[:15] for name in receptions.unfinished()] == ["20261121T120000", "20261121T100000"]


def test_a_log_that_cannot_be_read_does_not_hide_older_ones(receptions):
    write(receptions, LOG, "20261121T100000")
    write(receptions, LOG, "20261121T110000").write_bytes(b"not json\n")
    write(receptions, [], "20261121T120000")
    assert [name[:15] for name in receptions.unfinished()] == ["20261121T100000", "20261121T110000"]


def test_a_reception_in_play_is_kept_from_a_second_program(receptions):
    path = write(receptions, LOG)
    writer = receptions.continue_log(path.stem)
    assert list(receptions.unfinished()) == []
    with pytest.raises(KefuError, match="another window"):
        receptions.continue_log(path.stem)
    writer.write([END])
    writer.close()
    assert receptions.read(path.stem) == [*LOG, END]


def test_a_row_that_another_program_is_just_writing_is_not_taken_for_a_torn_one(receptions):
    path = write(receptions, LOG)
    writer = receptions.continue_log(path.stem)
    row = ev.to_line(END).encode()
    with path.open("ab") as half_written:
        half_written.write(row[:20])
        half_written.flush()
        with pytest.raises(KefuError, match="another window"):
            receptions.continue_log(path.stem)
        half_written.write(row[20:] + b"\n")
    writer.close()
    assert receptions.read(path.stem) == [*LOG, END]


def test_a_log_that_is_only_looked_at_keeps_its_torn_line(receptions):
    path = write(receptions, LOG)
    with path.open("ab") as file:
        file.write(b'{"kind":"buyer","t":9.0,"te')
    before = path.read_bytes()
    receptions.continue_log(path.stem).close()
    assert path.read_bytes() == before


def test_a_log_that_is_gone_is_not_made_anew(receptions):
    path = write(receptions, LOG)
    path.unlink()
    with pytest.raises(UnwritableError, match="no such file"):
        receptions.continue_log(path.stem)
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"not json\n", "1: not a readable log"),
        (b'{"kind":"entered","t":0,"node":"a","via":"start"}\n', "first row must be `opened`"),
        (b'{"kind":"dance","t":0}\n', 'unknown kind of event "dance"'),
        (b"\xff\xfe\x00\n", "1: not a readable log"),
        (ev.to_line(LOG[0]).replace('"format":2', '"format":9').encode() + b"\n", "written by a newer kefu-sim"),
        (ev.to_line(LOG[0]).encode() + b'\n{"kind":"ended"}\n', "2: not a readable log"),
    ],
)
def test_a_corrupt_or_newer_log_is_refused_with_the_reason_and_left_alone(receptions, content, expected):
    path = write(receptions, LOG)
    path.write_bytes(content)
    with pytest.raises(BadLogError) as caught:
        receptions.read(path.stem)
    assert expected in str(caught.value)
    assert path.read_bytes() == content


def test_a_log_that_is_filed_away_is_read_as_before_and_its_name_stays_taken(receptions):
    path = write(receptions, [*LOG, END])
    (receptions.folder / f"{path.stem}.result.json").write_text('{"total": 61.5}', encoding="utf-8")
    assert receptions.old_total(path.stem) == 61.5
    receptions.file_away(path.stem)
    assert not path.exists()
    assert receptions.read(path.stem) == [*LOG, END]
    assert (receptions.open_ids(), receptions.filed_ids()) == ([], [path.stem])
    assert receptions.old_total(path.stem) is None
    assert write(receptions, LOG).stem != path.stem


@pytest.mark.parametrize("content", ["{", "[]", '{"total": "88"}', '{"total": NaN}', '{"total": null}', "[" * 100_000])
def test_a_damaged_summary_of_an_earlier_version_is_passed_over(receptions, content):
    path = write(receptions, [*LOG, END])
    (receptions.folder / f"{path.stem}.result.json").write_text(content, encoding="utf-8")
    assert receptions.old_total(path.stem) is None


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs a path nobody can write")
def test_an_unwritable_folder_says_so(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    with pytest.raises(UnwritableError) as caught:
        Receptions(blocker / "receptions").new_log("cup", "x")
    assert "cannot be written" in str(caught.value)
    assert "KEFU_SIM_HOME" in str(caught.value)


def test_nothing_is_found_where_nothing_was_written(tmp_path):
    receptions = Receptions(tmp_path / "none")
    assert list(receptions.unfinished()) == []
    assert (receptions.open_ids(), receptions.filed_ids()) == ([], [])
    assert not receptions.folder.exists()
