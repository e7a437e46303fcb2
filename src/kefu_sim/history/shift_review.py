"""A finished shift opened again: its run, and each of its receptions in full."""

from __future__ import annotations

from kefu_sim.base.errors import BadLogError, KefuError
from kefu_sim.engine import events as ev
from kefu_sim.export.sheet import Chapter, ShiftPart
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.programs import score_log
from kefu_sim.progress.record import Record, letters
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.rush import events as rv
from kefu_sim.rush.floor import Seat
from kefu_sim.rush.run import Run
from kefu_sim.scoring.asides import beside
from kefu_sim.scoring.coaching import coach
from kefu_sim.scoring.score import case_of
from kefu_sim.scoring.transcript import unread
from kefu_sim.shifts import ShiftRoom, report_of


def shift_again(house: House, record: Record) -> Run:
    """The shift of a record. Raises KefuError when it, or one of its stories, is another one now."""
    document = house.records.document(record.key)
    try:
        log = [rv.from_line(line) for line in document.log.splitlines()] if document is not None else []
        run = ShiftRoom(house).as_it_was(log) if log else None
    except ValueError as error:
        raise BadLogError(tr("the shift {id} cannot be read: {why}").format(id=record.id, why=error)) from None
    if run is None:
        raise KefuError(
            tr("the shift `{id}` or one of its stories was changed after it was worked").format(id=record.scenario),
            hint=tr("its row in `kefu-sim history` keeps the figures; the chats: kefu-sim rush --read FOLDER"),
        )
    return run


def shift_part(house: House, record: Record) -> ShiftPart:
    """A shift in full. Raises KefuError."""
    run = shift_again(house, record)
    chapters = tuple(_chapter(record, seat) for seat in run.floor.seats.values())
    return ShiftPart(record, report_of(run.plan, run), chapters)


def _chapter(shift: Record, seat: Seat) -> Chapter:
    story, log = seat.program.scenario, seat.log
    score, case = score_log(seat.program, log), case_of(log, story, unread)
    began, ended = log[0].t, log[-1].t
    record = shift._replace(
        key=f"{shift.key}/{seat.buyer}", id=f"{shift.id}/{seat.buyer}", kind="reception", scenario=story.id,
        title=story.title, outcome=log[-1].outcome if isinstance(log[-1], ev.Ended) else "",
        seconds=round(ended - began, 3), total=score.total, pace=score.metrics.typing_cpm,
        first_reply_s=score.metrics.first_reply_s, mean_reply_s=score.metrics.mean_reply_s,
        steps=letters(score.steps),
    )  # fmt: skip
    aside = beside(log, case.turns, story, score.ledger)
    return Chapter(record, case.turns, score, coach(case, score, load_rubric()), aside, story, seat.visit.name)
