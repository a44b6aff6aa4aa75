"""Where each claim stands in its line, and each incident in time: what windows of series are read by."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BATCH = 5_000

_decisions = sa.table("decisions", sa.column("id"), sa.column("claim_id"), sa.column("revision_id"))
_series = sa.table("series", sa.column("key"), sa.column("incident"))
_claims = sa.table(
    "claims",
    *(sa.column(name) for name in ("id", "revision_id", "low", "high", "scope", "status")),
    sa.column("as_of", sa.Date()),
    sa.column("claimants", sa.JSON()),
)
_revisions = sa.table(
    "revisions",
    sa.column("id"),
    sa.column("published_at", sa.DateTime(timezone=True)),
    sa.column("fetched_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.add_column("decisions", sa.Column("role", sa.Text(), nullable=True))
    op.add_column("decisions", sa.Column("day", sa.Integer(), nullable=True))
    op.add_column("series", sa.Column("day", sa.Integer(), nullable=True))
    connection = op.get_bind()
    _place_claims(connection)
    _place_incidents(connection)
    op.drop_index("ix_decisions_series", table_name="decisions")
    op.drop_index("ix_series_subject", table_name="series")
    op.create_index("ix_decisions_line", "decisions", ["series_key", "party", "role", "day"])
    op.create_index("ix_decisions_newest", "decisions", ["series_key", "role", "day"])
    op.create_index("ix_series_days", "series", ["watch", "subject", "day"])


def downgrade() -> None:
    for name, table in (
        ("ix_series_days", "series"),
        ("ix_decisions_newest", "decisions"),
        ("ix_decisions_line", "decisions"),
    ):
        op.drop_index(name, table_name=table)
    op.create_index("ix_series_subject", "series", ["watch", "subject", "scope"])
    op.create_index("ix_decisions_series", "decisions", ["series_key"])
    for table in ("series", "decisions"):
        op.drop_column(table, "day")
    op.drop_column("decisions", "role")


def _place_claims(connection: sa.Connection) -> None:
    """In portions: a database of years holds a million decisions."""
    same = (_claims.c.id == _decisions.c.claim_id) & (_claims.c.revision_id == _decisions.c.revision_id)
    query = (
        sa.select(_decisions.c.id, _claims, _revisions.c.published_at, _revisions.c.fetched_at)
        .select_from(_decisions.join(_claims, same).join(_revisions, _revisions.c.id == _claims.c.revision_id))
        .order_by(_decisions.c.id)
        .limit(BATCH)
    )
    done = 0
    while rows := connection.execute(query.where(_decisions.c.id > done)).all():
        values = [{"of": row[0], "role": _role(row), "day": _day(row).toordinal()} for row in rows]
        connection.execute(sa.text("UPDATE decisions SET role = :role, day = :day WHERE id = :of"), values)
        done = rows[-1][0]


def _role(row: Any) -> str | None:
    if row.status == "asserted":
        return "lone" if row.scope == "cumulative" and row.low == row.high == 1 else "total"
    parties = {pair[1] or pair[0] for pair in row.claimants if isinstance(pair, list)}
    return "denial" if row.status == "denied" and len(parties) == 1 else None


def _day(row: Any) -> date:
    """The text's own date unless it lies more than a day ahead, else that of publication or fetching, in UTC."""
    fetched = _utc(row.fetched_at)
    said = fetched if row.published_at is None else _utc(row.published_at)
    known = max(said, fetched).date() + timedelta(days=1)
    return row.as_of if row.as_of is not None and row.as_of <= known else said.date()


def _utc(time: datetime) -> datetime:
    """PostgreSQL gives times in the zone of its session, SQLite gives them bare, in UTC."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _place_incidents(connection: sa.Connection) -> None:
    rows = connection.execute(sa.select(_series).where(_series.c.incident.is_not(None))).all()
    values = [{"of": row.key, "day": _incident_day(row.incident)} for row in rows]
    if values:
        connection.execute(sa.text('UPDATE series SET day = :day WHERE "key" = :of'), values)


def _incident_day(name: str) -> int | None:
    try:
        return date.fromisoformat(name[-10:]).toordinal()
    except ValueError:
        return None
