"""Changes know their order within a run, and by which mute nobody was told of them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("changes", sa.Column("number", sa.Integer(), server_default="0", nullable=False))
    op.add_column("changes", sa.Column("muted", sa.Text(), nullable=True))
    op.drop_index("ix_changes_at", table_name="changes")
    op.create_index("ix_changes_at", "changes", ["at", "number"])
    there = sa.text("muted IS NOT NULL")
    op.create_index("ix_changes_muted", "changes", ["series_key"], sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    op.drop_index("ix_changes_muted", table_name="changes")
    op.drop_index("ix_changes_at", table_name="changes")
    op.create_index("ix_changes_at", "changes", ["at"])
    op.drop_column("changes", "muted")
    op.drop_column("changes", "number")
