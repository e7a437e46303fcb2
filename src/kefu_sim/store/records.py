"""The records: finished receptions, drills and shifts in a database, and what is asked of them.

This module imports SQLAlchemy: it is itself imported only where records are needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from kefu_sim.progress.record import Cause, Point, Record, Wanted
from kefu_sim.store.address import Address
from kefu_sim.store.database import Database
from kefu_sim.store.entries import Entry
from kefu_sim.store.schema import causes, documents, losses, records

_COLUMNS = [records.c[name] for name in Record._fields]
_POINT = [records.c[name] for name in Point._fields]


@dataclass(frozen=True, slots=True)
class Document:
    """What a record was made from."""

    log: str
    score: str | None
    """JSON; None for what has no score."""


class Records:
    """All records of one database. Every method raises KefuError when the database cannot be used."""

    def __init__(self, address: Address) -> None:
        self.database = Database(address)

    def add(self, entries: Iterable[Entry]) -> int:
        """Put entries in, each whole or not at all; those already there stay as they are. Returns how many were new."""
        return sum(self._add(entry) for entry in entries)

    def _add(self, entry: Entry) -> bool:
        try:
            with self.database.writing() as connection:
                if connection.execute(sa.select(records.c.no).where(records.c.key == entry.record.key)).first():
                    return False
                _insert(connection, entry)
        except _Twice:
            return False
        return True

    def replace(self, entry: Entry) -> None:
        """Give a record another score."""
        with self.database.writing() as connection:
            connection.execute(sa.delete(records).where(records.c.key == entry.record.key))
            _insert(connection, entry)

    def ids(self, desk: str) -> set[str]:
        """Ids of everything that was made in a data folder."""
        with self.database.reading() as connection:
            return set(connection.execute(sa.select(records.c.id).where(records.c.desk == desk)).scalars())

    def rows(self, wanted: Wanted, limit: int | None = None) -> list[Record]:
        """Rows, newest first."""
        query = _narrowed(sa.select(*_COLUMNS), wanted).order_by(records.c.at.desc(), records.c.id.desc()).limit(limit)
        with self.database.reading() as connection:
            return [Record._make(row) for row in connection.execute(query)]

    def points(self, wanted: Wanted) -> list[Point]:
        """What curves over time need, oldest first."""
        query = _narrowed(sa.select(*_POINT), wanted).order_by(records.c.at, records.c.id)
        with self.database.reading() as connection:
            return [Point._make(row) for row in connection.execute(query)]

    def causes(self, wanted: Wanted, last: int | None = None) -> list[Cause]:
        """What points were lost by in the last so many receptions, the costliest first."""
        chosen = _narrowed(sa.select(records.c.no), wanted)
        if last is not None:
            chosen = chosen.order_by(records.c.at.desc(), records.c.id.desc()).limit(last)
        among = chosen.subquery()
        lost = sa.func.sum(losses.c.lost)
        summed = (
            sa.select(losses.c.cause, lost.label("lost"), sa.func.count().label("times"))
            .join(among, among.c.no == losses.c.record)
            .group_by(losses.c.cause)
            .subquery()
        )
        query = (
            sa.select(causes.c.rule, causes.c.topic_zh, causes.c.topic_en, summed.c.lost, summed.c.times)
            .join(summed, summed.c.cause == causes.c.no)
            .order_by(summed.c.lost.desc(), causes.c.rule, causes.c.topic_zh)
        )
        with self.database.reading() as connection:
            return [Cause._make(row) for row in connection.execute(query)]

    def find(self, name: str, trainee: str | None = None) -> list[Record]:
        """Records of an id, or whose id or key begins so; newest first."""
        same = [records.c.id == name, records.c.id.startswith(name, autoescape=True), records.c.key.startswith(name)]
        for condition in same[: 1 if not name else 3]:
            query = sa.select(*_COLUMNS).where(condition).order_by(records.c.at.desc())
            if trainee is not None:
                query = query.where(records.c.trainee == trainee)
            with self.database.reading() as connection:
                if found := [Record._make(row) for row in connection.execute(query.limit(50))]:
                    return found
        return []

    def document(self, key: str) -> Document | None:
        """Log and score of a record."""
        query = sa.select(documents.c.log, documents.c.score).join(records).where(records.c.key == key)
        with self.database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else Document(*row)

    def entries(self, keys: Sequence[str]) -> list[Entry]:
        """Whole entries, for rescoring and archives; without their causes."""
        query = sa.select(
            *_COLUMNS, records.c.desk, records.c.recogniser, records.c.figures, documents.c.log, documents.c.score
        ).join(documents)
        found = []
        with self.database.reading() as connection:
            for key in keys:
                for row in connection.execute(query.where(records.c.key == key)):
                    *values, desk, recogniser, figures, log, score = row
                    found.append(Entry(Record(*values), desk, recogniser, log, score, figures=figures))
        return found

    def figures(self, wanted: Wanted) -> list[str]:
        """JSON of what only a kind has, oldest first."""
        query = _narrowed(sa.select(records.c.figures), wanted).order_by(records.c.at, records.c.id)
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())

    def bests(self) -> dict[str, dict[str, float]]:
        """Trainee → scenario → best total of a whole reception."""
        query = (
            sa.select(records.c.trainee, records.c.scenario, sa.func.max(records.c.total))
            .where(records.c.kind == "reception", records.c.total.is_not(None), records.c.branch_of == "")
            .group_by(records.c.trainee, records.c.scenario)
        )
        found: dict[str, dict[str, float]] = {}
        with self.database.reading() as connection:
            for trainee, scenario, total in connection.execute(query):
                found.setdefault(trainee, {})[scenario] = total
        return found

    def trainees(self) -> list[tuple[str, int]]:
        """Names of all profiles with the number of their records, by name."""
        query = sa.select(records.c.trainee, sa.func.count()).group_by(records.c.trainee).order_by(records.c.trainee)
        with self.database.reading() as connection:
            return [(name, count) for name, count in connection.execute(query)]


class _Twice(Exception):  # noqa: N818 (no error: somebody else was quicker)
    """Another program put the same entry in at the same time."""


def _insert(connection: sa.Connection, entry: Entry) -> None:
    values: dict[str, Any] = entry.record._asdict()
    values |= {"desk": entry.desk, "recogniser": entry.recogniser, "figures": entry.figures, "at": entry.at}
    try:
        number = connection.execute(sa.insert(records).values(values).returning(records.c.no)).scalar_one()
    except IntegrityError:
        raise _Twice from None
    connection.execute(sa.insert(documents).values(record=number, log=entry.log, score=entry.score))
    for cause in entry.causes:
        values = {"record": number, "cause": _number_of(connection, cause), "lost": cause.lost}
        connection.execute(sa.insert(losses).values(values))


def _number_of(connection: sa.Connection, cause: Cause) -> int:
    """Number of a cause, a new one if need be; two programs may come by the same new one at once."""
    what = {"rule": cause.rule, "topic_zh": cause.topic_zh, "topic_en": cause.topic_en}
    query = sa.select(causes.c.no).filter_by(**what)
    number: int | None = connection.execute(query).scalar()
    if number is not None:
        return number
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(sa.insert(causes).values(what))
    return int(connection.execute(query).scalar_one())


def _narrowed(query: sa.Select[Any], wanted: Wanted) -> sa.Select[Any]:
    c = records.c
    conditions = [
        (wanted.trainee is not None, c.trainee == wanted.trainee),
        (wanted.kind is not None, c.kind == wanted.kind),
        (bool(wanted.scenario), c.scenario == wanted.scenario),
        (bool(wanted.mode), c.mode == wanted.mode),
        (bool(wanted.since), c.day >= wanted.since),
        (bool(wanted.until), c.day <= wanted.until),
        (wanted.whole, c.branch_of == ""),
    ]
    return query.where(*(condition for applies, condition in conditions if applies))
