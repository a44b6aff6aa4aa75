"""What kind of event a figure is of, and what it hit."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claims", sa.Column("event", sa.Text(), nullable=True))
    op.add_column("claims", sa.Column("target", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("claims", "target")
    op.drop_column("claims", "event")
