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


def _hanging(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """A table of rows that hang on a record and are found by it alone."""
    return sa.Table(name, META, _of_record(), *columns, sqlite_with_rowid=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    """Columns of text that are always filled."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _doubles(*names: str) -> list[sa.Column[float]]:
    """Columns of figures that may be unknown."""
    return [sa.Column(name, sa.Double) for name in names]


records = sa.Table(
    "records",
    META,
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("desk", sa.Text, nullable=False),
    sa.Column("id", sa.Text, nullable=False, index=True),
    *_texts("kind", "trainee", "scenario", "title", "mode"),
    sa.Column("seed", sa.BigInteger),
    sa.Column("day", sa.Text, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
    *_texts("started", "ended"),
    sa.Column("seconds", sa.Double, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    *_doubles("total", "pace", "first_reply_s", "mean_reply_s"),
    sa.Column("steps", sa.Text, nullable=False),
    *_doubles("speed", "flow", "politeness", "accuracy", "resolution", "brevity"),
    *_texts("rubric", "recogniser", "branch_of", "figures"),
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
    *_texts("rule", "topic_zh", "topic_en"),
    sa.UniqueConstraint("rule", "topic_zh", "topic_en"),
)
"""Reasons for lost points."""

losses = _hanging(
    "losses",
    sa.Column("cause", sa.Integer, sa.ForeignKey("causes.no"), primary_key=True),
    sa.Column("lost", sa.Double, nullable=False),
)
"""Points a reception lost, by reason."""

slips = _hanging(
    "slips",
    sa.Column("turn", sa.Integer, primary_key=True),
    *_texts("node", "buyer", "said"),
    sa.Column("lost", sa.Double, nullable=False),
)
"""Replies of a reception that went wrong."""

tries = _hanging(
    "tries",
    sa.Column("position", sa.Integer, primary_key=True),
    *_texts("scenario", "node"),
    sa.Column("passed", sa.Boolean, nullable=False),
)
"""Answers of a reply drill, and whether they were good."""

puzzles = _hanging(
    "puzzles",
    sa.Column("turn", sa.Integer, primary_key=True),
    *_texts("node", "buyer", "said", "labels"),
)
"""Turns of a reception that the buyer did not understand."""

disputes = sa.Table(
    "disputes",
    META,
    sa.Column("desk", sa.Text, primary_key=True),
    sa.Column("reception", sa.Text, primary_key=True),
    sa.Column("mark", sa.Text, primary_key=True),
    sa.Column("turn", sa.Integer),
    *_texts("rule", "topic_zh", "topic_en"),
    sa.Column("points", sa.Double, nullable=False),
    sa.Column("most", sa.Double, nullable=False),
    *_texts("reason_zh", "reason_en", "scenario", "node", "buyer", "said", "remark", "who"),
    sa.Column("at", sa.Double, nullable=False),
)
"""Rows of ledgers that somebody disputes; described in progress/disputes.py. They hang on no row of `records`: a
reception that is scored anew, or not finished yet, keeps its disputes."""

settled = sa.Table(
    "settled",
    META,
    sa.Column("item", sa.Text, primary_key=True),
    sa.Column("how", sa.Text, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
)
"""What a trainer has dealt with: an item of the inbox by its name, how, and when (seconds since 1970)."""
