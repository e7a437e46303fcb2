"""The trainer's inbox: turns that were not understood, rows in dispute, and what was put away.

Receptions kept before are read anew when the records are next opened: their column `derived` says 2.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "puzzles",
        sa.Column("record", sa.Integer),
        sa.Column("turn", sa.Integer),
        sa.Column("node", sa.Text, nullable=False),
        sa.Column("buyer", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("labels", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("record", "turn", name="pk_puzzles"),
        sa.ForeignKeyConstraint(["record"], ["records.no"], name="fk_puzzles_record", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "disputes",
        sa.Column("desk", sa.Text),
        sa.Column("reception", sa.Text),
        sa.Column("mark", sa.Text),
        sa.Column("turn", sa.Integer),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("topic_zh", sa.Text, nullable=False),
        sa.Column("topic_en", sa.Text, nullable=False),
        sa.Column("points", sa.Double, nullable=False),
        sa.Column("most", sa.Double, nullable=False),
        sa.Column("reason_zh", sa.Text, nullable=False),
        sa.Column("reason_en", sa.Text, nullable=False),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("node", sa.Text, nullable=False),
        sa.Column("buyer", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("desk", "reception", "mark", name="pk_disputes"),
    )
    op.create_table(
        "settled",
        sa.Column("item", sa.Text),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("item", name="pk_settled"),
    )
