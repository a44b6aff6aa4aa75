"""From which day figures count, and how far back a series goes: few rows, through indexes."""

from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from monitor.domain.claims import Claim, Scope
from monitor.domain.incidents import incident_day
from monitor.domain.series import SeriesKey
from monitor.domain.windows import Role
from monitor.store.convert import series_text, to_series_key
from monitor.store.held import HeldClaims
from monitor.store.lines import lines
from monitor.store.tables import ClaimTable, DecisionTable, SeriesTable

_DECISIONS, _CLAIMS = DecisionTable.__table__.c, ClaimTable.__table__.c
_LAST = select(func.max(_CLAIMS.since)).where(_CLAIMS.since.is_not(None))
_EARLIEST = select(func.min(_DECISIONS.day)).where(
    _DECISIONS.series_key == bindparam("series"), _DECISIONS.role == bindparam("role")
)
_COUNTED = lines(
    _CLAIMS.since.is_not(None),
    _CLAIMS.since > bindparam("day"),
    _CLAIMS.scope == Scope.PERIOD,
    _DECISIONS.series_key == bindparam("series"),
).order_by(_CLAIMS.id)


def beside(session: Session, key: SeriesKey) -> list[SeriesKey]:
    """The series that differ from this one in who is counted alone, by subject; of an incident those of incidents at
    its place on its day."""
    same = {name: getattr(key, name) for name in ("watch", "scope", "measure", "place", "window_days")}
    if key.incident is None:
        same |= {"day": None, "incident": None}
    else:
        same["day"] = incident_day(key.incident).toordinal()
    query = select(SeriesTable).filter_by(**same).where(SeriesTable.subject != key.subject)
    return [to_series_key(row) for row in session.scalars(query.order_by(SeriesTable.subject))]


def last_start(session: Session) -> date | None:
    """The latest day from which any figure counts; None where none does."""
    last: date | None = session.scalar(_LAST)
    return last


def earliest(session: Session, key: SeriesKey) -> date | None:
    """The first day that an asserted figure of a series ever spoke of; None for an empty one."""
    asked = ({"series": series_text(key), "role": role} for role in (Role.TOTAL, Role.LONE))
    days = [day for values in asked if (day := session.scalar(_EARLIEST, values)) is not None]
    return date.fromordinal(min(days)) if days else None


def counted_since(session: Session, key: SeriesKey, day: date, held: HeldClaims) -> list[Claim]:
    """The claims of a series that count from a day after this one, in the order of their ids."""
    rows = session.execute(_COUNTED, {"series": series_text(key), "day": day}).all()
    return list({claim.id: claim for claim in held.claims(session, rows)}.values())
