"""Alembic runs this file. The connection comes from monitor.store.migrate, already in a transaction."""

from alembic import context

from monitor.store.tables import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
with context.begin_transaction():
    context.run_migrations()
