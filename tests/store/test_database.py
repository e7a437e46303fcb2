"""A database that cannot be used says why in words a person understands, and nothing is lost in it."""

import os
import sqlite3
import subprocess
import sys

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from kefu_sim.base.errors import KefuError, UnwritableError
from kefu_sim.engine import events as ev
from kefu_sim.history.intake import take_in
from kefu_sim.house import House
from kefu_sim.language.verdict import Step
from kefu_sim.progress.record import Wanted
from kefu_sim.store.address import address_of, without_password
from kefu_sim.store.database import revisions
from kefu_sim.store.records import Records
from kefu_sim.store.schema import documents
from kefu_sim.store.schema import records as records_table
from kefu_sim.store.upgrade import upgrade


@pytest.fixture
def file(tmp_path):
    return tmp_path / "records.db"


@pytest.fixture
def records(tmp_path):
    return Records(address_of("", tmp_path))


def test_a_newer_schema_is_left_alone(database_url, tmp_path, entry):
    records = Records(address_of(database_url, tmp_path))
    records.add([entry()])
    with records.database.writing() as connection:
        connection.execute(sa.text("UPDATE kefu_sim_schema SET version_num = '9999'"))
    again = Records(address_of(database_url, tmp_path))
    with pytest.raises(KefuError, match=r"newer kefu-sim \(schema 9999, this one knows up to " + revisions()[-1]):
        again.rows(Wanted())
    assert len(records.rows(Wanted())) == 1


def test_an_older_schema_is_brought_up_to_date_and_nothing_in_it_is_lost(database_url, tmp_path, entry):
    records = Records(address_of(database_url, tmp_path))
    given = entry(1, 80.0, lost=[Step.ASK])
    row = {**given.record._asdict(), "desk": "desk", "recogniser": "c1", "figures": "{}", "at": given.at}
    with records.database._engine.execution_options(kefu_sim_write=True).begin() as connection:
        upgrade(connection, "0001")
        number = connection.execute(records_table.insert().values(row).returning(records_table.c.no)).scalar_one()
        connection.execute(documents.insert().values(record=number, log=given.log, score=given.score))
    assert records.rows(Wanted()) == [given.record]
    assert records.outdated("desk", "") == [given.record.key]
    assert records.slips("") == []
    house = House(tmp_path)
    house.__dict__["records"] = records
    take_in(house)
    assert records.outdated("desk", "") == []
    (slip,) = records.slips("")
    assert (slip.scenario, slip.node, slip.buyer, slip.said, slip.lost) == ("cup", "open", "在吗 [/]", "在", 4.0)
    assert records.rows(Wanted()) == [given.record]
    assert [cause.rule for cause in records.causes(Wanted())] == ["step.missing", "speed.mean"]


def test_records_of_the_schema_before_the_inbox_learn_what_was_not_understood(database_url, tmp_path, entry):
    records = Records(address_of(database_url, tmp_path))
    given = entry(1, 80.0)
    asked_back = ev.to_line(ev.Reacted(12.0, "unclear")) + "\n"
    *lines, last = given.log.splitlines(keepends=True)
    log = "".join([*lines, asked_back, last])
    row = {**given.record._asdict(), "desk": "desk", "recogniser": "c1", "figures": "{}", "at": given.at, "derived": 2}
    with records.database._engine.execution_options(kefu_sim_write=True).begin() as connection:
        upgrade(connection, "0002")
        number = connection.execute(records_table.insert().values(row).returning(records_table.c.no)).scalar_one()
        connection.execute(documents.insert().values(record=number, log=log, score=given.score))
    house = House(tmp_path)
    house.__dict__["records"] = records
    assert house.inbox.puzzles() == []
    take_in(house)
    (puzzle,) = house.inbox.puzzles()
    assert (puzzle.scenario, puzzle.node, puzzle.buyer, puzzle.said) == ("cup", "open", "在吗 [/]", "在")


def test_what_was_not_finished_when_a_program_was_killed_is_not_there(file, records, entry, tmp_path):
    records.add([entry(1)])
    script = f"""
import os, sqlalchemy as sa
from pathlib import Path
from kefu_sim.store.address import address_of
from kefu_sim.store.records import Records
records = Records(address_of("", Path({str(tmp_path)!r})))
with records.database.writing() as connection:
    connection.execute(sa.text("DELETE FROM losses"))
    connection.execute(sa.text("DELETE FROM documents"))
    connection.execute(sa.text("DELETE FROM records"))
    os._exit(9)
"""
    code = subprocess.run([sys.executable, "-c", script], check=False).returncode
    assert code == 9
    assert len(records.rows(Wanted())) == 1
    assert records.add([entry(2)]) == 1


def test_a_full_disk_is_named_and_what_was_there_stays(records, entry):
    records.add([entry(1)])
    engine = records.database._engine

    @event.listens_for(engine, "connect")
    def _small(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    with pytest.raises(UnwritableError, match="disk is full"):
        records.add(entry(n, trainee="很长的名字" * 400) for n in range(2, 60))
    kept = Records(records.database.address)
    assert all(row.seed is not None for row in kept.rows(Wanted()))
    assert len(kept.rows(Wanted())) < 59


def test_a_file_that_is_no_database_is_left_as_it_is(file, records):
    file.write_bytes("一篇文章".encode() * 200)
    before = file.read_bytes()
    with pytest.raises(KefuError, match="not a database of records") as caught:
        records.rows(Wanted())
    assert "made anew from the logs" in caught.value.hint
    assert file.read_bytes() == before


def test_a_database_of_another_program_is_left_as_it_is(file, records):
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE records (song TEXT)")
    other.commit()
    with pytest.raises(KefuError, match="not a database of records"):
        records.rows(Wanted())
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("records",)]


def test_a_damaged_database_is_named(file, records, entry):
    records.add([entry(n) for n in range(30)])
    data = bytearray(file.read_bytes())
    for page in range(4096, len(data) - 4096, 4096):
        data[page : page + 64] = os.urandom(64)
    file.write_bytes(data)
    with pytest.raises(KefuError, match="damaged"):
        Records(records.database.address).rows(Wanted())


def test_a_busy_database_is_waited_for_and_then_named(file, records, entry, monkeypatch):
    monkeypatch.setattr("kefu_sim.store.database.PATIENCE", 0.05)
    records.add([entry(1)])
    busy = sqlite3.connect(file, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    with pytest.raises(KefuError, match="another program keeps it busy"):
        Records(records.database.address).add([entry(2)])
    busy.execute("COMMIT")
    assert records.add([entry(2)]) == 1


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UnwritableError, match="cannot be written"):
        Records(address_of("", tmp_path / "file" / "deeper")).rows(Wanted())


def test_a_server_that_does_not_answer_is_named_without_the_password(tmp_path):
    pytest.importorskip("psycopg")
    records = Records(address_of(f"postgresql://lin:geheim@/kefu?host={tmp_path}", tmp_path))
    with pytest.raises(KefuError) as caught:
        records.rows(Wanted())
    assert "cannot be used" in caught.value.message
    assert "geheim" not in str(caught.value)
    assert "lin:***@" in caught.value.message


def test_without_the_driver_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(KefuError, match="psycopg") as caught:
        Records(address_of("postgresql://host/x", tmp_path)).rows(Wanted())
    assert "kefu-sim[postgres]" in caught.value.hint


@pytest.mark.parametrize("given", ["mysql://root:x@host/db", "sqlite://", "sqlite:///", "sqlite:///:memory:", "."])
def test_what_cannot_be_a_database_is_refused(given, tmp_path):
    with pytest.raises(KefuError) as caught:
        address_of(given, tmp_path)
    assert "root:x" not in str(caught.value)


def test_names_of_databases(tmp_path):
    assert address_of("", tmp_path).file == tmp_path / "records.db"
    assert address_of(f"sqlite:///{tmp_path}/a.db", tmp_path).file == tmp_path / "a.db"
    assert address_of(f"{tmp_path}/b.db", tmp_path).shown == f"{tmp_path}/b.db"
    assert address_of("postgres://u@h/d", tmp_path).url == "postgresql+psycopg://u@h/d"
    assert without_password("x postgresql://u:p:w@h/d?password=q y") == "x postgresql://u:***@h/d?password=*** y"
