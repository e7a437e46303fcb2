"""判错申诉: a dispute is kept beside the score, outlives it, and never changes it."""

import pytest

from kefu_sim.base.errors import KefuError
from kefu_sim.engine import events as ev
from kefu_sim.history.disputing import docket_of_review
from kefu_sim.history.intake import take_in
from kefu_sim.history.rescore import keep, rescored
from kefu_sim.history.review import find_reception, review_of
from kefu_sim.house import House
from kefu_sim.plain_review import review_text
from kefu_sim.progress.disputes import marks
from kefu_sim.progress.record import Wanted

MORNING = "2026-03-02T09:00:00+08:00"


@pytest.fixture
def review(house, finish):
    finish(house, MORNING, script="middling-plain", trainee="小林")
    take_in(house)
    return review_of(house, find_reception(house, "20260302"))


def test_every_row_can_be_disputed_on_its_own(house, review):
    docket = docket_of_review(house, review)
    assert len(set(marks(docket.ledger))) == len(docket.ledger)
    for at in range(0, len(docket.ledger), 3):
        docket.dispute(at)
    assert sorted(docket_of_review(house, review).disputed) == list(range(0, len(docket.ledger), 3))
    assert find_reception(house, review.record.id).total == review.score.total


def test_a_dispute_tells_where_it_was_and_what_was_said(house, review):
    docket = docket_of_review(house, review)
    at = next(
        i for i, row in enumerate(docket.ledger) if row.turn is not None and review.turns[row.turn].role == "agent"
    )
    made = docket.dispute(at, "明明说了")
    turn = docket.ledger[at].turn
    assert made.said == review.turns[turn].text
    assert made.buyer == next(t.text for t in reversed(review.turns[:turn]) if t.role == "buyer")
    assert made.node in review.story.nodes
    entered = [event.node for event in review.log if isinstance(event, ev.Entered)]
    assert made.node in entered
    assert "! disputed: 明明说了" in review_text(review, docket)


def test_a_reception_scored_anew_keeps_its_disputes(house, review):
    docket = docket_of_review(house, review)
    docket.dispute(2, "再看看")
    (one,) = rescored(house, [review.record.key])
    keep(house, one)
    again = docket_of_review(house, review_of(house, find_reception(house, review.record.id)))
    assert [dispute.remark for dispute in again.disputed.values()] == ["再看看"]
    assert len(house.inbox.puzzles()) == len(House(house.folder).inbox.puzzles())


def test_a_trainer_sees_the_disputes_of_a_class_in_one_database(tmp_path, finish, database_url, monkeypatch):
    monkeypatch.setenv("KEFU_SIM_DB", database_url)
    for name in ("甲", "乙"):
        desk = House(tmp_path / name)
        finish(desk, MORNING, script="lazy-one-word", trainee=name)
        take_in(desk)
        monkeypatch.setenv("KEFU_SIM_TRAINEE", name)
        docket = docket_of_review(desk, review_of(desk, find_reception(desk, "last")))
        docket.dispute(0, f"{name}不服")
    monkeypatch.delenv("KEFU_SIM_TRAINEE")
    trainer = House(tmp_path / "trainer")
    assert [(one.who, one.remark) for one in trainer.inbox.disputes()] == [("甲", "甲不服"), ("乙", "乙不服")]
    rows = trainer.records.rows(Wanted(trainee="乙"))
    theirs = docket_of_review(trainer, review_of(trainer, rows[0]))
    assert [dispute.who for dispute in theirs.disputed.values()] == ["乙"]


def test_a_database_that_cannot_be_used_is_told(house, review, monkeypatch):
    docket = docket_of_review(house, review)
    monkeypatch.setenv("KEFU_SIM_DB", str(house.folder / "broken.db"))
    (house.folder / "broken.db").write_text("no database" * 99, "utf-8")
    docket.house = House(house.folder)
    with pytest.raises(KefuError, match="not a database"):
        docket.dispute(0)
    assert docket.found == {}
