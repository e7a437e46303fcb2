"""The records keep what they were given and answer what is asked: the same on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kefu_sim.language.verdict import Step
from kefu_sim.progress.record import Wanted
from kefu_sim.store.address import address_of
from kefu_sim.store.records import Records
from kefu_sim.store.schema import META, VERSION_TABLE
from kefu_sim.store.scores import score_from_text

from .conftest import score_of


@pytest.fixture
def records(database_url, tmp_path):
    return Records(address_of(database_url, tmp_path))


def totals(rows):
    return [row.total for row in rows]


def test_a_reception_comes_back_as_it_was(records, entry):
    given = entry(5, 81.25, lost=[Step.ASK])
    assert records.add([given]) == 1
    (row,) = records.rows(Wanted())
    assert row == given.record
    assert (row.started, row.ended, row.day) == (
        "2026-03-01T10:05:00+08:00", "2026-03-01T11:05:09+08:00", "2026-03-01",
    )  # fmt: skip
    assert (row.total, row.pace, row.mean_reply_s, row.speed, row.accuracy) == (81.25, 66.0, 15.5, 0.75, None)
    assert row.statuses[Step.ASK] == "missing"
    document = records.document(row.key)
    assert document.log == given.log
    assert score_from_text(document.score) == score_of(81.25, [Step.ASK])


def test_the_same_log_goes_in_once_wherever_it_comes_from(records, entry):
    assert records.add([entry(1), entry(1), entry(2)]) == 2
    assert records.add([entry(1, desk="another")]) == 0
    assert len(records.rows(Wanted())) == 2


def test_rows_are_narrowed_and_newest_first(records, entry):
    records.add(
        [
            entry(1, 10, day=1),
            entry(2, 20, day=2, scenario="lamp"),
            entry(3, 30, day=3, trainee="小林"),
            entry(4, 40, day=4, mode="practice"),
            entry(5, 50, day=4, branch_of="x"),
        ]
    )
    assert totals(records.rows(Wanted())) == [50, 40, 30, 20, 10]
    assert totals(records.rows(Wanted(), limit=2)) == [50, 40]
    assert totals(records.rows(Wanted(trainee=""))) == [50, 40, 20, 10]
    assert totals(records.rows(Wanted(trainee="小林"))) == [30]
    assert totals(records.rows(Wanted(scenario="lamp"))) == [20]
    assert totals(records.rows(Wanted(mode="practice"))) == [40]
    assert totals(records.rows(Wanted(since="2026-03-03"))) == [50, 40, 30]
    assert totals(records.rows(Wanted(until="2026-03-02"))) == [20, 10]
    assert totals(records.rows(Wanted(whole=True))) == [40, 30, 20, 10]
    assert totals(records.rows(Wanted(kind="drill"))) == []
    assert [point.total for point in records.points(Wanted(whole=True))] == [10, 20, 30, 40]


def test_causes_are_summed_over_the_last_receptions(records, entry):
    records.add([entry(1, lost=[Step.ASK], day=1), entry(2, lost=[Step.ASK, Step.VERIFY], day=2), entry(3, day=3)])
    everything = [(c.rule, c.topic_zh, c.lost, c.times) for c in records.causes(Wanted())]
    assert everything == [("step.missing", "提问", 8, 2), ("speed.mean", "", 6, 3), ("step.missing", "核实", 4, 1)]
    last = [(c.rule, c.topic_zh, c.lost, c.times) for c in records.causes(Wanted(), last=2)]
    assert last == [("speed.mean", "", 4, 2), ("step.missing", "提问", 4, 1), ("step.missing", "核实", 4, 1)]


def test_a_record_is_found_by_its_id_or_how_it_begins(records, entry):
    records.add([entry(1), entry(2), entry(2, scenario="c_p")])
    assert [row.seed for row in records.find("20260301T100100-cup")] == [1]
    assert [row.seed for row in records.find("20260301T1002")] == [2, 2]
    assert records.find("20260301T10020%") == []
    assert len(records.find(entry(1).record.key[:12])) == 1
    assert records.find("nothing") == []


def test_best_totals_are_those_of_whole_receptions_for_each_profile(records, entry):
    records.add([entry(1, 60), entry(2, 88.5), entry(3, 99, branch_of="x"), entry(4, 70, trainee="小林")])
    assert records.bests() == {"": {"cup": 88.5}, "小林": {"cup": 70}}
    assert records.trainees() == [("", 3), ("小林", 1)]
    assert records.ids("desk") == {f"20260301T100{n}00-cup" for n in range(1, 5)}


def test_another_score_takes_the_place_of_the_old_one(records, entry):
    old = entry(1, 60, lost=[Step.ASK])
    records.add([old, entry(2, 70)])
    new = entry(1, 75, lost=[Step.VERIFY])
    records.replace(replace(new, log=old.log))
    assert totals(records.rows(Wanted())) == [70, 75]
    assert ("step.missing", "提问") not in {(c.rule, c.topic_zh) for c in records.causes(Wanted())}
    (whole,) = records.entries([old.record.key])
    assert (whole.record.total, whole.log, whole.desk) == (75, old.log, "desk")


def test_the_migrations_make_the_schema_that_the_program_uses(records):
    with records.database.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}), META)
    assert found == []


def test_programs_that_start_at_once_make_one_database_and_lose_nothing(database_url, tmp_path, entry):
    entries = [entry(n, lost=[Step.ASK] if n % 2 else [Step.VERIFY]) for n in range(24)]
    failures = []

    def program(mine):
        try:
            records = Records(address_of(database_url, tmp_path))
            for one in mine:
                records.add([one])
        except Exception as error:  # noqa: BLE001 (told by the test)
            failures.append(error)

    threads = [threading.Thread(target=program, args=(entries[n::3] + entries[:4],)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    records = Records(address_of(database_url, tmp_path))
    assert len(records.rows(Wanted())) == 24
    assert {c.topic_zh: c.times for c in records.causes(Wanted()) if c.topic_zh} == {"提问": 12, "核实": 12}
