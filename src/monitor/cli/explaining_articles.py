"""`monitor explain URL`: what became of an article, of each of its figures, and why of those that changed nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from monitor.cli import show
from monitor.cli.known import article_row, words
from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.store import ArticleLine, ClaimDetail, Store

Left = Mapping[str, str]
"""Why a watch holds no decision on a claim, by the watch's name."""


def article_of(store: "Store", url: str) -> "tuple[ArticleLine, list[ClaimDetail]]":
    """The article at an address with all that was ever read in it, revision by revision. Raises InputError."""
    from monitor.sources.urls import canonical_url

    number = store.article_at(url) or store.article_at(canonical_url(url))
    read = store.article_read(number) if number is not None else None
    if number is None or read is None:
        raise InputError(f"no article {url}; `monitor articles --json` shows their addresses")
    details = (store.claim(name) for name in store.claims_of_article(number))
    return read[0], [detail for detail in details if detail is not None]


def article_lines(article: "ArticleLine", told: Sequence[tuple["ClaimDetail", Left]]) -> Iterator[str]:
    """The explanation, line by line."""
    status = "waits to be read" if article.status is None else str(article.status).replace("_", " ")
    reason = f": {article.reason}" if article.reason else ""
    revisions = show.counted(article.revisions, "revision")
    yield show.cell(f"{article.title or article.url} ({article.outlet or 'outlet not named'})")
    yield show.cell(f"  {article.url}")
    yield show.cell(f"  {status}, {revisions}{reason}")
    if not told:
        yield "  no figure was read in it: there is nothing to compare"
    for detail, left in told:
        yield from _claim_lines(detail, left)


def _claim_lines(detail: "ClaimDetail", left: Left) -> Iterator[str]:
    claim, figure = detail.claim, detail.claim.figure
    place = f" in {figure.place}" if figure.place else ""
    said = f"{figure.subject.text}, {figure.measure.value}{place}: {words(figure.quantity)}, {figure.status.value}"
    yield show.cell(f"revision {claim.origin.revision}, claim {claim.id}: {said}")
    for line in detail.decisions:
        decision = line.decision
        kind = decision.kind.value if decision.kind else "not compared"
        holds = f" (no longer holds: {line.undone})" if line.undone else ""
        alert = "alert" if decision.alert else "no alert"
        yield show.cell(f"  {decision.series.watch}, line of {decision.party}: {kind}, {alert}: {decision.why}{holds}")
    for watch, why in left.items():
        yield show.cell(f"  {watch}: {why}")


def article_json(article: "ArticleLine", claims: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The same for programs."""
    return {**article_row(article), "claims": list(claims)}
