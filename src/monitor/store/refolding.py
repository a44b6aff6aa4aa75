"""History of series as it is stored, for folding it again, and what is written when it reads differently."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, select, tuple_
from sqlalchemy.orm import Session, defer

from monitor.domain.changes import Comparison, Decision
from monitor.domain.claims import Claim, Measure
from monitor.domain.compare import LineName
from monitor.domain.quantities import Quantity
from monitor.domain.refold import DecisionName, History, Rewriting, Told, Turn
from monitor.domain.series import Anchor, SeriesKey
from monitor.store.base import chunks
from monitor.store.convert import series_text, to_anchor, to_claim, to_series_key
from monitor.store.muting import Unheard, note_muted, unheard_in
from monitor.store.tables import (
    AnchorTable,
    ArticleTable,
    ClaimTable,
    DecisionTable,
    DoubtTable,
    FormerDecisionTable,
    RevisionTable,
    SeriesTable,
)

_FORMER = FormerDecisionTable.__table__.c
_COPIED = tuple(one.key for one in DecisionTable.__table__.columns if one.key in _FORMER and one.key != "id")


class Refolding:
    """What `Comparing` does for histories."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def families(self, keys: Iterable[SeriesKey]) -> list[SeriesKey]:
        """These series and those of the same subject and place that count something else: a breakdown is told by the
        figures beside it. Only those that are stored, in the order of their texts."""
        family = {replaced for key in keys for replaced in _measures(key)}
        texts = sorted(series_text(key) for key in family)
        return [
            to_series_key(row)
            for chunk in chunks(texts)
            for row in self._session.scalars(
                select(SeriesTable).where(SeriesTable.key.in_(chunk)).order_by(SeriesTable.key)
            )
        ]

    def history(self, keys: Sequence[SeriesKey], articles: Collection[int] = ()) -> History:
        """All that was compared in these series, in the order in which it was: the claims that count, and every
        revision of their articles, and of `articles` besides."""
        placed: dict[tuple[str, str], SeriesKey] = {}
        found: dict[tuple[int, str], Claim] = {}
        touched = set(articles)
        for key in keys:
            for row in self._session.execute(_placed(key)):
                claim, revision, article = row
                placed[key.watch, claim.id] = key
                found[revision.id, claim.id] = found.get((revision.id, claim.id)) or to_claim(claim, revision, article)
                touched.add(article.id)
        by_revision: dict[int, list[Claim]] = {}
        for (revision_id, _), one in found.items():
            by_revision.setdefault(revision_id, []).append(one)
        return History(tuple(self._turns(sorted(touched), by_revision)), placed)

    def told(self, keys: Collection[SeriesKey]) -> Told:
        """What readers were told of these series: where a mute kept the last from them, what they have from before."""
        anchors: dict[LineName, Anchor] = {}
        doubts: dict[LineName, Anchor] = {}
        for key in keys:
            text = series_text(key)
            for row in self._session.scalars(select(AnchorTable).where(AnchorTable.series_key == text)):
                anchors[key, row.party] = to_anchor(row)
            for doubt in self._session.scalars(select(DoubtTable).where(DoubtTable.series_key == text)):
                doubts[key, doubt.party] = to_anchor(doubt)
        for line, one in self.unheard(keys).items():
            if one.had is not None and (known := doubts.pop(line, None) or anchors.get(line)):
                anchors[line] = replace(known, quantity=one.had)
        return Told(anchors, doubts)

    def unheard(self, keys: Collection[SeriesKey]) -> dict[LineName, Unheard]:
        """The lines of these series whose last change nobody was told for a mute."""
        return {(key, party): one for key in keys for party, one in unheard_in(self._session, key).items()}

    def muted_last(self, comparison: Comparison) -> dict[LineName, Quantity]:
        """The figures of the lines that a comparison changes, where a mute kept the last from readers."""
        lines = self.unheard({change.series for change in comparison.changes})
        return {line: one.last for line, one in lines.items() if one.last is not None}

    def note_muted(self, muted: Mapping[str, str]) -> None:
        """Notes by which mute, in words, nobody was told of these changes, by their ids."""
        note_muted(self._session, muted)

    def undo(self, names: Collection[DecisionName], reason: str, now: datetime) -> None:
        """Moves decisions that no longer hold to where they are kept."""
        lines = [(claim, revision, series_text(key), party) for revision, claim, key, party in names]
        columns = tuple_(
            DecisionTable.claim_id, DecisionTable.revision_id, DecisionTable.series_key, DecisionTable.party
        )
        for chunk in chunks(lines):
            rows = list(
                self._session.scalars(select(DecisionTable).where(columns.in_(chunk)).order_by(DecisionTable.id))
            )
            keep_former(self._session, rows, reason, now)
        self._session.expire_all()

    def _turns(self, articles: Sequence[int], claims: Mapping[int, list[Claim]]) -> list[Turn]:
        found: list[Turn] = []
        for chunk in chunks(articles):
            query = (
                select(RevisionTable.turn, RevisionTable.id, ArticleTable.url, RevisionTable.baseline)
                .join(ArticleTable, RevisionTable.article_id == ArticleTable.id)
                .where(RevisionTable.article_id.in_(chunk), RevisionTable.turn.is_not(None))
            )
            for turn, revision, url, baseline in self._session.execute(query):
                own = sorted(claims.get(revision, ()), key=lambda one: (one.figure.start, one.figure.end, one.id))
                found.append(Turn(revision, url, tuple(own), baseline, turn or 0))
        return sorted(found, key=lambda one: one.number)


def keep_former(session: Session, rows: Sequence[DecisionTable], reason: str, now: datetime) -> None:
    """Moves decisions that no longer hold to where they are kept."""
    if not rows:
        return
    kept = [{name: getattr(row, name) for name in _COPIED} | {"undone_at": now, "reason": reason} for row in rows]
    session.execute(insert(FormerDecisionTable), kept)
    gone = delete(DecisionTable).where(DecisionTable.id.in_([row.id for row in rows]))
    session.execute(gone.execution_options(synchronize_session=False))


def by_revision(rewriting: Rewriting) -> dict[int, list[Decision]]:
    """The decisions to be written, by the revision that they belong to."""
    found: dict[int, list[Decision]] = {}
    for (revision, *_), decision in rewriting.decisions.items():
        found.setdefault(revision, []).append(decision)
    return found


def _measures(key: SeriesKey) -> list[SeriesKey]:
    return [replace(key, measure=measure) for measure in Measure]


def _placed(key: SeriesKey) -> Any:
    same = and_(ClaimTable.id == DecisionTable.claim_id, ClaimTable.revision_id == DecisionTable.revision_id)
    return (
        select(ClaimTable, RevisionTable, ArticleTable)
        .join(DecisionTable, same)
        .join(RevisionTable, ClaimTable.revision_id == RevisionTable.id)
        .join(ArticleTable, ClaimTable.article_id == ArticleTable.id)
        .where(DecisionTable.series_key == series_text(key), ClaimTable.rejected.is_(False))
        .where(RevisionTable.turn.is_not(None), ClaimTable.past_reader.is_(None))
        .options(defer(RevisionTable.text), defer(ArticleTable.entry_text))
    )
