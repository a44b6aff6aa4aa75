"""Claims and changes of a series are found in their order: the pages show the last of each."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_decisions_series", "decisions", ["series_key", "id"])
    op.create_index("ix_changes_series", "changes", ["series_key", "at"])


def downgrade() -> None:
    op.drop_index("ix_changes_series", table_name="changes")
    op.drop_index("ix_decisions_series", table_name="decisions")
