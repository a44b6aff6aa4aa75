"""How feeds do: their habit, where they moved, and what operators were told of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

def columns() -> tuple[sa.Column[Any], ...]:
    return (
    sa.Column("new_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("new_entries", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("habit_seconds", sa.Double(), nullable=True),
    sa.Column("rolled_over", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("moved_to", sa.Text(), nullable=True),
    sa.Column("moved_since", sa.DateTime(timezone=True), nullable=True),
    sa.Column("moved_seen", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("trouble", sa.Text(), nullable=True),
    sa.Column("trouble_since", sa.DateTime(timezone=True), nullable=True),
    )


def upgrade() -> None:
    for column in columns():
        op.add_column("feeds", column)
    op.create_index("ix_articles_feed", "articles", ["feed", "id"])


def downgrade() -> None:
    op.drop_index("ix_articles_feed", table_name="articles")
    for column in reversed(columns()):
        op.drop_column("feeds", column.name)
