"""Stored news for measurements: what comparisons would have left in the database, written in bulk.

The rows go to the driver as plain tuples, on PostgreSQL by COPY. Nothing is compared, so a million claims take minutes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from newsflow import watches
from sqlalchemy import Dialect, Table, text
from sqlalchemy.orm import Session

from monitor.domain.articles import TextSource
from monitor.domain.changes import Arrival, Kind
from monitor.domain.claims import Claim
from monitor.domain.series import Anchor, SeriesKey, anchor_of
from monitor.domain.verdicts import Standing
from monitor.domain.watches import series_key
from monitor.domain.windows import role_of
from monitor.store import Store
from monitor.store.base import put
from monitor.store.convert import claim_values, series_text, series_values, sha256
from monitor.store.tables import AnchorTable, ArticleTable, ClaimTable, DecisionTable, RevisionTable, SeriesTable
from monitor.store.types import CleanJson

_REMEMBERED = 2_000
"""Values of one column whose stored form is kept: words, names and days come again and again."""


class Filler:
    """Writes arrivals as stored rows, many at a time: all but the text of their articles."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._watch = watches()[0]
        self._number = 0
        self._place = RevisionTable()
        self._known: dict[SeriesKey, str] = {}
        self._anchors: dict[tuple[SeriesKey, str], Anchor] = {}
        self._rows: dict[Any, list[dict[str, Any]]] = {}

    def put(self, some: Sequence[Arrival], *, compared: bool) -> list[int]:
        """Stores arrivals of articles that are new, as compared or as waiting to be; returns the ids of their
        revisions."""
        self._rows = {table: [] for table in (ArticleTable, RevisionTable, SeriesTable, ClaimTable, DecisionTable)}
        ids = [self._arrival(arrival, compared=compared) for arrival in some]
        with self._store._database.write() as session:
            for table, rows in self._rows.items():
                if table is SeriesTable:
                    put(session, table, rows, ())  # a comparison may have opened some of them
                elif rows:
                    write_rows(session, table.__table__, rows)
        return ids

    def anchor(self) -> None:
        """Stores what readers were told: the last figure of each line."""
        rows = [
            {
                "series_key": series_text(key),
                "party": party,
                "quantity": told.quantity,
                "claim_id": told.claim_id,
                "as_of_at": told.as_of.at,
                "precision": told.as_of.precision,
                "moved_at": told.as_of.at,
            }
            for (key, party), told in self._anchors.items()
        ]
        self._anchors.clear()
        with self._store._database.write() as session:
            put(session, AnchorTable, rows, ("series_key", "party"))
            session.execute(text("ANALYZE"))

    def _arrival(self, arrival: Arrival, *, compared: bool) -> int:
        origin, at = arrival.claims[0].origin, arrival.claims[0].origin.fetched_at
        self._number += 1
        number = self._number
        self._rows[ArticleTable].append(_article(number, arrival.claims[0]))
        revision = {
            "id": number,
            "article_id": number,
            "number": origin.revision,
            "text": "",
            "text_sha256": sha256(str(number)),
            "source": TextSource.FEED,
            "outlet": origin.outlet,
            "title": origin.title,
            "published_at": origin.published_at,
            "fetched_at": at,
            "baseline": False,
            "extractor": "bench",
            "language": "en",
            "compared_at": at if compared else None,
            "turn": number if compared else None,
        }
        self._rows[RevisionTable].append(revision)
        self._place.id = self._place.article_id = number
        self._rows[ClaimTable].extend(claim_values(claim, self._place, _AS_READ) for claim in arrival.claims)
        if compared:
            for claim in arrival.claims:
                self._decide(claim, number)
        return number

    def _decide(self, claim: Claim, revision: int) -> None:
        key = series_key(claim, self._watch)
        if key is None:
            return
        name = self._known.get(key)
        if name is None:
            name = self._known[key] = series_text(key)
            self._rows[SeriesTable].append(series_values(key))
        for party in claim.figure.parties:
            if claim.asserted:
                self._anchors[key, party] = anchor_of(party, claim)
            row = {
                "claim_id": claim.id,
                "revision_id": revision,
                "series_key": name,
                "party": party,
                "kind": Kind.REPEATED,
                "alert": False,
                "why": "stored for a measurement",
                "role": role_of(claim),
                "day": claim.day.toordinal(),
                "decided_at": claim.origin.fetched_at,
            }
            self._rows[DecisionTable].append(row)


_AS_READ = Standing()


def _article(number: int, claim: Claim) -> dict[str, Any]:
    origin = claim.origin
    return {
        "id": number,
        "url": origin.url,
        "url_sha256": sha256(origin.url),
        "feed": "bench",
        "key": origin.url,
        "outlet": origin.outlet,
        "title": origin.title,
        "published_at": origin.published_at,
        "entry_text": "",
        "full_text": True,
        "baseline": False,
        "pending": False,
        "pending_since": origin.fetched_at,
        "attempts": 0,
        "revisions": 1,
        "reason": "",
        "first_seen_at": origin.fetched_at,
    }


def write_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows of the same columns; columns that they leave out get their defaults."""
    connection = session.connection()
    dialect = connection.dialect
    quote = dialect.identifier_preparer.quote
    columns = [column for column in table.columns if column.key in rows[0] or _default(column) is not None]
    names = f"{quote(table.name)} ({', '.join(quote(column.name) for column in columns)})"
    plain = _plain(columns, dialect, rows)
    driver = connection.connection.driver_connection
    if dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {names} VALUES ({marks})", plain)  # type: ignore[union-attr]
        return
    with driver.cursor().copy(f"COPY {names} FROM STDIN") as copy:  # type: ignore[union-attr]
        for row in plain:
            copy.write_row(row)


def _plain(columns: Sequence[Any], dialect: Dialect, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """The rows as the driver takes them."""
    bound: list[Iterable[Any]] = []
    for column in columns:
        as_stored = _as_stored(column, dialect)
        if column.key in rows[0]:
            key = column.key
            bound.append([None if (value := row[key]) is None else as_stored(value) for row in rows])
        else:
            bound.append([as_stored(_default(column))] * len(rows))
    return zip(*bound, strict=True)


def _as_stored(column: Any, dialect: Dialect) -> Callable[[Any], Any]:
    """How a value of this column goes to the driver."""
    kind = column.type
    return _remembering(type(kind), getattr(kind, "words", None), dialect) or (lambda value: value)


@lru_cache(maxsize=100)
def _remembering(kind: Any, words: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes values of a type ready for the driver, the same value only once; None where nothing is to be done."""
    made = kind(words) if words is not None else kind()
    process = made.dialect_impl(dialect).bind_processor(dialect)
    if process is None or not issubclass(kind, CleanJson):
        return process and lru_cache(_REMEMBERED)(process)
    known: dict[str, Any] = {}

    def as_json(value: Any) -> Any:
        name = repr(value)
        if name not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            known[name] = process(value)
        return known[name]

    return as_json


def _default(column: Any) -> Any:
    return column.default.arg if column.default is not None and column.default.is_scalar else None
