"""One database: opened when first needed, brought to the schema of this program, its failures said in clear words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event, exc

from kefu_sim.base.errors import KefuError, UnwritableError
from kefu_sim.base.refusals import unwritable
from kefu_sim.i18n import tr
from kefu_sim.store.address import Address, without_password
from kefu_sim.store.schema import META, VERSION_TABLE

MIGRATIONS = Path(__file__).with_name("migrations")
PATIENCE = 10.0
"""Seconds to wait for another program that is writing."""
CONNECT_S = 5
"""Seconds to wait for a server."""
_UPGRADE_LOCK = 0x6B656675
"""Number of PostgreSQL's advisory lock under which the schema is changed."""
_WRITE = "kefu_sim_write"


class Database:
    """Connections in transactions. Every failure of the database becomes a KefuError."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._checked = False

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the database."""
        with self._told(), self._ready().connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes are kept together or not at all."""
        with self._told(), self._ready().execution_options(**{_WRITE: True}).begin() as connection:
            yield connection

    @cached_property
    def _engine(self) -> sa.Engine:
        file = self.address.file
        if file is None:
            return _server(self.address.url)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(file.parent, error) from None
        return _file(file)

    def _ready(self) -> sa.Engine:
        """The engine, once the schema is known to be ours."""
        engine = self._engine
        if not self._checked:
            with engine.connect() as connection:
                found = _revision(connection)
            if found != revisions()[-1]:
                self._upgrade(engine)
            self._checked = True
        return engine

    def _upgrade(self, engine: sa.Engine) -> None:
        """Bring the schema up to date; of several programs that start at once, one does it and the others wait."""
        from kefu_sim.store.upgrade import upgrade  # noqa: PLC0415 (Alembic is needed once in the life of a database)

        with engine.execution_options(**{_WRITE: True}).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            found = _revision(connection)
            if found is not None and found not in revisions():
                raise KefuError(
                    tr("{database}: written by a newer kefu-sim (schema {theirs}, this one knows up to {ours})").format(
                        database=self.address.shown, theirs=found, ours=revisions()[-1]
                    ),
                    hint=tr("update kefu-sim to open it; it was left as it is"),
                )
            if found is None:
                self._refuse_foreign(connection)
            if found != revisions()[-1]:
                upgrade(connection)

    def _refuse_foreign(self, connection: sa.Connection) -> None:
        """Nothing is written into a database of another program. On a server other tables may stand beside ours."""
        there = set(sa.inspect(connection).get_table_names())
        if there if self.address.file is not None else there & set(META.tables):
            raise KefuError(
                tr("{database} is not a database of records").format(database=self.address.shown),
                hint=tr("name another file with --db; it was left as it is"),
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what went wrong in words, without the SQL."""
        try:
            yield
        except exc.SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            raise _in_words(self.address.shown, without_password(str(cause)).strip()) from None
        except ModuleNotFoundError as error:
            if error.name != "psycopg":
                raise
            raise KefuError(
                tr("PostgreSQL needs the Python package `psycopg`, which is not installed"),
                hint=tr("install it: pip install 'kefu-sim[postgres]'"),
            ) from None


def revisions() -> list[str]:
    """Ids of all schemas this program knows, oldest first: the files of the migrations begin with them."""
    return sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def _revision(connection: sa.Connection) -> str | None:
    """Id of the schema in the database; None in an empty one."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(sa.select(sa.column("version_num")).select_from(sa.table(VERSION_TABLE))).scalar()


def _server(url: str) -> sa.Engine:
    return sa.create_engine(url, poolclass=sa.NullPool, connect_args={"connect_timeout": CONNECT_S})


def _file(path: Path) -> sa.Engine:
    """SQLite with transactions that begin where we say: at once for writing, so that writers queue up."""
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def _set_up(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        write = connection.get_execution_options().get(_WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _in_words(database: str, why: str) -> KefuError:
    """The error of a driver as a message for a person."""
    known = (
        ("database is locked", KefuError, tr("{database}: another program keeps it busy"), tr("try again in a moment")),
        ("disk is full", UnwritableError, tr("{database}: the disk is full"),
         tr("make room; nothing is lost, the logs are taken in next time")),
        ("readonly", UnwritableError, tr("{database} cannot be written"), tr("check who may write it")),
        ("unable to open", UnwritableError, tr("{database} cannot be opened"),
         tr("name another file with --db, or check who may read and write it")),
        ("not a database", KefuError, tr("{database} is not a database of records"), _anew()),
        ("malformed", KefuError, tr("{database} is damaged"), _anew()),
        ("no such column", KefuError, tr("{database} is damaged"), _anew()),
        ("no such table", KefuError, tr("{database} is damaged"), _anew()),
    )  # fmt: skip
    for sign, kind, message, hint in known:
        if sign in why:
            return kind(message.format(database=database), hint=hint)
    first = next(iter(why.splitlines()), "")
    return KefuError(
        tr("the database {database} cannot be used: {why}").format(database=database, why=first),
        hint=tr("practice goes on without it; what is finished now is taken in later"),
    )


def _anew() -> str:
    return tr("move it away: it is made anew from the logs in the data folder")
