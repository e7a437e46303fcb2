"""Shifts among the records: taken in when their bell has rung, counted apart from receptions, opened and exported."""

import json
import os
from dataclasses import replace
from datetime import date

import pytest

from kefu_sim.base.errors import KefuError
from kefu_sim.engine import events as ev
from kefu_sim.export.sheet import Sheet
from kefu_sim.history import exporting
from kefu_sim.history.archiving import put_away, take_back
from kefu_sim.history.disputing import Shelved, docket_of_review, docket_of_seat, docket_of_shift
from kefu_sim.history.intake import take_in
from kefu_sim.history.look import look_back
from kefu_sim.history.review import find_reception
from kefu_sim.history.shift_review import review_named, shift_again
from kefu_sim.house import House
from kefu_sim.plain_review import review_text
from kefu_sim.progress.record import Wanted
from kefu_sim.rush import events as rv
from kefu_sim.rush.agents import work
from kefu_sim.rush.ledger import ShiftRow
from kefu_sim.scoring.ledger import Phrase
from kefu_sim.shifts import ShiftRoom, report_of

MORNING = "2026-03-02T09:00:00+08:00"
TODAY = date(2026, 3, 2)
FORM = rv.HandedOver(80.0, "b1", "小陈", "0001", "没付款", "今晚回", "催一下")
SHIFT = Wanted(None, "shift")


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """The tutorial shift, worked by a colleague, and its report."""
    room = ShiftRoom(House(tmp_path_factory.mktemp("elsewhere")))
    run = work(room.plan(room.library.get("tutorial")), room.plan(room.library.get("tutorial")).rules.colleagues[3])
    assert isinstance(run.log[0].event, rv.Opened)
    opened = replace(run.log[0].event, started=MORNING, trainee="小林")
    return [rv.Entry(opened), *run.log[1:]], report_of(run.plan, run)


@pytest.fixture
def lay(house):
    """`lay(rows)`: a shift's log as a killed program left it."""

    def write(rows):
        writer = ShiftRoom(house).logs.new_log("tutorial", "20260302T090000")
        writer.write(rows)
        writer.close()
        return writer.path

    return write


def test_a_shift_is_a_record_of_whoever_worked_it(house, lay, worked):
    log, report = worked
    lay(log)
    assert take_in(house) == 1
    assert take_in(house) == 0
    (record,) = house.records.rows(SHIFT)
    assert (record.trainee, record.scenario, record.mode, record.outcome) == ("小林", "tutorial", "shift", "done")
    assert (record.total, record.day) == (report.score.total, "2026-03-02")
    assert (record.first_reply_s, record.mean_reply_s) == (
        report.figures.rates.first_reply_s,
        report.figures.rates.mean_reply_s,
    )
    (figures,) = house.records.figures(SHIFT)
    assert json.loads(figures)["buyers"] == 2


def test_it_counts_as_a_day_but_bends_no_curve_of_receptions(house, lay, worked, finish):
    finish(house, MORNING, trainee="小林")
    take_in(house)
    before = look_back(house, Wanted("小林"), TODAY)
    lay(worked[0])
    take_in(house)
    after = look_back(house, Wanted("小林"), TODAY)
    assert (after.receptions, after.shifts, after.days[0].total) == (1, 1, before.days[0].total)
    assert (after.bests, after.totals, after.steps) == (before.bests, before.totals, before.steps)
    assert after.seconds > before.seconds


def test_before_the_bell_nothing_is_taken_in_even_after_a_form(house, lay, worked):
    log = [*worked[0][:12], rv.Entry(replace(FORM, t=worked[0][11].t))]
    name = lay(log).stem
    assert take_in(house) == 0
    assert list(ShiftRoom(house).logs.unfinished()) == [name]
    play = ShiftRoom(house).resume(name)
    assert not play.over
    play.close()


def test_a_form_after_the_bell_is_in_the_record(house, lay, worked):
    path = lay(worked[0])
    take_in(house)
    (before,) = house.records.rows(SHIFT)
    with path.open("a", encoding="utf-8") as file:
        file.write(rv.to_line(rv.Entry(replace(FORM, t=worked[0][-1].t))) + "\n")
    later = path.stat().st_mtime + 5
    os.utime(path, (later, later))
    take_in(house)
    (after,) = house.records.rows(SHIFT)
    assert after.key != before.key
    assert after.id == before.id
    assert any(isinstance(entry.event, rv.HandedOver) for entry in shift_again(house, after).log)


def test_a_shift_of_other_rules_keeps_the_total_it_was_given(house, lay, worked):
    opened = replace(worked[0][0].event, fingerprint="0" * 16)
    path = lay([rv.Entry(opened), *worked[0][1:]])
    result = {"id": path.stem, "shift": "tutorial", "seed": 1, "started": MORNING, "ended": "done", "total": 71.5}
    result |= {"sales": 0.0, "buyers": 2, "sold": 0}
    path.with_name(path.stem + ".result.json").write_text(json.dumps(result), "utf-8")
    take_in(house)
    (record,) = house.records.rows(SHIFT)
    assert record.total == 71.5
    with pytest.raises(KefuError, match="was changed after it was worked"):
        exporting.sheet_of_receptions(house, [record.id], TODAY)
    assert exporting.sheet_of_range(house, SHIFT, TODAY, details=True).shifts == ()


@pytest.fixture
def sheet(house, lay, worked) -> Sheet:
    lay(worked[0])
    take_in(house)
    return exporting.sheet_of_receptions(house, ["20260302T0900"], TODAY)


def test_documents_hold_its_figures_and_every_reception(sheet, worked):
    (part,) = sheet.shifts
    assert [chapter.record.total for chapter in part.chapters] == [one.total for one in worked[1].scores.values()]
    text = exporting.document(sheet, "md")
    said = [entry.event.text for entry in worked[0] if entry.buyer and hasattr(entry.event, "typed")]
    assert all(line.split("\n")[0][:12] in text for line in said)
    for chapter in part.chapters:
        assert f"## {chapter.buyer} · " in text
    data = json.loads(exporting.document(sheet, "json"))["records"][0]
    assert data["report"]["figures"]["buyers"] == 2
    assert [len(one["messages"]) for one in data["receptions"]] == [len(one.turns) for one in part.chapters]
    assert exporting.document(sheet, "html").count('<section class="reception">') == 3
    assert exporting.document(sheet, "chat").count("\r\n") > sum(len(one.turns) for one in part.chapters)


def test_names_can_be_left_out_of_it(sheet):
    nameless = exporting.without_names(sheet)
    assert "小林" in exporting.document(sheet, "json")
    assert "小林" not in exporting.document(nameless, "json")


def test_it_is_no_reception_and_the_hint_says_what_shows_it(house, sheet):
    with pytest.raises(KefuError, match="is a shift") as caught:
        find_reception(house, sheet.records[0].id)
    assert "kefu-sim export" in caught.value.hint


def test_archives_carry_it(house, sheet, tmp_path):
    put_away(house, tmp_path / "all.kefu", Wanted(), unfinished=False)
    other = House(tmp_path / "other")
    assert take_back(other, tmp_path / "all.kefu").new == 1
    (record,) = other.records.rows(SHIFT)
    assert record == sheet.records[0]
    assert len(shift_again(other, record).floor.seats) == 2


def test_a_row_of_a_reception_of_a_shift_is_disputed_under_its_own_story(house, lay, worked):
    lay(worked[0])
    take_in(house)
    (record,) = house.records.rows(SHIFT)
    review = review_named(house, f"{record.id[:12]}/b2")
    seat = shift_again(house, record).floor.seats["b2"]
    docket = docket_of_review(house, review)
    docket.dispute(docket.rows_at(None)[0], "不该扣")
    (made,) = house.inbox.disputes()
    assert (made.desk, made.reception) == (house.desk.id, f"{record.id}/b2")
    assert made.scenario == seat.program.scenario.id != record.scenario
    assert "! disputed: 不该扣" in review_text(review, docket_of_review(house, review))
    report = docket_of_seat(house, Shelved(house.desk.id, record.id), seat, review.score.ledger)
    assert report.disputed == docket.disputed
    neighbour = shift_again(house, record).floor.seats["b1"]
    other = docket_of_seat(house, Shelved(house.desk.id, record.id), neighbour, review.score.ledger)
    assert other.disputed == {}


@pytest.mark.parametrize(("name", "why"), [("{}/b9", "its buyers: b1, b2"), ("nothing/b1", "lists them")])
def test_a_buyer_that_a_shift_does_not_have_is_told(house, lay, worked, name, why):
    lay(worked[0])
    take_in(house)
    (record,) = house.records.rows(SHIFT)
    with pytest.raises(KefuError) as caught:
        review_named(house, name.format(record.id))
    assert why in caught.value.hint


def test_a_row_of_a_shift_about_one_buyer_is_disputed_under_the_story_of_that_buyer(house, lay, worked):
    lay(worked[0])
    take_in(house)
    (record,) = house.records.rows(SHIFT)
    floor = shift_again(house, record).floor
    seat = floor.seats["b2"]
    said = [event for event in seat.log if isinstance(event, ev.AgentSent)]
    slip = ShiftRow("slip.wrong", -2.0, Phrase("串窗", "wrong window"), buyer="b2", t=said[0].t)
    rows = [slip, replace(slip, t=said[-1].t + 1), replace(slip, buyer="", t=None)]
    docket = docket_of_shift(house, Shelved(house.desk.id, record.id), floor, "tutorial", rows)
    docket.dispute(0)
    docket.dispute(2)
    one, whole = house.inbox.disputes()
    assert (one.scenario, one.said, one.reception) == (seat.program.scenario.id, said[0].text, record.id)
    assert one.node in seat.program.scenario.nodes
    assert (whole.scenario, whole.said) == ("tutorial", "")
    again = docket_of_shift(house, Shelved(house.desk.id, record.id), floor, "tutorial", rows)
    assert sorted(again.disputed) == [0, 2]
