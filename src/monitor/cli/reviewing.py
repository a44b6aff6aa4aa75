"""`monitor review`: what waits for a person before anybody is told, or before it is believed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cyclopts import App

from monitor.cli import show
from monitor.cli.known import bounds, opened, words
from monitor.cli.options import CONFIG, Config, Json, Limit

if TYPE_CHECKING:
    from monitor.domain.claims import Claim
    from monitor.domain.watches import Watch
    from monitor.store import DoubtLine, Store

LOOKED_THROUGH = 5_000
"""So many of the newest unsure claims are held against the watches; most are on people whom none of them is on."""

COLUMNS = ("watch", "waits_for", "figure", "who_says", "as_of", "quote", "claim")

app = App()


@app.command
def review(*, limit: Limit = 20, json: Json = False, config: Config = CONFIG) -> None:
    """Figures read with too little confidence to alert, and doubtful ones: `monitor accept` or `reject` them."""
    from monitor.settings import load_settings

    settings = load_settings(config)
    watches = settings.watches(settings.load_lexicon())
    below = max((watch.min_confidence for watch in watches), default=0.0)
    with opened(config) as store:
        doubted = [row for line in store.doubted() if (row := _doubt_row(line, store))]
        unsure = [row for claim in store.unsure(below, LOOKED_THROUGH) for row in _unsure_rows(claim, watches)]
    found = [*doubted, *unsure][:limit]
    show.rows(found, as_json=json, columns=COLUMNS, nothing="Nothing waits for you.")


def _unsure_rows(claim: "Claim", watches: "Sequence[Watch]") -> list[dict[str, Any]]:
    """The claim once for each watch that would take it if it were read with more confidence."""
    from monitor.domain.watches import to_review

    why = f"confidence {claim.figure.confidence:.2f}"
    return [_row(watch.name, why, claim) for watch in watches if to_review(claim, watch)]


def _doubt_row(line: "DoubtLine", store: "Store") -> dict[str, Any] | None:
    """The claim in doubt itself, which the party's latest need not be: a verdict is given on what is shown. None where
    the claim is gone."""
    detail = store.claim(line.doubt.claim_id)
    return _row(line.series.watch, f"please check: {words(line.doubt.quantity)}", detail.claim) if detail else None


def _row(watch: str, why: str, claim: "Claim") -> dict[str, Any]:
    figure = claim.figure
    return {
        "watch": watch,
        "waits_for": why,
        "figure": f"{figure.subject.text} {figure.measure.value}: {words(figure.quantity)}",
        **bounds("", figure.quantity),
        "measure": figure.measure.value,
        "scope": figure.scope.value,
        "place": figure.place,
        "status": figure.status.value,
        "who_says": ", ".join(claimant.name for claimant in figure.claimants) or None,
        "confidence": figure.confidence,
        "as_of": claim.as_of.day,
        "url": claim.origin.url,
        "quote": figure.quote,
        "claim": claim.id,
    }
