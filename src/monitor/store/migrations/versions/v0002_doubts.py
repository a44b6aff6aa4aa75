"""Figures that readers are asked to check."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doubts",
        sa.Column("series_key", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("quantity", sa.JSON(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("as_of_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["series_key"], ["series.key"]),
        sa.PrimaryKeyConstraint("series_key", "party"),
    )
    op.add_column("changes", sa.Column("doubtful", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("changes", "doubtful")
    op.drop_table("doubts")
