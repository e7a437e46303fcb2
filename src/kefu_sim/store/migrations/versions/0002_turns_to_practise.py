"""Replies that went wrong, and the answers given to the same moments later.

Receptions kept before are read anew when the records are next opened: their column `derived` says 1.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    op.add_column("records", sa.Column("derived", sa.Integer, nullable=False, server_default="1"))
    op.create_table(
        "slips",
        sa.Column("record", sa.Integer),
        sa.Column("turn", sa.Integer),
        sa.Column("node", sa.Text, nullable=False),
        sa.Column("buyer", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("lost", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("record", "turn", name="pk_slips"),
        sa.ForeignKeyConstraint(["record"], ["records.no"], name="fk_slips_record", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tries",
        sa.Column("record", sa.Integer),
        sa.Column("position", sa.Integer),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("node", sa.Text, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("record", "position", name="pk_tries"),
        sa.ForeignKeyConstraint(["record"], ["records.no"], name="fk_tries_record", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
