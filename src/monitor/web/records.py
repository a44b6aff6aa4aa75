"""Single records and lists of them for programs: claims, articles, feeds, the review queue, a change and its
deliveries."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, Self

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field, field_validator, model_validator

from monitor.alerts.messages import series_id
from monitor.alerts.neutral import safe_url
from monitor.domain.articles import ArticleStatus
from monitor.store import (
    ArticleLine,
    ClaimDetail,
    DecisionLine,
    DeliveryLine,
    FeedHealth,
    VerdictLine,
    WantedArticles,
)
from monitor.web import shapes, views
from monitor.web.api import LONGEST, MOST, PAGE, Limit, Name, answer, pair, unpaired
from monitor.web.pages import Pages
from monitor.web.waiting import From, waiting

LARGEST_ID = 2**31 - 1
Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]


class OfArticles(BaseModel):
    """What a list of articles is narrowed to; an empty field of a form asks for nothing."""

    outlet: Name = None
    title: Name = None
    status: ArticleStatus | None = None
    since: date | None = None
    until: date | None = None
    figures: bool | None = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = PAGE
    after: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _given(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError("since is after until")
        return self

    def wanted(self) -> WantedArticles:
        """The same for the store."""
        return WantedArticles(**self.model_dump(exclude={"limit", "after"}))

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for, as the parameters of an address."""
        return self.model_dump(mode="json", exclude={"limit", "after"}, exclude_none=True)


class OfFeeds(BaseModel):
    """What the list of feeds is narrowed to: a part of the name, and how they do."""

    name: Name = None
    state: Literal["well", "failed", "trouble", "dropped"] | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _given(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for, as the parameters of an address."""
        return self.model_dump(mode="json", exclude_none=True)

    def of(self, feeds: Iterable[FeedHealth]) -> list[FeedHealth]:
        """Those of the feeds that are asked for."""
        return [
            one
            for one in feeds
            if (self.name is None or self.name.casefold() in one.name.casefold())
            and (self.state is None or self.state == state_of(one))
        ]


def state_of(feed: FeedHealth) -> str:
    """How a feed does, in a word."""
    if not feed.active:
        return "dropped"
    if feed.trouble is not None:
        return "trouble"
    return "failed" if feed.failures else "well"


def add_routes(app: FastAPI, pages: Pages) -> None:
    """Adds them."""
    _add_lists(app, pages)
    _add_single(app, pages)


def _add_lists(app: FastAPI, pages: Pages) -> None:
    @app.get("/api/v1/claims", response_model=shapes.ClaimsAnswer, responses=shapes.MISREAD)
    def claims(
        request: Request, limit: Limit = PAGE, after: Annotated[str, Query(max_length=LONGEST)] = ""
    ) -> Response:
        """All claims, in an order that new ones don't disturb: by id, then by version of the article."""
        found = pages.store.every_claim(_place(after), limit)
        following = pair(found[-1][1], found[-1][0].id) if len(found) == limit else None
        made = [views.placed_view(claim, homes, counts=counts) for claim, _, counts, homes in found]
        return answer(request, {"claims": made, "after": following})

    @app.get("/api/v1/articles", response_model=shapes.ArticlesAnswer, responses=shapes.MISREAD)
    def articles(request: Request, wanted: Annotated[OfArticles, Query()]) -> Response:
        """Articles, those seen last first; `after` goes on where an answer ended."""
        found = pages.store.articles(wanted.limit, wanted.wanted(), wanted.after)
        following = found[-1].id if len(found) == wanted.limit else None
        return answer(request, {"articles": [_article(line) for line in found], "after": following})

    @app.get("/api/v1/feeds", response_model=shapes.FeedsAnswer, responses=shapes.MISREAD)
    def feeds(request: Request, wanted: Annotated[OfFeeds, Query()]) -> Response:
        """How the feeds do."""
        found = wanted.of(pages.feeds())
        return answer(request, {"feeds": [_feed(one) for one in found]})

    @app.get("/api/v1/review", response_model=shapes.ReviewAnswer, responses=shapes.MISREAD)
    def review(request: Request, limit: Limit = PAGE, after: From = 0) -> Response:
        """What waits for a person; `after` goes on where an answer ended."""
        found, end = waiting(pages), after + limit
        doubts = [
            {
                "series": one.series,
                "watch": one.line.series.watch,
                "title": one.title,
                "party": one.party,
                "figure": views.words(one.line.doubt.quantity),
                "as_of": one.day,
                "claim": one.claim,
            }
            for one in found.doubts[after:end]
        ]
        unsure = [views.claim_view(one, counts=True) | {"watches": [*names]} for one, names in found.unsure[after:end]]
        following = end if end < max(len(found.doubts), len(found.unsure)) else None
        return answer(request, {"doubts": doubts, "unsure": unsure, "after": following})


def _add_single(app: FastAPI, pages: Pages) -> None:
    @app.get("/api/v1/claims/{name}", response_model=shapes.ClaimAnswer, responses=shapes.UNKNOWN)
    def claim(request: Request, name: str) -> Response:
        """A claim: how it was read, what was decided, and what people said of it."""
        detail = pages.claim(name)
        return answer(request, _claim(detail))

    @app.get("/api/v1/changes/{name}", response_model=shapes.ChangeAnswer, responses=shapes.UNKNOWN)
    def change(request: Request, name: str) -> Response:
        """A change: why it was told, and to whom."""
        line = pages.change(name)
        decided = pages.store.decisions(line.change.claim_id)
        here = [_decision(one) for one in decided if one.decision.series == line.change.series]
        told = [_delivery(one) for one in pages.store.deliveries_of([line.change.id])]
        return answer(request, {"change": views.change_view(line), "decisions": here, "deliveries": told})

    @app.get("/api/v1/articles/{number}", response_model=shapes.ArticleAnswer, responses=shapes.UNKNOWN)
    def article(request: Request, number: Number) -> Response:
        """An article with its newest text and what was read in it. The text is as it was published, unlike all others
        here: without regard to what its signs do to a terminal."""
        line, text, claims = pages.article(number)
        made = [views.claim_view(one, counts=counts) for one, counts in claims]
        return answer(request, {"article": _article(line), "claims": made}, {"text": text})


def _place(after: str) -> tuple[str, int]:
    """The claim behind which to go on. Raises 422."""
    found = unpaired(after)
    return ("", 0) if found is None else (found[1], found[0])


def _article(line: ArticleLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "url": safe_url(line.url),
        "outlet": line.outlet,
        "title": line.title,
        "published_at": line.published_at,
        "first_seen_at": line.first_seen_at,
        "status": line.status,
        "reason": line.reason,
        "revisions": line.revisions,
        "figures": line.claims,
    }


def _feed(one: FeedHealth) -> dict[str, Any]:
    return {
        "feed": one.name,
        "active": one.active,
        "state": state_of(one),
        "trouble": one.trouble,
        "failures": one.failures,
        "error": one.error,
        "answered": one.answered_at,
        "new_item": one.new_at,
        "next_poll": one.next_poll_at,
        "items_a_day": round(one.items, 2),
        "figures_a_day": round(one.figures, 2),
    }


def _claim(detail: ClaimDetail) -> dict[str, Any]:
    figure = detail.claim.figure
    return {
        "claim": views.claim_view(detail.claim, counts=detail.active),
        "extractor": detail.extractor,
        "rules": [*figure.rules],
        "terms": dict(figure.terms),
        "decisions": [_decision(one) for one in detail.decisions],
        "verdicts": [_judgement(one) for one in detail.verdicts],
        "changes": [views.change_view(one) for one in detail.changes],
    }


def _decision(line: DecisionLine) -> dict[str, Any]:
    one = line.decision
    return {
        "series": series_id(one.series),
        "watch": one.series.watch,
        "party": views.party(one.party),
        "kind": one.kind,
        "alert": one.alert,
        "why": one.why,
        "held_against": one.held_against,
        "at": line.at,
        "undone": line.undone,
    }


def _judgement(line: VerdictLine) -> dict[str, Any]:
    return {
        "verdict": line.verdict,
        "who": line.who,
        "why": line.why,
        "at": line.at,
        "edits": dict(line.edits),
    }


def _delivery(line: DeliveryLine) -> dict[str, Any]:
    return {
        "channel": line.channel,
        "state": line.state,
        "attempts": line.attempts,
        "due": line.due_at,
        "ended": line.ended_at,
        "error": line.error,
    }
