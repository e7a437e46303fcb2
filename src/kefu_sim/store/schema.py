"""Tables of the database of records. What changes here needs a migration in `migrations/versions`."""

from __future__ import annotations

import zlib
from typing import Any

import sqlalchemy as sa


class Packed(sa.types.TypeDecorator[str]):
    """Long text, kept compressed."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:
        """Text → bytes of the database."""
        del dialect
        return None if value is None else zlib.compress(value.encode("utf-8"), 6)

    def process_result_value(self, value: bytes | None, dialect: Any) -> str | None:
        """And back."""
        del dialect
        return None if value is None else zlib.decompress(value).decode("utf-8")


VERSION_TABLE = "kefu_sim_schema"
"""Where the id of the schema stands."""
META = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_record() -> sa.Column[int]:
    return sa.Column("record", sa.Integer, sa.ForeignKey("records.no", ondelete="CASCADE"), primary_key=True)


records = sa.Table(
    "records",
    META,
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("trainee", sa.Text, nullable=False),
    sa.Column("scenario", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("mode", sa.Text, nullable=False),
    sa.Column("seed", sa.BigInteger),
    sa.Column("day", sa.Text, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("ended", sa.Text, nullable=False),
    sa.Column("seconds", sa.Double, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("total", sa.Double),
    sa.Column("pace", sa.Double),
    sa.Column("first_reply_s", sa.Double),
    sa.Column("mean_reply_s", sa.Double),
    sa.Column("steps", sa.Text, nullable=False),
    sa.Column("speed", sa.Double),
    sa.Column("flow", sa.Double),
    sa.Column("politeness", sa.Double),
    sa.Column("accuracy", sa.Double),
    sa.Column("resolution", sa.Double),
    sa.Column("brevity", sa.Double),
    sa.Column("rubric", sa.Text, nullable=False),
    sa.Column("recogniser", sa.Text, nullable=False),
    sa.Column("branch_of", sa.Text, nullable=False),
    sa.Column("figures", sa.Text, nullable=False),
    sa.Column("derived", sa.Integer, nullable=False, server_default="1"),
    sa.Index(None, "kind", "trainee", "at"),
    sa.Index(None, "desk"),
)
"""One row for each finished reception, drill or shift. `at`: start in seconds since 1970. `desk`: the data folder it
was made in. `figures`: JSON of what only its kind has. `derived`: by which way of reading its log the row and all that
hangs on it were made (`DERIVED` of entries.py). The others are described in progress/record.py."""

documents = sa.Table(
    "documents",
    META,
    _of_record(),
    sa.Column("log", Packed, nullable=False),
    sa.Column("score", Packed),
)
"""The log as it was written, and the score with every row of its ledger as JSON."""

causes = sa.Table(
    "causes",
    META,
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("topic_zh", sa.Text, nullable=False),
    sa.Column("topic_en", sa.Text, nullable=False),
    sa.UniqueConstraint("rule", "topic_zh", "topic_en"),
)
"""Reasons for lost points."""

losses = sa.Table(
    "losses",
    META,
    _of_record(),
    sa.Column("cause", sa.Integer, sa.ForeignKey("causes.no"), primary_key=True),
    sa.Column("lost", sa.Double, nullable=False),
    sqlite_with_rowid=False,
)
"""Points a reception lost, by reason."""

slips = sa.Table(
    "slips",
    META,
    _of_record(),
    sa.Column("turn", sa.Integer, primary_key=True),
    sa.Column("node", sa.Text, nullable=False),
    sa.Column("buyer", sa.Text, nullable=False),
    sa.Column("said", sa.Text, nullable=False),
    sa.Column("lost", sa.Double, nullable=False),
    sqlite_with_rowid=False,
)
"""Replies of a reception that went wrong."""

tries = sa.Table(
    "tries",
    META,
    _of_record(),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("scenario", sa.Text, nullable=False),
    sa.Column("node", sa.Text, nullable=False),
    sa.Column("passed", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Answers of a reply drill, and whether they were good."""
