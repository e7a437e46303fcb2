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
from kefu_sim.progress.spacing import Slip, Try
from kefu_sim.store.address import Address
from kefu_sim.store.database import Database
from kefu_sim.store.entries import DERIVED, Entry
from kefu_sim.store.schema import causes, documents, losses, puzzles, records, slips, tries

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

    def replace(self, entry: Entry, old: str | None = None) -> None:
        """Give a record another score; `old`: the key it had before its log grew."""
        with self.database.writing() as connection:
            connection.execute(sa.delete(records).where(records.c.key.in_({old, entry.record.key} - {None})))
            _insert(connection, entry)

    def shifts(self, desk: str) -> dict[str, Record]:
        """The shifts that were worked in a data folder, by id."""
        query = sa.select(*_COLUMNS).where(records.c.desk == desk, records.c.kind == "shift")
        with self.database.reading() as connection:
            return {record.id: record for record in map(Record._make, connection.execute(query))}

    def ids(self, desk: str) -> set[str]:
        """Ids of everything that was made in a data folder."""
        with self.database.reading() as connection:
            return set(connection.execute(sa.select(records.c.id).where(records.c.desk == desk)).scalars())

    def rows(self, wanted: Wanted, limit: int | None = None) -> list[Record]:
        """Rows, newest first."""
        query = _narrowed(sa.select(*_COLUMNS), wanted).order_by(records.c.at.desc(), records.c.no.desc()).limit(limit)
        with self.database.reading() as connection:
            return [Record._make(row) for row in connection.execute(query)]

    def count(self, wanted: Wanted) -> int:
        """How many rows there are."""
        query = _narrowed(sa.select(sa.func.count()).select_from(records), wanted)
        with self.database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def points(self, wanted: Wanted) -> list[Point]:
        """What curves over time need, oldest first."""
        query = _narrowed(sa.select(*_POINT), wanted).order_by(records.c.at, records.c.no)
        with self.database.reading() as connection:
            return [Point._make(row) for row in connection.execute(query)]

    def causes(self, wanted: Wanted, last: int | None = None) -> list[Cause]:
        """What points were lost by in the last so many receptions, the costliest first."""
        chosen = _narrowed(sa.select(records.c.no), wanted)
        if last is not None:
            chosen = chosen.order_by(records.c.at.desc(), records.c.no.desc()).limit(last)
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

    def latest(self, trainee: str) -> list[Record]:
        """The reception that was finished last; nothing before the first."""
        return self.rows(Wanted(trainee, "reception"), 1)

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

    def desk(self, key: str) -> str:
        """The data folder in which a record was made; empty for one that is not there."""
        with self.database.reading() as connection:
            return connection.execute(sa.select(records.c.desk).where(records.c.key == key)).scalar() or ""

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

    def outdated(self, desk: str, standards: str) -> list[str]:
        """Keys of what was made by an earlier way of reading logs, and of this desk's drills under other standards."""
        c = records.c
        old = sa.and_(c.kind == "drill", c.desk == desk, c.rubric != standards)
        query = sa.select(c.key).where(sa.or_(c.derived < DERIVED, old))
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())

    def receptions_but(self, wanted: Wanted, rules: tuple[str, str] | None) -> list[str]:
        """Keys of the receptions that were not scored by this rubric and recogniser, oldest first; of all for None."""
        c = records.c
        query = _narrowed(sa.select(c.key), wanted).where(c.kind == "reception").order_by(c.at, c.no)
        if rules is not None:
            query = query.where(sa.or_(c.rubric != rules[0], c.recogniser != rules[1], c.total.is_(None)))
        with self.database.reading() as connection:
            return list(connection.execute(query).scalars())

    def slips(self, trainee: str) -> list[Slip]:
        """Replies of whole receptions and of second tries that went wrong."""
        c = records.c
        query = (
            sa.select(c.day, c.at, c.scenario, slips.c.node, slips.c.buyer, slips.c.said, slips.c.lost)
            .join(records)
            .where(c.trainee == trainee)
        )
        with self.database.reading() as connection:
            return [Slip._make(row) for row in connection.execute(query)]

    def tries(self, trainee: str) -> list[Try]:
        """Answers to moments of stories in reply drills."""
        c = records.c
        query = (
            sa.select(c.day, c.at, tries.c.scenario, tries.c.node, tries.c.passed)
            .join(records)
            .where(c.trainee == trainee)
            .order_by(c.at, tries.c.position)
        )
        with self.database.reading() as connection:
            return [Try._make(row) for row in connection.execute(query)]

    def branches(self, reception: str, trainee: str) -> list[Record]:
        """Receptions that re-entered this one, newest first."""
        c = records.c
        query = sa.select(*_COLUMNS).where(c.branch_of == reception, c.trainee == trainee).order_by(c.at.desc())
        with self.database.reading() as connection:
            return [Record._make(row) for row in connection.execute(query)]

    def figures(self, wanted: Wanted) -> list[str]:
        """JSON of what only a kind has, oldest first."""
        query = _narrowed(sa.select(records.c.figures), wanted).order_by(records.c.at, records.c.no)
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
    values["derived"] = DERIVED
    try:
        number = connection.execute(sa.insert(records).values(values).returning(records.c.no)).scalar_one()
    except IntegrityError:
        raise _Twice from None
    connection.execute(sa.insert(documents).values(record=number, log=entry.log, score=entry.score))
    numbers = _numbers_of(connection, entry.causes)
    if entry.causes:
        rows = [{"record": number, "cause": numbers[_what(cause)], "lost": cause.lost} for cause in entry.causes]
        connection.execute(sa.insert(losses), rows)
    if entry.slips:
        connection.execute(sa.insert(slips), [{"record": number, **slip._asdict()} for slip in entry.slips])
    if entry.puzzles:
        connection.execute(sa.insert(puzzles), [{"record": number, **one._asdict()} for one in entry.puzzles])
    if entry.tries:
        rows = [{"record": number, "position": at, **tried._asdict()} for at, tried in enumerate(entry.tries)]
        connection.execute(sa.insert(tries), rows)


def _what(cause: Cause) -> tuple[str, str, str]:
    return cause.rule, cause.topic_zh, cause.topic_en


def _numbers_of(connection: sa.Connection, found: Sequence[Cause]) -> dict[tuple[str, str, str], int]:
    """Numbers of causes, new ones where need be; two programs may come by the same new one at once."""
    query = sa.select(causes).where(causes.c.rule.in_({cause.rule for cause in found}))
    known = {(rule, zh, en): number for number, rule, zh, en in connection.execute(query)}
    new = [cause for cause in found if _what(cause) not in known]
    for rule, zh, en in sorted(map(_what, new)):
        with suppress(IntegrityError), connection.begin_nested():
            connection.execute(sa.insert(causes).values(rule=rule, topic_zh=zh, topic_en=en))
    return _numbers_of(connection, found) if new else known


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
