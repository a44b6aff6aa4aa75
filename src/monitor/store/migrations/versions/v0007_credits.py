"""The agency that a text goes back to."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revisions", sa.Column("credit", sa.Text(), nullable=True))
    op.add_column("rereadings", sa.Column("credit", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("rereadings", "credit")
    op.drop_column("revisions", "credit")
