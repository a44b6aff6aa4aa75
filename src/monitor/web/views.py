"""What the pages show, as data: from rows of the store to words and links. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any
from zoneinfo import ZoneInfo

from monitor.alerts.courses import on
from monitor.alerts.difference import Piece as Changed
from monitor.alerts.difference import difference
from monitor.alerts.messages import series_id
from monitor.alerts.neutral import clean, safe_url
from monitor.alerts.words import kind_words, series_name, told_or_muted
from monitor.domain.changes import Kind
from monitor.domain.claims import UNATTRIBUTED, Claim, Status
from monitor.domain.incidents import incident_day
from monitor.domain.quantities import Quantity, in_words
from monitor.domain.rereading import TITLE_RULE
from monitor.domain.series import SeriesKey
from monitor.store import ChangeLine, FigureLine, MovedSeries, SaidLine
from monitor.web.chart import Point, spark

NO_SOURCE = "no source named"
SLIP = "a slip (“please check”), settled by later news"
QUOTE = 300
SHORT = 80
"""Characters of a quote beside a mark of a chart, and of the outlet's name."""
MOST_EDITED = 1_500
"""Words behind the first that differs; to compare longer texts takes too long."""
AROUND = 12
"""Words before the first that differs."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; one that holds a figure links to its claim."""

    text: str
    claim: str = ""
    label: str = ""


def words(quantity: Quantity | None) -> str:
    """A quantity as everywhere; nothing for none."""
    return in_words(quantity) if quantity is not None else ""


def party(name: str) -> str:
    """A party's name as readers see it."""
    return NO_SOURCE if name == UNATTRIBUTED else name


def when(instant: datetime | None, zone: ZoneInfo) -> str:
    """A time in a zone, and in UTC where that is another one."""
    if instant is None:
        return ""
    local, universal = instant.astimezone(zone), instant.astimezone(ZoneInfo("UTC"))
    if local.utcoffset() == universal.utcoffset():
        return f"{on(universal)} {universal:%H:%M} UTC"
    other = "" if local.date() == universal.date() else f"{on(universal)} "
    return f"{on(local)} {local:%H:%M %Z} ({other}{universal:%H:%M} UTC)"


def series_view(lines: Sequence[FigureLine]) -> dict[str, Any]:
    """A series with what each party says now, the newest first, and of one day what most outlets carry."""
    key = lines[0].series
    ranked = sorted(lines, key=lambda line: (-line.claim.as_of.day.toordinal(), -line.outlets, line.party))
    return {
        "id": series_id(key),
        "watch": key.watch,
        "title": series_name(key, lines[0].claim.figure.subject.text),
        "measure": key.measure.value,
        "scope": key.scope.value,
        "place": key.place or "",
        "incident_day": _day_of(key),
        "parties": [figure_view(line) for line in ranked],
    }


def _day_of(series: SeriesKey) -> str | None:
    """The day of the incident that a series is about."""
    return incident_day(series.incident).isoformat() if series.incident else None


def figure_rows(view: dict[str, Any]) -> list[dict[str, Any]]:
    """A row for what each party says in a series."""
    series = {("series" if name == "id" else name): value for name, value in view.items() if name != "parties"}
    return [series | figure for figure in view["parties"]]


def card(found: MovedSeries) -> dict[str, Any]:
    """A series for an overview: with its last change and a small drawing of its totals."""
    points = [Point(party(who), of, quantity, settled) for who, of, quantity, settled in found.totals]
    return series_view(found.lines) | {
        "change": change_view(found.change) if found.change else None,
        "spark": spark(points),
        "spark_words": _course([point for point in points if not point.hollow]),
    }


def _course(points: Sequence[Point]) -> str:
    if not points:
        return ""
    first, last = points[0], points[-1]
    return f"from {words(first.quantity)} ({on(first.day)}) to {words(last.quantity)} ({on(last.day)})"


def figure_view(line: FigureLine) -> dict[str, Any]:
    """What one party says now."""
    quantity = line.claim.figure.quantity
    return {
        "party": party(line.party),
        "now": words(quantity),
        "low": quantity.low,
        "best": quantity.number,
        "high": quantity.high,
        "qualifier": quantity.qualifier.value,
        "as_of": line.claim.as_of.day.isoformat(),
        "told": told_or_muted(line.anchor.quantity if line.anchor else None, line.muted),
        "check": words(line.doubt.quantity if line.doubt else None),
        "statements": line.statements,
        "outlets": line.outlets,
        "claim": line.claim.id,
        **source_view(line.claim),
    }


def source_view(claim: Claim) -> dict[str, Any]:
    """Where a claim was read. The link is http(s) or nothing."""
    return {
        "quote": claim.figure.quote,
        "outlet": claim.origin.outlet,
        "headline": claim.origin.title,
        "url": safe_url(claim.origin.url),
        "claimants": [one.name for one in claim.figure.claimants],
    }


def change_view(line: ChangeLine) -> dict[str, Any]:
    """A change with the claim that caused it."""
    change, claim = line.change, line.claim
    return {
        "id": change.id,
        "at": line.at,
        "watch": change.series.watch,
        "series": series_id(change.series),
        "title": series_name(change.series, claim.figure.subject.text),
        "incident_day": _day_of(change.series),
        "kind": change.kind.value,
        # An outlet or a person may have set it right: the change doesn't tell which.
        "kind_words": kind_words(change.kind, change.check).replace(" by the outlet", ""),
        "party": party(change.party),
        "before": words(change.before),
        "after": words(change.after) or "withdrawn",
        "low": change.after.low if change.after else None,
        "best": change.after.number if change.after else None,
        "high": change.after.high if change.after else None,
        "previous_low": change.before.low if change.before else None,
        "previous_high": change.before.high if change.before else None,
        "check": change.check,
        "muted": line.muted,
        "undone": line.undone,
        "undone_at": line.undone_at,
        "claim": change.claim_id,
        **source_view(claim),
    }


def said_view(line: SaidLine) -> dict[str, Any]:
    """A claim of a series with its verdict."""
    claim, decision = line.claim, line.decision.decision
    return {
        "number": line.number,
        "claim": claim.id,
        "party": party(decision.party),
        "figure": words(claim.figure.quantity),
        "as_of": claim.as_of.day.isoformat(),
        "status": claim.figure.status.value,
        "verdict": decision.kind.value if decision.kind else "not compared",
        "alert": decision.alert,
        "why": decision.why,
        "counts": line.counts,
        "gone": gone(line),
        "edited": line.edited,
        "hollow": _hollow(line),
        **source_view(claim),
    }


def in_time(said: Sequence[SaidLine], rejected: Sequence[SaidLine]) -> list[SaidLine]:
    """A page of claims and those that people rejected, those decided last first."""

    def at(line: SaidLine) -> datetime:
        return line.decision.at

    return [*merge(said, sorted(rejected, key=at, reverse=True), key=at, reverse=True)]


def gone(line: SaidLine) -> str:
    """Why a claim's figure stands no more, in words; empty while it does, and where its status says so."""
    if line.rejected:
        return line.rejected
    if not line.counts:
        return "counts no more"
    if line.settled is None:
        return ""
    return SLIP if line.settled is Kind.CORRECTED else "withdrawn since"


def _hollow(line: SaidLine) -> bool:
    return bool(gone(line)) or not line.claim.asserted


def claim_view(claim: Claim, *, counts: bool) -> dict[str, Any]:
    """All that was read of a claim."""
    figure = claim.figure
    quantity = figure.quantity
    return {
        "claim": claim.id,
        "subject": figure.subject.text,
        "subject_party": figure.subject.party or "",
        "measure": figure.measure.value,
        "scope": figure.scope.value,
        "window_days": figure.window_days,
        "since": figure.since.isoformat() if figure.since else None,
        "place": figure.place or "",
        "event": figure.event or "",
        "target": figure.target or "",
        "party": "; ".join(party(one) for one in figure.parties),
        "status": figure.status.value,
        "low": quantity.low,
        "best": quantity.number,
        "high": quantity.high,
        "qualifier": quantity.qualifier.value,
        "as_of": claim.as_of.day.isoformat(),
        "confidence": figure.confidence,
        "counts": counts,
        "published_at": claim.origin.published_at,
        "revision": claim.origin.revision,
        **source_view(claim),
    }


def placed_view(claim: Claim, homes: Sequence[SeriesKey], *, counts: bool) -> dict[str, Any]:
    """All that was read of a claim, with the series that it was put into and their watches, side by side."""
    placed = {"series": [series_id(key) for key in homes], "watch": [key.watch for key in homes]}
    return claim_view(claim, counts=counts) | placed


def points(lines: Iterable[SaidLine], changes: Iterable[ChangeLine] = ()) -> list[Point]:
    """What a chart draws of a series, the oldest first: the claims given, and what changes say besides: of older times,
    and of claims that people have edited since. A figure said again on a day is drawn once."""
    found: dict[tuple[Any, ...], Point] = {}
    rejected = set()
    for line in sorted(lines, key=lambda line: (line.claim.day, line.number)):
        who, status = party(line.decision.decision.party), line.claim.figure.status
        why = "" if status is Status.ASSERTED else f", {status.value}"
        why += f", {clean(ended, SHORT)}" if (ended := gone(line)) else ""
        _add(found, who, line.claim, line.claim.figure.quantity, why)
        rejected |= {line.claim.id} if line.rejected else set()
    for one in changes:
        after = one.change.after
        # What is left once a figure is withdrawn was said by another claim.
        if after is not None and one.change.kind is not Kind.WITHDRAWN and one.claim.id not in rejected:
            _add(found, party(one.change.party), one.claim, after, "" if one.stands else ", stands no more")
    return sorted(found.values(), key=lambda point: point.day)


def _add(found: dict[tuple[Any, ...], Point], who: str, claim: Claim, quantity: Quantity, why: str) -> None:
    name = (who, claim.day, quantity, bool(why))
    quote = claim.figure.quote if len(claim.figure.quote) <= SHORT else f"{claim.figure.quote[:SHORT]}…"
    label = f"{who}, {on(claim.day)}: {words(quantity)}{why}. “{quote}” ({claim.origin.outlet[:SHORT]})"
    found.setdefault(name, Point(who, claim.day, quantity, bool(why), label, f"/claims/{claim.id}"))


def edited(before: str, after: str) -> tuple[Changed, ...] | None:
    """How an article's text was edited, word by word; None where it was written anew."""
    old, new = before.split(), after.split()
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    if same is None:
        same = min(len(old), len(new))
    if max(len(old), len(new)) - same > MOST_EDITED:
        return None
    first = max(0, same - AROUND)
    return difference(" ".join(old[first:]), " ".join(new[first:]))


def pieces(text: str, claims: Sequence[Claim]) -> list[Piece]:
    """A text with its figures marked; of figures that overlap the first one is."""
    found: list[Piece] = []
    at = 0
    inside = (claim for claim in claims if TITLE_RULE not in claim.figure.rules)
    for claim in sorted(inside, key=lambda claim: (claim.figure.start, claim.id)):
        start, end = claim.figure.start, claim.figure.end
        if start < at:
            continue
        label = f"{claim.figure.subject.text}, {claim.figure.measure.value}: {words(claim.figure.quantity)}"
        found += [Piece(text[at:start]), Piece(text[start:end], claim.id, label)]
        at = end
    return [piece for piece in (*found, Piece(text[at:])) if piece.text]


def paragraph(text: str, claim: Claim) -> list[Piece]:
    """The paragraph that a figure stands in, the figure marked."""
    if TITLE_RULE in claim.figure.rules:
        text = claim.origin.title
    start, end = claim.figure.start, claim.figure.end
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    first, last = max(first, start - 2 * QUOTE), min(last, end + 2 * QUOTE)
    around = (Piece(text[first:start]), Piece(text[start:end], claim.id), Piece(text[end:last]))
    return [piece for piece in around if piece.text]
