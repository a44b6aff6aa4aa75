"""Windows of series, read through indexes: as many rows for a line of a million claims as for one of ten."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from monitor.domain.claims import AsOf, Claim
from monitor.domain.series import Anchor, Series, SeriesKey, latest
from monitor.domain.windows import (
    DENIALS,
    LAST_DAYS,
    Role,
    Window,
    days_told,
    decided,
    further_back,
    role_of,
    tellers,
)
from monitor.store.convert import claim_of, series_text
from monitor.store.tables import AnchorTable, ArticleTable, ClaimTable, DecisionTable, DoubtTable, RevisionTable

ACTIVE = (ClaimTable.replaced.is_(False), ClaimTable.rejected.is_(False))
SAME_CLAIM = (ClaimTable.id == DecisionTable.claim_id, ClaimTable.revision_id == DecisionTable.revision_id)

BEHIND = timedelta(days=30)
"""What stands behind a figure is counted among the claims of so many days before and after it."""

_NOBODY = ("",)
"""For lists of ids that are empty: no id is."""

_NO_DAYS = (1, 0)
TOLD_COLUMNS = ("party", "quantity", "claim_id", "as_of_at", "precision")
CLAIM_COLUMNS = (
    *(
        column
        for column in ClaimTable.__table__.columns
        if column.key not in {"article_id", "replaced", "rejected", "past_reader"}
    ),
    ArticleTable.url,
    RevisionTable.outlet,
    RevisionTable.title,
    RevisionTable.number,
    RevisionTable.published_at,
    RevisionTable.fetched_at,
    RevisionTable.credit,
)
"""What a claim is made of: the texts of its article are left out."""


def _lines(*conditions: Any) -> "Select[Any]":
    return (
        select(DecisionTable.series_key, DecisionTable.party, *CLAIM_COLUMNS)
        .join(ClaimTable, and_(*SAME_CLAIM))
        .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
        .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
        .where(*ACTIVE, *conditions)
    )


def _window() -> "Select[Any]":
    """One statement for all that a window holds but the newest claim of the other parties."""
    line = (DecisionTable.series_key == bindparam("series"), DecisionTable.party == bindparam("party"))
    last, stated = aliased(DecisionTable), aliased(ClaimTable)
    newest = (
        select(last.day - LAST_DAYS.days)
        .join(stated, and_(stated.id == last.claim_id, stated.revision_id == last.revision_id))
        .where(last.series_key == bindparam("series"), last.party == bindparam("party"), last.role == bindparam("role"))
        .where(stated.replaced.is_(False), stated.rejected.is_(False))
        .where(last.claim_id.not_in(bindparam("gone", expanding=True)))
        .order_by(last.day.desc())
        .limit(1)
        .scalar_subquery()
    )
    since = func.coalesce(bindparam("since", type_=Integer), newest)
    ids = select(DecisionTable.id)
    speaking = ids.where(*line, DecisionTable.role == bindparam("role"), DecisionTable.day >= since)
    denials = ids.where(*line, DecisionTable.role == Role.DENIAL, DecisionTable.day >= since)
    denials = denials.order_by(DecisionTable.day.desc()).limit(DENIALS)
    # In whichever series: asked for both, a planner may take the longer way.
    named = ids.where(DecisionTable.claim_id.in_(bindparam("named", expanding=True)))
    parts = [speaking, select(denials.subquery().c.id), named]
    for first, stop in (("first", "last"), ("first_doubted", "last_doubted")):
        days = DecisionTable.day.between(bindparam(first), bindparam(stop))
        parts.append(ids.where(*line, DecisionTable.role.in_((Role.TOTAL, Role.LONE)), days))
    return _lines(DecisionTable.id.in_(union_all(*parts)))


_WINDOW = _window()
_NEWEST = (
    _lines(
        DecisionTable.series_key == bindparam("series"),
        DecisionTable.role == bindparam("role"),
        DecisionTable.claim_id.not_in(bindparam("gone", expanding=True)),
    )
    .order_by(DecisionTable.day.desc())
    .limit(1)
)
_WHOLE = _lines(DecisionTable.series_key == bindparam("series")).order_by(DecisionTable.id)
_BETWEEN = _lines(
    DecisionTable.series_key == bindparam("series"),
    DecisionTable.party == bindparam("party"),
    DecisionTable.role.in_((Role.TOTAL, Role.LONE)),
    DecisionTable.day.between(bindparam("first"), bindparam("last")),
)
_OLDER = (
    select(DecisionTable.id)
    .where(
        DecisionTable.series_key == bindparam("series"),
        DecisionTable.party == bindparam("party"),
        DecisionTable.role == bindparam("role"),
        DecisionTable.day < bindparam("since"),
    )
    .limit(1)
)


def _parties() -> "Select[Any]":
    """SELECT DISTINCT would go through the whole series."""
    first = select(func.min(DecisionTable.party).label("party")).where(DecisionTable.series_key == bindparam("series"))
    party = first.cte("party", recursive=True)
    following = (
        select(func.min(DecisionTable.party))
        .where(DecisionTable.series_key == bindparam("series"), DecisionTable.party > party.c.party)
        .scalar_subquery()
    )
    return select(party.union_all(select(following).where(party.c.party.is_not(None))).c.party)


_PARTIES = _parties()
_TOLD = union_all(
    *(
        select(literal(table is DoubtTable), *(getattr(table, name) for name in TOLD_COLUMNS)).where(
            table.series_key == bindparam("series")
        )
        for table in (AnchorTable, DoubtTable)
    )
)


def told_in(session: Session, key: SeriesKey) -> Series:
    """What readers were told of a series, without any claims."""
    anchors: dict[str, Anchor] = {}
    doubts: dict[str, Anchor] = {}
    for doubtful, party, quantity, claim_id, at, precision in session.execute(_TOLD, {"series": series_text(key)}):
        (doubts if doubtful else anchors)[party] = Anchor(party, quantity, claim_id, AsOf(at, precision))
    return Series(key, (), anchors, doubts)


def window_of(session: Session, key: SeriesKey, window: Window) -> Series:
    """The part of a series that a comparison wants."""
    told = told_in(session, key)
    if window.party is None:
        return told
    found = _read(session, told, window, Role.TOTAL)
    if not any(speaker == window.party and role_of(claim) is Role.TOTAL for (speaker, _), claim in found.items()):
        found |= _read(session, told, window, Role.LONE)
    if window.party not in told.anchors:
        for party, claim in _newest(session, key, window):
            found.setdefault((party, claim.id), claim)
    return replace(told, claims=tuple((party, claim) for (party, _), claim in found.items()))


def stored_series(session: Session, key: SeriesKey) -> Series:
    """A whole series, in the order in which its claims were compared: as much work as it is long."""
    told = told_in(session, key)
    rows = session.execute(_WHOLE, {"series": series_text(key)})
    return replace(told, claims=tuple((row.party, claim_of(row)) for row in rows))


def speakers(session: Session, key: SeriesKey, but: str | None = None) -> dict[str, Claim]:
    """The claim that speaks for each party in a series now, by party; nobody asks for that of the party `but`."""
    spoken: dict[str, Claim] = {}
    for party in parties_of(session, key):
        if party == but:
            continue
        now = latest(window_of(session, key, Window(party)).line(party))
        if now is not None:
            spoken[party] = now
    return spoken


def last_days(session: Session, key: SeriesKey) -> Series:
    """What all parties of a series say now and what stands behind it, without the years before."""
    told = told_in(session, key)
    claims: dict[tuple[str, str], Claim] = {}
    for party in parties_of(session, key):
        line = window_of(session, key, Window(party)).line(party)
        now = latest(line)
        around = claims_around(session, key, party, now.day) if now else []
        claims |= {(party, claim.id): claim for claim in (*line, *around)}
    return replace(told, claims=tuple((party, claim) for (party, _), claim in claims.items()))


def parties_of(session: Session, key: SeriesKey) -> list[str]:
    """The parties with claims in a series: one step in an index for each."""
    names = [name for (name,) in session.execute(_PARTIES, {"series": series_text(key)})]
    return sorted(name for name in names if name is not None)


def claims_around(session: Session, key: SeriesKey, party: str, day: date) -> list[Claim]:
    """The asserted claims of a line within BEHIND of a day."""
    values = {"series": series_text(key), "party": party}
    days = {"first": (day - BEHIND).toordinal(), "last": (day + BEHIND).toordinal()}
    return [claim_of(row) for row in session.execute(_BETWEEN, values | days)]


def _read(session: Session, told: Series, window: Window, role: Role) -> dict[tuple[str, str], Claim]:
    """Reads back until it is decided who speaks for the party: nearly always once."""
    named = {(party, claim_id) for party, claim_id, _ in tellers(told, window)}
    values: dict[str, Any] = {
        "series": series_text(told.key),
        "party": window.party,
        "role": role,
        "gone": [*window.gone] or _NOBODY,
        "named": [claim_id for _, claim_id in named] or _NOBODY,
        **_days(told, window),
    }
    since: date | None = None
    while True:
        rows = session.execute(_WINDOW, values | {"since": since.toordinal() if since else None})
        found = {
            (row.party, row.id): claim_of(row)
            for row in rows
            if row.series_key == values["series"] and (row.party == window.party or (row.party, row.id) in named)
        }
        mine = [one for (party, _), one in found.items() if party == window.party and one.id not in window.gone]
        last = [one for one in mine if role_of(one) is role]
        if not last:
            return found
        newest = max(one.day for one in last)
        since = since or newest - LAST_DAYS
        lately = [one for one in mine if one.day >= since and role_of(one) in (role, Role.DENIAL)]
        if decided(lately, since, told, window) or not _older(session, values, since):
            return found
        since = further_back(since, newest)


def _days(told: Series, window: Window) -> dict[str, int]:
    spans = [(first.toordinal(), last.toordinal()) for first, last in days_told(told, window)]
    (first, last), (first_doubted, last_doubted) = (*spans, *(_NO_DAYS,) * (2 - len(spans)))
    return {"first": first, "last": last, "first_doubted": first_doubted, "last_doubted": last_doubted}


def _older(session: Session, values: dict[str, Any], since: date) -> bool:
    return session.execute(_OLDER, values | {"since": since.toordinal()}).first() is not None


def _newest(session: Session, key: SeriesKey, window: Window) -> Iterator[tuple[str, Claim]]:
    """The newest asserted claims of a series, whoever says them."""
    values = {"series": series_text(key), "gone": [*window.gone] or _NOBODY}
    for role in (Role.TOTAL, Role.LONE):
        for row in session.execute(_NEWEST, values | {"role": role}):
            yield row.party, claim_of(row)
