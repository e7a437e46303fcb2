"""A finished shift opened again: its run, and each of its receptions in full."""

from __future__ import annotations

from kefu_sim.base.errors import BadLogError, KefuError
from kefu_sim.engine import events as ev
from kefu_sim.export.sheet import Chapter, ShiftPart
from kefu_sim.history.review import Review, find_finished, find_reception, review_of
from kefu_sim.house import House
from kefu_sim.i18n import tr
from kefu_sim.progress.record import Record, letters, name_in_shift
from kefu_sim.rulebook.rubric import load_rubric
from kefu_sim.rush import events as rv
from kefu_sim.rush.floor import Seat
from kefu_sim.rush.run import Run
from kefu_sim.scores import score_log
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


def review_named(house: House, name: str) -> Review:
    """A finished reception opened again: by its id, or by `<shift>/<buyer>` one of a shift. Raises KefuError."""
    return _review_in_shift(house, name) if "/" in name else review_of(house, find_reception(house, name))


def _review_in_shift(house: House, name: str) -> Review:
    shift, _, buyer = name.rpartition("/")
    record = find_finished(house, shift)
    if record.kind != "shift":
        raise KefuError(
            tr("{id} is a single reception, not a shift").format(id=record.id),
            hint=tr("see them: {command}").format(command=f"kefu-sim review {record.id}"),
        )
    seats = shift_again(house, record).floor.seats
    if buyer not in seats:
        raise KefuError(
            tr("nobody on the shift {id} is called `{buyer}`").format(id=record.id, buyer=buyer),
            hint=tr("its buyers: {names}").format(names=", ".join(seats) or tr("none")),
        )
    seat = seats[buyer]
    one = _chapter(record, seat)
    return Review(one.record, tuple(seat.log), one.turns, one.score, one.coaching, one.story, one.beside)


def _chapter(shift: Record, seat: Seat) -> Chapter:
    story, log = seat.program.scenario, seat.log
    score, case = score_log(seat.program, log), case_of(log, story, unread)
    began, ended = log[0].t, log[-1].t
    record = shift._replace(
        key=name_in_shift(shift.key, seat.buyer), id=name_in_shift(shift.id, seat.buyer), kind="reception",
        scenario=story.id,
        title=story.title, outcome=log[-1].outcome if isinstance(log[-1], ev.Ended) else "",
        seconds=round(ended - began, 3), total=score.total, pace=score.metrics.typing_cpm,
        first_reply_s=score.metrics.first_reply_s, mean_reply_s=score.metrics.mean_reply_s,
        steps=letters(score.steps),
    )  # fmt: skip
    aside = beside(log, case.turns, story, score.ledger)
    return Chapter(record, case.turns, score, coach(case, score, load_rubric()), aside, story, seat.visit.name)
