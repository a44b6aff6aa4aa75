"""Windows of series, read through indexes: as many rows for a line of a million claims as for one of ten."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, ScalarSelect, Select, and_, bindparam, func, literal, or_, select, union, union_all
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from monitor.domain.changes import Kind
from monitor.domain.claims import AsOf, Claim, Status
from monitor.domain.quantities import Quantity
from monitor.domain.series import Anchor, Series, SeriesKey, latest
from monitor.domain.steps import MOST_STEPS, MOVES, Said
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
    wants_newest,
)
from monitor.store.base import chunks
from monitor.store.convert import series_text
from monitor.store.held import NAME_COLUMNS, HeldClaims
from monitor.store.tables import AnchorTable, ClaimTable, DecisionTable, DoubtTable, RevisionTable

ACTIVE = (ClaimTable.replaced.is_(False), ClaimTable.rejected.is_(False))

# Plain tables: asked through the mapped classes, each question would cost the mapper's work as well.
_DECISIONS, _CLAIMS = DecisionTable.__table__.c, ClaimTable.__table__.c
_REVISIONS = RevisionTable.__table__.c

BEHIND = timedelta(days=30)
"""What stands behind a figure is counted among the claims of so many days before and after it."""

LOOKED_THROUGH = 400
"""The last steps of a line are looked for among so many of its newest claims: most say the same again."""

_NOBODY = ("",)
"""For lists of ids that are empty: no id is."""

_NO_DAYS = (1, 0)
TOLD_COLUMNS = ("party", "quantity", "claim_id", "as_of_at", "precision")


def lines(*conditions: Any, also: Sequence[Any] = (), of: Any = _DECISIONS) -> "Select[Any]":
    """The claims in lines of series for which these conditions hold, as they count now; `also` are columns more, `of`
    the decisions, where only some are looked at."""
    return (
        select(of.series_key, of.party, *also, *NAME_COLUMNS)
        .join(ClaimTable.__table__, and_(_CLAIMS.id == of.claim_id, _CLAIMS.revision_id == of.revision_id))
        .join(RevisionTable.__table__, _CLAIMS.revision_id == _REVISIONS.id)
        .where(_CLAIMS.replaced.is_(False), _CLAIMS.rejected.is_(False), *conditions)
    )


def _newest_of(wanted: Callable[[Any], Any], *, party: bool = False) -> "ScalarSelect[Any]":
    """What is wanted of the newest decision whose claim counts: of a series, or of a party's line in it.

    The claim is asked for by a question of its own. PostgreSQL takes the two columns that a join would go by for
    independent, reckons with one row of a whole line, and so sorts the line rather than go back through its index.
    """
    last, stated = DecisionTable.__table__.alias().c, ClaimTable.__table__.alias().c
    passed = select(or_(stated.replaced, stated.rejected)).where(
        stated.id == last.claim_id, stated.revision_id == last.revision_id
    )
    query = select(wanted(last)).where(last.series_key == bindparam("series"), last.role == bindparam("role"))
    if party:
        query = query.where(last.party == bindparam("party"))
    query = query.where(last.claim_id.not_in(bindparam("gone", expanding=True)), passed.scalar_subquery().is_(False))
    return query.order_by(last.day.desc()).limit(1).scalar_subquery()


def _window() -> "Select[Any]":
    """One statement for all that a window holds but the newest claim of the other parties."""
    line = (_DECISIONS.series_key == bindparam("series"), _DECISIONS.party == bindparam("party"))
    newest = _newest_of(lambda one: one.day - LAST_DAYS.days, party=True)
    since = func.coalesce(bindparam("since", type_=Integer), newest)
    some = select(*(_DECISIONS[name] for name in ("id", "series_key", "party", "claim_id", "revision_id")))
    # No day is after the last: PostgreSQL reckons with a third of the line after a day that it doesn't know, with
    # hardly any of it between two, and reads whole tables for many rows.
    lately = (_DECISIONS.day >= since, _DECISIONS.day <= date.max.toordinal())
    speaking = some.where(*line, _DECISIONS.role == bindparam("role"), *lately)
    denials = some.where(*line, _DECISIONS.role == Role.DENIAL, *lately)
    denials = denials.order_by(_DECISIONS.day.desc()).limit(DENIALS)
    # In whichever series: asked for both, a planner may take the longer way.
    named = some.where(_DECISIONS.claim_id.in_(bindparam("named", expanding=True)))
    parts = [speaking, select(denials.subquery()), named]
    for first, stop in (("first", "last"), ("first_doubted", "last_doubted")):
        days = _DECISIONS.day.between(bindparam(first), bindparam(stop))
        parts.append(some.where(*line, _DECISIONS.role.in_((Role.TOTAL, Role.LONE)), days))
    found = union(*parts).subquery().c
    return lines(of=found).order_by(found.id)


_WINDOW = _window()
_NEWEST = lines(_DECISIONS.id == _newest_of(lambda one: one.id))
_HEARD = or_(_DECISIONS.role.is_not(None), _CLAIMS.status != Status.ASSERTED)
"""Not a copy of what was corrected, nor a part of its text's toll: such a claim says nothing of what its party says."""
_WHOLE = lines(_DECISIONS.series_key == bindparam("series"), _HEARD).order_by(_DECISIONS.id)
_BETWEEN = lines(
    _DECISIONS.series_key == bindparam("series"),
    _DECISIONS.party == bindparam("party"),
    _DECISIONS.role.in_((Role.TOTAL, Role.LONE)),
    _DECISIONS.day.between(bindparam("first"), bindparam("last")),
)
_CORRECTED = select(_DECISIONS.before).where(
    _DECISIONS.series_key == bindparam("series"),
    _DECISIONS.party == bindparam("party"),
    _DECISIONS.role.in_((Role.TOTAL, Role.LONE)),
    _DECISIONS.day.between(bindparam("first"), bindparam("last")),
    _DECISIONS.kind == Kind.CORRECTED,
    _DECISIONS.before.is_not(None),
)
_LATELY = (
    select(_DECISIONS.id)
    .where(
        _DECISIONS.series_key == bindparam("series"),
        _DECISIONS.party == bindparam("party"),
        _DECISIONS.role == Role.TOTAL,
    )
    .order_by(_DECISIONS.day.desc())
    .limit(LOOKED_THROUGH)
)
_STEPS = (
    lines(_DECISIONS.id.in_(_LATELY), _DECISIONS.kind.in_(MOVES), also=(_DECISIONS.kind, _DECISIONS.before))
    .order_by(_DECISIONS.day.desc(), _DECISIONS.id.desc())
    .limit(3 * MOST_STEPS)
)
_OLDER = (
    select(_DECISIONS.id)
    .where(
        _DECISIONS.series_key == bindparam("series"),
        _DECISIONS.party == bindparam("party"),
        _DECISIONS.role == bindparam("role"),
        _DECISIONS.day < bindparam("since"),
    )
    .limit(1)
)


def _parties() -> "Select[Any]":
    """SELECT DISTINCT would go through the whole series."""
    first = select(func.min(_DECISIONS.party).label("party")).where(_DECISIONS.series_key == bindparam("series"))
    party = first.cte("party", recursive=True)
    following = (
        select(func.min(_DECISIONS.party))
        .where(_DECISIONS.series_key == bindparam("series"), _DECISIONS.party > party.c.party)
        .scalar_subquery()
    )
    return select(party.union_all(select(following).where(party.c.party.is_not(None))).c.party)


_PARTIES = _parties()
_WHOLES = lines(_DECISIONS.series_key.in_(bindparam("keys", expanding=True)), _HEARD).order_by(_DECISIONS.id)
_TOLD_IN_ALL = union_all(
    *(
        select(
            table.__table__.c.series_key, literal(table is DoubtTable), *(table.__table__.c[n] for n in TOLD_COLUMNS)
        ).where(table.__table__.c.series_key.in_(bindparam("keys", expanding=True)))
        for table in (AnchorTable, DoubtTable)
    )
)
_TOLD = union_all(
    *(
        select(literal(table is DoubtTable), *(table.__table__.c[name] for name in TOLD_COLUMNS)).where(
            table.__table__.c.series_key == bindparam("series")
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


def window_of(session: Session, key: SeriesKey, window: Window, held: HeldClaims, told: Series | None = None) -> Series:
    """The part of a series that a comparison wants. `told` is what readers were told of it, where that is known."""
    told = told or told_in(session, key)
    if window.party is None:
        return told
    found = _read(session, told, window, Role.TOTAL, held)
    if not any(speaker == window.party and role_of(claim) is Role.TOTAL for (speaker, _), claim in found.items()):
        found |= _read(session, told, window, Role.LONE, held)
    if wants_newest(told, window):
        for party, claim in _newest(session, key, window, held):
            found.setdefault((party, claim.id), claim)
    return replace(told, claims=tuple((party, claim) for (party, _), claim in found.items()))


def stored_series(session: Session, key: SeriesKey, held: HeldClaims) -> Series:
    """A whole series, in the order in which its claims were compared: as much work as it is long."""
    told = told_in(session, key)
    found = _found(session, _WHOLE, {"series": series_text(key)}, held)
    return replace(told, claims=tuple((row.party, claim) for row, claim in found))


def stored_together(session: Session, keys: Sequence[SeriesKey], held: HeldClaims) -> dict[SeriesKey, Series]:
    """Whole series, as `stored_series` gives each, all read at once: those of some days' incidents."""
    found: dict[SeriesKey, Series] = {}
    for some in chunks(keys):
        texts = {series_text(key): key for key in some}
        told: dict[str, tuple[dict[str, Anchor], dict[str, Anchor]]] = {text: ({}, {}) for text in texts}
        claims: dict[str, list[tuple[str, Claim]]] = {text: [] for text in texts}
        for text, doubtful, party, quantity, claim_id, at, precision in session.execute(
            _TOLD_IN_ALL, {"keys": [*texts]}
        ):
            told[text][doubtful][party] = Anchor(party, quantity, claim_id, AsOf(at, precision))
        for row, claim in _found(session, _WHOLES, {"keys": [*texts]}, held):
            claims[row.series_key].append((row.party, claim))
        found |= {key: Series(key, tuple(claims[text]), *told[text]) for text, key in texts.items()}
    return found


def corrected_in(session: Session, key: SeriesKey, party: str, first: date, last: date) -> list[Quantity]:
    """What articles gave for a party until they were corrected, to what is as of these days."""
    days = {"first": first.toordinal(), "last": last.toordinal()}
    rows = session.execute(_CORRECTED, {"series": series_text(key), "party": party, **days})
    return [quantity for (quantity,) in rows]


def speakers(session: Session, key: SeriesKey, held: HeldClaims, but: str | None = None) -> dict[str, Claim]:
    """The claim that speaks for each party in a series now, by party; nobody asks for that of the party `but`."""
    spoken: dict[str, Claim] = {}
    told: Series | None = None
    for party in parties_of(session, key):
        if party == but:
            continue
        told = told or told_in(session, key)
        now = latest(window_of(session, key, Window(party), held, told).line(party))
        if now is not None:
            spoken[party] = now
    return spoken


def last_days(session: Session, key: SeriesKey, held: HeldClaims) -> Series:
    """What all parties of a series say now and what stands behind it, without the years before."""
    told = told_in(session, key)
    claims: dict[tuple[str, str], Claim] = {}
    for party in parties_of(session, key):
        line = window_of(session, key, Window(party), held, told).line(party)
        now = latest(line)
        around = claims_around(session, key, party, now.day, held) if now else []
        claims |= {(party, claim.id): claim for claim in (*line, *around)}
    return replace(told, claims=tuple((party, claim) for (party, _), claim in claims.items()))


def parties_of(session: Session, key: SeriesKey) -> list[str]:
    """The parties with claims in a series: one step in an index for each."""
    names = [name for (name,) in session.execute(_PARTIES, {"series": series_text(key)})]
    return sorted(name for name in names if name is not None)


def claims_around(session: Session, key: SeriesKey, party: str, day: date, held: HeldClaims) -> list[Claim]:
    """The asserted claims of a line within BEHIND of a day."""
    values = {"series": series_text(key), "party": party}
    days = {"first": (day - BEHIND).toordinal(), "last": (day + BEHIND).toordinal()}
    return [claim for _, claim in _found(session, _BETWEEN, values | days, held)]


def last_moves(session: Session, key: SeriesKey, party: str, held: HeldClaims) -> list[Said]:
    """What the newest claims of a line did to it, those that moved it alone, oldest first."""
    found = _found(session, _STEPS, {"series": series_text(key), "party": party}, held)
    return [Said(claim.day, row.kind, row.before, claim.figure.quantity) for row, claim in reversed(found)]


def _read(session: Session, told: Series, window: Window, role: Role, held: HeldClaims) -> dict[tuple[str, str], Claim]:
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
        rows = _found(session, _WINDOW, values | {"since": since.toordinal() if since else None}, held)
        found = {
            (row.party, row.id): claim
            for row, claim in rows
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


def _newest(session: Session, key: SeriesKey, window: Window, held: HeldClaims) -> Iterator[tuple[str, Claim]]:
    """The newest asserted claims of a series, whoever says them."""
    values = {"series": series_text(key), "gone": [*window.gone] or _NOBODY}
    for role in (Role.TOTAL, Role.LONE):
        for row, claim in _found(session, _NEWEST, values | {"role": role}, held):
            yield row.party, claim


def _found(
    session: Session, question: "Select[Any]", values: dict[str, Any], held: HeldClaims
) -> "list[tuple[Row[Any], Claim]]":
    """The lines that answer a question, each with its claim."""
    rows = session.execute(question, values).all()
    return list(zip(rows, held.claims(session, rows), strict=True))
