"""What stands beside a series is found by all that they have in common, however many series there are."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_series_beside", table_name="series")
    op.create_index("ix_series_beside", "series", ["watch", "scope", "measure", "place", "window_days", "day"])


def downgrade() -> None:
    op.drop_index("ix_series_beside", table_name="series")
    op.create_index("ix_series_beside", "series", ["watch", "scope", "measure"])
