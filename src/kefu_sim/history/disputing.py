"""判错申诉: the disputes of one reception, kept in the records for whoever looks after its story."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kefu_sim.base.text import clean_message
from kefu_sim.engine import events as ev
from kefu_sim.history.review import Review
from kefu_sim.house import House
from kefu_sim.play import Play
from kefu_sim.progress.disputes import LONGEST_REMARK, Claim, Dispute, dispute_of, marks
from kefu_sim.scoring.ledger import Row


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

    def others_at(self, turn: int) -> list[Dispute]:
        """Disputes about a turn that are of none of these rows: how it was understood, or rows of an earlier score."""
        known = set(self._marks)
        return [one for one in self.found.values() if one.turn == turn and one.mark not in known]

    def rows_at(self, turn: int | None) -> list[int]:
        """Indexes of the rows about a turn; for None of those about the whole reception."""
        return [i for i, row in enumerate(self.ledger) if row.turn == turn]

    def over(self, ledger: Sequence[Row]) -> Docket:
        """The same disputes over other rows of the same reception: what is disputed there is known here too."""
        return replace(self, ledger=ledger)

    def dispute(self, index: int, remark: str = "") -> Dispute:
        """Hold a row to be wrong."""
        note = " ".join(clean_message(remark, LONGEST_REMARK).split())
        claim = Claim(self.desk, self.reception, self.house.desk.trainee, round(time.time(), 3), note)
        made = dispute_of(self.log, self.ledger, index, claim)
        self.house.inbox.put([made])
        self.found[made.mark] = made
        return made

    def take_back(self, index: int) -> None:
        """The row was right after all."""
        mark = self._marks[index]
        self.house.inbox.take_back(self.desk, self.reception, mark)
        self.found.pop(mark, None)


def docket_of_review(house: House, review: Review) -> Docket:
    """The disputes of a reception that is looked at again. Raises KefuError."""
    record = review.record
    desk = house.records.desk(record.key)
    return Docket(house, desk, record.id, review.log, review.score.ledger).read()


def docket_of_play(house: House, play: Play, ledger: Sequence[Row], found: dict[str, Dispute] | None = None) -> Docket:
    """The disputes of a reception in play, or just over; nothing is read from the records yet.

    `found`: what is known to be disputed; it is kept up to date.
    """
    return Docket(house, house.desk.id, play.reception, tuple(play.session.log), ledger, {} if found is None else found)
