"""Claims as the extractor read them, and a person's verdicts on them."""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from monitor.domain.articles import ArticleStatus
from monitor.domain.claims import Claim
from monitor.errors import StoreError
from monitor.store.base import Part, insert_new
from monitor.store.convert import claim_values
from monitor.store.judging import judged_claims, standing_of, verdicts_of
from monitor.store.rows import VerdictLine
from monitor.store.tables import ArticleTable, ClaimTable, RevisionTable

LARGEST = 2**63 - 1
"""The largest number that a column takes. No count of people comes near; a figure above it is left out."""
# Articles of one poll came at once: among them the older news goes first, or the newer would make it late. They came
# when they were announced; when each page was fetched is chance, and another one in a run that was cut off.
_ARRIVAL = (
    ArticleTable.pending_since,
    RevisionTable.published_at.asc().nulls_first(),
    ArticleTable.id,
    RevisionTable.number,
)


class ClaimPart(Part):
    """Claims and verdicts."""

    def save_claims(
        self,
        revision_id: int,
        claims: Sequence[Claim],
        *,
        version: str,
        language: str,
        status: ArticleStatus,
        credit: str | None = None,
        reason: str = "",
        run: int | None = None,
    ) -> None:
        """Stores what extractor `version` read in a revision, perhaps nothing, whom it credits, and the status of its
        article.

        A revision is read once: a second call for it writes nothing.
        """
        with self._database.write() as session:
            revision, article = _locked(session, revision_id)
            if revision.extractor is not None:
                return
            _insert(session, claims, revision)
            revision.extractor, revision.language, revision.credit = version, language, credit
            article.status, article.reason, article.run_id = status, reason, run

    def uncompared(self, limit: int = 200) -> list[int]:
        """The ids of revisions that have been read and not compared, in order of arrival, then of publication.

        None behind one that isn't read yet: compared first, it would make the older news late. Whoever reads that one
        compares those behind it.
        """
        query = (
            select(RevisionTable.id, RevisionTable.extractor)
            .join(ArticleTable, RevisionTable.article_id == ArticleTable.id)
            .where(RevisionTable.compared_at.is_(None))
        )
        with self._database.read() as session:
            rows = session.execute(query.order_by(*_ARRIVAL).limit(limit))
            return [row.id for row in takewhile(lambda row: row.extractor is not None, rows)]

    def quarantine(self, revision_id: int, reason: str, now: datetime, *, run: int | None = None) -> None:
        """Sets a revision aside that can't be compared: its article shows the reason, and its claims never count.

        The article's earlier claims stay active. A revision that has been compared is left as it is.
        """
        with self._database.write() as session:
            revision, article = _locked(session, revision_id)
            if revision.compared_at is not None:
                return
            # Else the next revision would take these claims for what readers were told, and say the same in silence.
            session.execute(update(ClaimTable).where(ClaimTable.revision_id == revision_id).values(replaced=True))
            revision.compared_at = now
            article.status, article.reason, article.run_id = ArticleStatus.QUARANTINED, reason, run

    def verdicts(self, claim_id: str) -> list[VerdictLine]:
        """All verdicts that hold for a claim, given on it or on the same one of another revision, oldest first."""
        with self._database.read() as session:
            return verdicts_of(session, claim_id)


def storable(claims: Sequence[Claim]) -> list[Claim]:
    """Each claim once, by id, and none with a number that no column takes."""
    once = {claim.id: claim for claim in reversed(claims) if _fits(claim)}
    return [once[name] for name in sorted(once)]


def _locked(session: Session, revision_id: int) -> tuple[RevisionTable, ArticleTable]:
    """A revision as it stands once its article is locked. StoreError for a revision that isn't there."""
    revision = session.get(RevisionTable, revision_id)
    if revision is None:
        raise StoreError(f"no revision {revision_id}")
    # The article is locked first, as everywhere; whoever waited here looks again.
    article = session.get_one(ArticleTable, revision.article_id, with_for_update=True)
    session.refresh(revision)
    return revision, article


def _insert(session: Session, claims: Sequence[Claim], revision: RevisionTable) -> None:
    judged = judged_claims(session, revision.article_id)
    rows = [claim_values(claim, revision, standing_of(claim, judged)) for claim in storable(claims)]
    insert_new(session, ClaimTable, rows)


def _fits(claim: Claim) -> bool:
    figure = claim.figure
    numbers = (figure.quantity.low, figure.quantity.high)
    return max(number or 0 for number in numbers) <= LARGEST and (figure.window_days or 0) < 2**31
