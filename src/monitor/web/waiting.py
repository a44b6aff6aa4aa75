"""The review queue: what waits for a person before anybody is told, or before it is believed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import FastAPI, Query
from fastapi.responses import HTMLResponse

from monitor.alerts.messages import series_id
from monitor.alerts.words import series_name
from monitor.domain.claims import Claim
from monitor.domain.watches import to_review
from monitor.store import DoubtLine
from monitor.web import views
from monitor.web.pages import Pages

LOOKED_THROUGH = 1_000
"""So many of the newest claims with little confidence are held against the watches."""
ON_A_PAGE = 25

From = Annotated[int, Query(ge=0)]


@dataclass(frozen=True, slots=True)
class Doubted:
    """A figure that readers were asked to check, and its series by its short name."""

    series: str
    line: DoubtLine

    @property
    def title(self) -> str:
        """The series as people know it."""
        return series_name(self.line.series, self.line.subject)

    @property
    def party(self) -> str:
        """Who says so."""
        return views.party(self.line.doubt.party)

    @property
    def claim(self) -> str:
        """The claim that is in doubt."""
        return self.line.doubt.claim_id

    @property
    def day(self) -> date:
        """The day that it speaks of."""
        return self.line.doubt.as_of.day


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits: what readers were asked to check, and what some watch would take were it surer (with the names
    of those watches), the newest first."""

    doubts: Sequence[Doubted]
    unsure: Sequence[tuple[Claim, tuple[str, ...]]]


def waiting(pages: Pages) -> Waiting:
    """What waits now."""
    found: Waiting = pages.kept("waiting", lambda: _waiting(pages))
    return found


def _waiting(pages: Pages) -> Waiting:
    doubts = [Doubted(series_id(line.series), line) for line in pages.store.doubted()]
    threshold = max((one.min_confidence for one in pages.settings.watch_settings), default=0.0)
    claims = pages.store.unsure(threshold, LOOKED_THROUGH)
    watches = pages.settings.watches(pages.settings.load_lexicon()) if claims else ()
    named = ((claim, tuple(watch.name for watch in watches if to_review(claim, watch))) for claim in claims)
    return Waiting(doubts, [(claim, names) for claim, names in named if names])


def add_routes(app: FastAPI, pages: Pages) -> None:
    """Adds the queue's page."""

    @app.get("/review", include_in_schema=False)
    def review(start: Annotated[From, Query(alias="from")] = 0) -> HTMLResponse:
        found = waiting(pages)
        unsure = found.unsure[start : start + ON_A_PAGE]
        doubts = found.doubts[start : start + ON_A_PAGE]
        more = start + ON_A_PAGE < max(len(found.unsure), len(found.doubts))
        claims = [*(one.claim for one in doubts), *(claim.id for claim, _ in unsure)]
        return pages.page(
            "review",
            "To review",
            doubts=doubts,
            unsure=unsure,
            count=(len(found.doubts), len(found.unsure)),
            following=start + ON_A_PAGE if more else None,
            states=pages.store.claim_states(claims),
            words=views.words,
        )
