"""Claims that were read lately, held for the windows of the next articles: news of one day is about the same lines.

What a claim says is written once, by one version of the extractor. What people say of it may change at any time, so a
claim on which somebody has ruled is read anew each time; which claims count is asked of the database as ever.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import String, bindparam, select, type_coerce
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from monitor.domain.claims import Claim
from monitor.store.base import Part, chunks
from monitor.store.convert import claim_of
from monitor.store.engine import Database
from monitor.store.tables import ArticleTable, ClaimTable, RevisionTable

_CLAIMS, _REVISIONS = ClaimTable.__table__, RevisionTable.__table__
_ARTICLES = ArticleTable.__table__
HELD = 10_000
"""So many claims are held, about a kilobyte each."""

CLAIM_COLUMNS = (
    *(column for column in _CLAIMS.c if column.key not in {"article_id", "replaced", "rejected", "past_reader"}),
    _ARTICLES.c.url,
    *(_REVISIONS.c[name] for name in ("outlet", "title", "number", "published_at", "fetched_at", "credit")),
)
"""What a claim is made of: the texts of its article are left out."""

NAME_COLUMNS = (
    _CLAIMS.c.id,
    _CLAIMS.c.revision_id,
    _REVISIONS.c.extractor,
    type_coerce(_REVISIONS.c.fetched_at, String).label("fetched"),  # as the database has it: it is only compared
    (_CLAIMS.c.accepted.is_(True) | _CLAIMS.c.edits.is_not(None)).label("judged"),
)
"""What a claim is held under, at the end of a row. The last says that somebody has ruled on it."""
_NAMES = len(NAME_COLUMNS)

CLAIM_ROWS = select(
    *CLAIM_COLUMNS, *(column for column in NAME_COLUMNS if column.key not in {"id", "revision_id"})
).join(_REVISIONS, _CLAIMS.c.revision_id == _REVISIONS.c.id)
CLAIM_ROWS = CLAIM_ROWS.join(_ARTICLES, _CLAIMS.c.article_id == _ARTICLES.c.id)
_BY_ID = CLAIM_ROWS.where(_CLAIMS.c.id.in_(bindparam("ids", expanding=True)))


class HeldClaims:
    """What one store holds. Safe for threads: at worst a claim is read twice."""

    def __init__(self) -> None:
        self._claims: dict[tuple[Any, ...], Claim] = {}

    def made(self, row: "Row[Any]") -> Claim:
        """The claim of a row of `CLAIM_ROWS`, held from now on."""
        claim = claim_of(row)
        if not row.judged:
            if len(self._claims) >= HELD:
                self._claims = {}
            self._claims[_name(row)] = claim
        return claim

    def by_id(self, session: Session, ids: Sequence[str]) -> dict[str, Claim]:
        """The claims of these ids that are stored."""
        return {row.id: self.made(row) for row in _read(session, ids)}

    def claims(self, session: Session, rows: Sequence["Row[Any]"]) -> list[Claim]:
        """The claims of rows with `NAME_COLUMNS`, in their order; those that aren't held are read, all at once."""
        names = [tuple(row[-_NAMES:]) for row in rows]
        found = {name: None if name[-1] else self._claims.get(name) for name in names}
        # A person may rule on a claim between the two questions: it is the same claim, read as it is now.
        wanted = {name[:-1]: name for name, claim in found.items() if claim is None}
        for row in _read(session, sorted({name[0] for name in wanted.values()})):
            if (name := wanted.get(_name(row)[:-1])) is not None:
                found[name] = self.made(row)
        return [claim for name in names if (claim := found[name]) is not None]


class HoldingPart(Part):
    """A part of the store that reads claims."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._held = HeldClaims()


def _read(session: Session, ids: Sequence[str]) -> Iterable["Row[Any]"]:
    for chunk in chunks(ids):
        yield from session.execute(_BY_ID, {"ids": chunk})


def _name(row: "Row[Any]") -> tuple[Any, ...]:
    return row.id, row.revision_id, row.extractor, row.fetched, row.judged
