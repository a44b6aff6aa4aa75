"""Who has taken a merge back and why, and what had been compared when it was given."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("merges", sa.Column("turn", sa.Integer(), nullable=True))
    op.add_column("merges", sa.Column("ended_by", sa.Text(), nullable=True))
    op.add_column("merges", sa.Column("ended_why", sa.Text(), nullable=True))
    op.execute(
        """
        UPDATE merges SET turn = COALESCE((SELECT MAX(turn) FROM revisions WHERE compared_at <= merges.at), 0)
        """
    )


def downgrade() -> None:
    for column in ("ended_why", "ended_by", "turn"):
        op.drop_column("merges", column)
