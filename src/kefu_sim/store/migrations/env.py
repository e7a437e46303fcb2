"""Alembic's entrance: migrates on the connection that store/upgrade.py hands over."""

from alembic import context

from kefu_sim.store.schema import META, VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], target_metadata=META, version_table=VERSION_TABLE)
context.run_migrations()
