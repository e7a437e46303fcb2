"""What the trainer's inbox is made from: disputes, turns nobody understood, and what was dealt with.

This module imports SQLAlchemy: it is itself imported only where records are needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import sqlalchemy as sa

from kefu_sim.progress.disputes import Dispute
from kefu_sim.store.database import Database
from kefu_sim.store.schema import disputes, puzzles, records, settled

How = Literal["say", "not", "done"]


class Puzzling(NamedTuple):
    """A turn that was not understood, and whose it was."""

    id: str
    """Of the reception."""
    branch_of: str
    trainee: str
    scenario: str
    at: float
    """When the reception began, seconds since 1970."""
    turn: int
    node: str
    buyer: str
    said: str
    labels: str


class Settled(NamedTuple):
    """An item that was dealt with."""

    item: str
    how: How
    at: float
    """Seconds since 1970."""


class Inbox:
    """The tables behind the inbox. Every method raises KefuError when the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def put(self, new: Iterable[Dispute], *, over: bool = True) -> None:
        """Keep disputes; those of the same rows give way, or stay when `over` is False."""
        with self.database.writing() as connection:
            for dispute in new:
                same = _same(dispute.desk, dispute.reception, dispute.mark)
                if not over and connection.execute(sa.select(disputes.c.mark).where(same)).first():
                    continue
                connection.execute(sa.delete(disputes).where(same))
                connection.execute(sa.insert(disputes).values(dispute._asdict()))

    def take_back(self, desk: str, reception: str, mark: str) -> None:
        """A row is not disputed any more."""
        with self.database.writing() as connection:
            connection.execute(sa.delete(disputes).where(_same(desk, reception, mark)))

    def disputes(self, desk: str | None = None, reception: str | None = None) -> list[Dispute]:
        """All disputes, or those of one reception; oldest first."""
        query = sa.select(*(disputes.c[name] for name in Dispute._fields)).order_by(disputes.c.at, disputes.c.mark)
        if reception is not None:
            query = query.where(disputes.c.desk == desk, disputes.c.reception == reception)
        with self.database.reading() as connection:
            return [Dispute._make(row) for row in connection.execute(query)]

    def puzzles(self) -> list[Puzzling]:
        """All turns that were not understood, oldest first."""
        c = records.c
        own = (puzzles.c.turn, puzzles.c.node, puzzles.c.buyer, puzzles.c.said, puzzles.c.labels)
        query = (
            sa.select(c.id, c.branch_of, c.trainee, c.scenario, c.at, *own).join(records).order_by(c.at, puzzles.c.turn)
        )
        with self.database.reading() as connection:
            return [Puzzling._make(row) for row in connection.execute(query)]

    def settle(self, items: Sequence[Settled]) -> None:
        """Note what was dealt with."""
        with self.database.writing() as connection:
            for one in items:
                connection.execute(sa.delete(settled).where(settled.c.item == one.item))
                connection.execute(sa.insert(settled).values(one._asdict()))

    def settled(self) -> dict[str, Settled]:
        """Item → how it was dealt with."""
        query = sa.select(settled.c.item, settled.c.how, settled.c.at)
        with self.database.reading() as connection:
            return {row[0]: Settled._make(row) for row in connection.execute(query)}


def _same(desk: str, reception: str, mark: str) -> sa.ColumnElement[bool]:
    c = disputes.c
    return sa.and_(c.desk == desk, c.reception == reception, c.mark == mark)
