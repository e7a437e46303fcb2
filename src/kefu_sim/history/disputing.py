"""判错申诉: the disputes of one reception, kept in the records for whoever looks after its story."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from string import ascii_lowercase
from typing import NamedTuple

from kefu_sim.base.errors import KefuError
from kefu_sim.base.text import clean_message
from kefu_sim.engine import events as ev
from kefu_sim.engine.program import reply_in_turn
from kefu_sim.history.review import Review
from kefu_sim.house import House
from kefu_sim.i18n import language, tr
from kefu_sim.play import Play
from kefu_sim.progress.disputes import (
    LONGEST_REMARK,
    Claim,
    Dispute,
    Moment,
    counted,
    dispute_of,
    marks,
    moment_of,
    readings,
    replies,
)
from kefu_sim.progress.record import name_in_shift
from kefu_sim.rush.floor import Floor, Seat
from kefu_sim.rush.ledger import ShiftRow
from kefu_sim.scoring.ledger import Phrase, Row


class Shelved(NamedTuple):
    """A shift among the records of everybody."""

    desk: str
    """The data folder it was worked in."""
    id: str
    """Empty when it is not kept."""


NOWHERE = Shelved("", "")


_PLACE = re.compile(r"(?P<message>[0-9]{1,5})(?:\.(?P<number>[0-9]{1,5})|\.?(?P<letter>[a-z]{1,2}))?")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("。"): "."}
"""Places as a Chinese input method writes them."""


@dataclass
class Docket:
    """What is disputed of one reception. Everything that reaches the database raises KefuError when that fails."""

    house: House
    desk: str
    reception: str
    log: Sequence[ev.Event]
    ledger: Sequence[Row]
    """The rows that can be disputed."""
    found: dict[str, Dispute] = field(default_factory=dict)
    """What is, by the mark of its row; empty before `read`."""
    moving: bool = False
    """Whether rows still come and go: then they bear letters, so that none is taken for a row of the finished score."""

    def __post_init__(self) -> None:
        self._marks = marks(self.ledger)

    def read(self) -> Docket:
        """Read from the records what is disputed."""
        self.found.clear()
        self.found.update((one.mark, one) for one in self.house.inbox.disputes(self.desk, self.reception))
        return self

    def at(self, index: int) -> Dispute | None:
        """The dispute of a row; None for a row that nobody disputes."""
        return self.found.get(self._marks[index])

    @property
    def disputed(self) -> dict[int, Dispute]:
        """Index of a row → its dispute."""
        return {i: self.found[mark] for i, mark in enumerate(self._marks) if mark in self.found}

    def others_at(self, turn: int | None) -> list[Dispute]:
        """Disputes about a turn that are of none of these rows: how it was understood, or rows of an earlier score.

        For None those about the whole reception.
        """
        known = set(self._marks)
        return [one for one in self.found.values() if one.turn == turn and one.mark not in known]

    def rows_at(self, turn: int | None) -> list[int]:
        """Indexes of the rows about a turn; for None of those about the whole reception."""
        return [i for i, row in enumerate(self.ledger) if row.turn == turn]

    def place(self, turn: int | None, number: int) -> str:
        """How the row of that number (from 0) among those about a turn is named: 3.1, while rows are moving 3a."""
        message = 0 if turn is None else turn + 1
        return f"{message}{_letters(number)}" if self.moving else f"{message}.{number + 1}"

    def named(self, place: str, where: str) -> int:
        """Index of a row named as `place` names it; the number of the message is enough for one row alone that stays.

        Messages count from 1, 0 is the whole reception. Raises KefuError; `where` tells how to see the names.
        """
        named = _PLACE.fullmatch(place.translate(_NARROW).lower())
        if named is None:
            example = "3a" if self.moving else "3.1"
            hint = tr("write for example {example}").format(example=example)
            raise KefuError(tr("`{text}` names no row").format(text=place), hint=hint)
        message, number, letter = named.group("message", "number", "letter")
        if number and self.moving:
            raise KefuError(tr("rows bear numbers after the end only; now they bear letters"), hint=where)
        if letter and not self.moving:
            raise KefuError(tr("rows bear letters during the reception only; now they bear numbers"), hint=where)
        turn = int(message) - 1 if int(message) else None
        rows = {self.place(turn, n): at for n, at in enumerate(self.rows_at(turn))}
        if not rows:
            raise KefuError(tr("message {n} has no row in the ledger").format(n=message), hint=where)
        if number or letter:
            name = f"{int(message)}.{int(number)}" if number else f"{int(message)}{letter}"
        elif len(rows) == 1 and not self.moving:
            (name,) = rows
        else:
            told = (f"{name}  {self.ledger[at].reason.pick(language())}" for name, at in rows.items())
            raise KefuError(tr("which row of message {n}?").format(n=message), hint="\n".join(told))
        if name not in rows:
            what = tr("message {n} has rows {first} to {last}")
            raise KefuError(what.format(n=message, first=next(iter(rows)), last=[*rows][-1]), hint=where)
        return rows[name]

    def turn_over(self, index: int, remark: str = "") -> bool:
        """Dispute a row; one in dispute gets another remark, or is not disputed any more when there is none."""
        if self.at(index) is not None and not remark:
            self.take_back(index)
            return False
        self.dispute(index, remark)
        return True

    def over(self, ledger: Sequence[Row]) -> Docket:
        """The same disputes over other rows of the same reception: what is disputed there is known here too."""
        return replace(self, ledger=ledger)

    def dispute(self, index: int, remark: str = "") -> Dispute:
        """Hold a row to be wrong."""
        note = " ".join(clean_message(remark, LONGEST_REMARK).split())
        claim = Claim(self.desk, self.reception, self.house.desk.trainee, round(time.time(), 3), note)
        made = dispute_of(self.ledger, index, self.moment(index), claim)
        self.house.inbox.put([made])
        self.found[made.mark] = made
        return made

    def moment(self, index: int) -> Moment:
        """What a row is about."""
        return moment_of(self.log, self.ledger[index].turn)

    def take_back(self, index: int) -> None:
        """The row was right after all."""
        mark = self._marks[index]
        self.house.inbox.take_back(self.desk, self.reception, mark)
        self.found.pop(mark, None)


def _letters(number: int) -> str:
    """a, b … z, aa, ab …; from 0."""
    more, last = divmod(number, len(ascii_lowercase))
    return (ascii_lowercase[more - 1] if more else "") + ascii_lowercase[last]


@dataclass
class ShiftDocket(Docket):
    """What is disputed of the ledger of a shift: its rows are about a buyer at a time, or about all of it."""

    moments: Sequence[Moment] = ()
    """Of each row."""

    def moment(self, index: int) -> Moment:
        """What a row is about: the story of the buyer, or the shift."""
        return self.moments[index]


def docket_of_review(house: House, review: Review) -> Docket:
    """The disputes of a reception that is looked at again. Raises KefuError."""
    record = review.record
    desk = house.records.desk(record.key.partition("/")[0])
    return Docket(house, desk, record.id, review.log, review.score.ledger).read()


def docket_of_play(house: House, play: Play, ledger: Sequence[Row], found: dict[str, Dispute] | None = None) -> Docket:
    """The disputes of a reception in play, or just over; nothing is read from the records yet.

    `found`: what is known to be disputed; it is kept up to date.
    """
    return Docket(house, house.desk.id, play.reception, tuple(play.session.log), ledger, {} if found is None else found)


def docket_of_seat(house: House, shift: Shelved, seat: Seat, ledger: Sequence[Row]) -> Docket:
    """The disputes of one reception of a shift; nothing can be disputed where the shift is kept nowhere.

    Raises KefuError.
    """
    name = name_in_shift(shift.id, seat.buyer) if shift.id else ""
    docket = Docket(house, shift.desk, name, tuple(seat.log), ledger)
    return docket.read() if name else docket


def docket_of_shift(house: House, shelved: Shelved, floor: Floor, shift: str, rows: Sequence[ShiftRow]) -> Docket:
    """The disputes of the ledger of a shift, whose id is `shift`. Raises KefuError."""
    ledger = [_plain_row(row) for row in rows]
    moments = [_moment_of_row(row, floor, shift) for row in rows]
    return ShiftDocket(house, shelved.desk, shelved.id, (), ledger, moments=moments).read()


def _plain_row(row: ShiftRow) -> Row:
    """A row of a shift as one of a reception; buyer and time tell it from others of its rule."""
    topic = f"{row.buyer} {row.t:g}" if row.t is not None else row.buyer
    return Row(row.rule, row.points, row.reason, row.of, topic=Phrase(topic, topic))


def _moment_of_row(row: ShiftRow, floor: Floor, shift: str) -> Moment:
    seat = floor.seats.get(row.buyer)
    if seat is None:
        return Moment(shift)
    said = [event for event in seat.log if isinstance(event, ev.BuyerSaid | ev.AgentSent)]
    mine = (
        at for at, event in enumerate(said)
        if isinstance(event, ev.AgentSent) and (row.t is None or event.t <= row.t)
    )  # fmt: skip
    return moment_of(seat.log, max(mine, default=None))


def docket_so_far(house: House, play: Play) -> Docket:
    """All that can be disputed while a reception goes on: what counts up to now, and how each reply was understood.

    Raises KefuError.
    """
    log, program = tuple(play.session.log), play.session.program
    understood = (row for turn in replies(log) for row in readings(reply_in_turn(program, log, turn), turn))
    rows = [*counted(play.score().ledger, log), *understood]
    return replace(docket_of_play(house, play, rows), moving=True).read()
