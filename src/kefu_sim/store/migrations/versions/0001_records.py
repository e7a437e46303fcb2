"""Finished receptions and drills, their logs and scores, and where points were lost."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "records",
        sa.Column("no", sa.Integer),
        _text("key"),
        _text("desk"),
        _text("id"),
        _text("kind"),
        _text("trainee"),
        _text("scenario"),
        _text("title"),
        _text("mode"),
        sa.Column("seed", sa.BigInteger),
        _text("day"),
        sa.Column("at", sa.Double, nullable=False),
        _text("started"),
        _text("ended"),
        sa.Column("seconds", sa.Double, nullable=False),
        _text("outcome"),
        sa.Column("total", sa.Double),
        sa.Column("pace", sa.Double),
        sa.Column("first_reply_s", sa.Double),
        sa.Column("mean_reply_s", sa.Double),
        _text("steps"),
        sa.Column("speed", sa.Double),
        sa.Column("flow", sa.Double),
        sa.Column("politeness", sa.Double),
        sa.Column("accuracy", sa.Double),
        sa.Column("resolution", sa.Double),
        sa.Column("brevity", sa.Double),
        _text("rubric"),
        _text("recogniser"),
        _text("branch_of"),
        _text("figures"),
        sa.PrimaryKeyConstraint("no", name="pk_records"),
        sa.UniqueConstraint("key", name="uq_records_key"),
    )
    op.create_index("ix_records_id", "records", ["id"])
    op.create_index("ix_records_desk", "records", ["desk"])
    op.create_index("ix_records_kind_trainee_at", "records", ["kind", "trainee", "at"])
    op.create_table(
        "documents",
        sa.Column("record", sa.Integer),
        sa.Column("log", sa.LargeBinary, nullable=False),
        sa.Column("score", sa.LargeBinary),
        sa.PrimaryKeyConstraint("record", name="pk_documents"),
        sa.ForeignKeyConstraint(["record"], ["records.no"], name="fk_documents_record", ondelete="CASCADE"),
    )
    op.create_table(
        "causes",
        sa.Column("no", sa.Integer),
        _text("rule"),
        _text("topic_zh"),
        _text("topic_en"),
        sa.PrimaryKeyConstraint("no", name="pk_causes"),
        sa.UniqueConstraint("rule", "topic_zh", "topic_en", name="uq_causes_rule_topic_zh_topic_en"),
    )
    op.create_table(
        "losses",
        sa.Column("record", sa.Integer),
        sa.Column("cause", sa.Integer),
        sa.Column("lost", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("record", "cause", name="pk_losses"),
        sa.ForeignKeyConstraint(["record"], ["records.no"], name="fk_losses_record", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["cause"], ["causes.no"], name="fk_losses_cause"),
        sqlite_with_rowid=False,
    )
