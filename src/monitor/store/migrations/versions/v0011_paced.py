"""Deliveries that another one tells, and mutes of single series, outlets and feeds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MUTED = ("series", "outlet", "feed")


def columns() -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=True) for name in MUTED)


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("folded_into", sa.Text(), nullable=True))
    for column in columns():
        op.add_column("mutes", column)


def downgrade() -> None:
    for name in reversed(MUTED):
        op.drop_column("mutes", name)
    op.drop_column("deliveries", "folded_into")
