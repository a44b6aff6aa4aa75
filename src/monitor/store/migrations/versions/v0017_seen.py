"""The articles of the last week are found by when they were first seen: the list of feeds counts them."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_articles_seen", "articles", ["first_seen_at", "feed"])


def downgrade() -> None:
    op.drop_index("ix_articles_seen", table_name="articles")
