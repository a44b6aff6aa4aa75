"""What people say of claims and series, and the order in which history is folded again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claims", sa.Column("accepted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("claims", sa.Column("edits", sa.JSON(), nullable=True))
    op.add_column("verdicts", sa.Column("edits", sa.JSON(), nullable=True))
    op.add_column("revisions", sa.Column("turn", sa.Integer(), nullable=True))
    op.create_index("ix_revisions_turn", "revisions", ["turn"])
    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("into", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["source"], ["series.key"]),
        sa.ForeignKeyConstraint(["into"], ["series.key"]),
        sa.PrimaryKeyConstraint("id"),
    )
    _count_turns()


def downgrade() -> None:
    op.drop_table("merges")
    op.drop_index("ix_revisions_turn", table_name="revisions")
    for table, column in (("revisions", "turn"), ("verdicts", "edits"), ("claims", "edits"), ("claims", "accepted")):
        op.drop_column(table, column)


def _count_turns() -> None:
    """What was compared, in the order of its decisions; of what had none, in that of its text. Revisions that couldn't
    be compared have claims and no decisions, and are the newest of theirs to be replaced: they get no turn."""
    op.execute(
        """
        WITH decided AS (SELECT revision_id, MIN(id) AS first FROM decisions GROUP BY revision_id),
        spoilt AS (
            SELECT revisions.id FROM revisions
            JOIN articles ON articles.id = revisions.article_id
            WHERE articles.status = 'quarantined' AND revisions.number = articles.revisions
        ),
        ordered AS (
            SELECT revisions.id AS id,
                ROW_NUMBER() OVER (ORDER BY compared_at, COALESCE(first, 0), published_at, article_id, number) AS place
            FROM revisions LEFT JOIN decided ON decided.revision_id = revisions.id
            WHERE compared_at IS NOT NULL AND revisions.id NOT IN (SELECT id FROM spoilt)
        )
        UPDATE revisions SET turn = ordered.place FROM ordered WHERE ordered.id = revisions.id
        """
    )
