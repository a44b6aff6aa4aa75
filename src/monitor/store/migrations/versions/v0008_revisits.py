"""When the page of an article is looked at again, and since when it has stayed the same."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("articles", sa.Column("revisit_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_articles_revisit", "articles", ["revisit_at"])


def downgrade() -> None:
    op.drop_index("ix_articles_revisit", table_name="articles")
    op.drop_column("articles", "revisit_at")
    op.drop_column("articles", "changed_at")
