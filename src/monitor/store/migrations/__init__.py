"""Alembic migrations, run by `Store.migrate`."""
