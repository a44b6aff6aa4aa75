"""From which day a figure counts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claims", sa.Column("since", sa.Date(), nullable=True))
    known = sa.text("since IS NOT NULL")
    op.create_index("ix_claims_since", "claims", ["since"], sqlite_where=known, postgresql_where=known)
    op.create_index("ix_series_beside", "series", ["watch", "scope", "measure"])


def downgrade() -> None:
    op.drop_index("ix_series_beside", table_name="series")
    op.drop_index("ix_claims_since", table_name="claims")
    op.drop_column("claims", "since")
