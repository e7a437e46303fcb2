"""Runs the migrations of the package on a connection."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from kefu_sim.store.database import MIGRATIONS


def upgrade(connection: sa.Connection, revision: str = "head") -> None:
    """Bring the schema to a revision, within the transaction of the connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
