"""Where the database of records is: a file, or a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kefu_sim.base.errors import KefuError
from kefu_sim.i18n import tr

FILE = "records.db"
_POSTGRES = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_PASSWORD = re.compile(r"(?<=://)([^:/@\s]*):[^@\s]*@|(?i:\b(password=)[^&\s]*)")


@dataclass(frozen=True, slots=True)
class Address:
    """One database."""

    file: Path | None
    """Of SQLite; None for a server."""
    url: str = ""
    """Of a server, for SQLAlchemy."""

    @property
    def shown(self) -> str:
        """For messages: without the password."""
        return without_password(self.url) if self.file is None else str(self.file)


def without_password(text: str) -> str:
    """Text that may hold the URL of a server, with its password left out."""
    return _PASSWORD.sub(lambda m: f"{m[2]}***" if m[2] else f"{m[1]}:***@", text)


def address_of(given: str, folder: Path) -> Address:
    """The database that was named, or the file in the data folder. Raises KefuError."""
    given = given.strip()
    if not given:
        return Address(folder / FILE)
    if match := _POSTGRES.match(given):
        return Address(None, "postgresql+psycopg://" + given[match.end() :])
    if given.startswith("sqlite:///"):
        given = given.removeprefix("sqlite:///")
    elif _SCHEME.match(given):
        raise KefuError(
            tr("the database `{url}` is of a kind that is not known here").format(url=without_password(given)),
            hint=tr("name a file, sqlite:///FILE or postgresql://USER@HOST/NAME"),
        )
    path = Path(given).expanduser()
    if given in {"", ":memory:"} or path.is_dir():
        raise KefuError(
            tr("{path} is no file for a database").format(path=given or "sqlite:///"), hint=tr("name a file")
        )
    return Address(path.absolute())
