"""The JSON form of figures: what `monitor extract` writes and other tools read."""

from typing import Any

from monitor.domain.claims import Figure
from monitor.domain.rereading import TITLE_RULE


def figure_form(figure: Figure) -> dict[str, Any]:
    """One figure as plain JSON values; `party` is that of its first claimant, None when nobody known speaks."""
    form: dict[str, Any] = {
        "measure": figure.measure.value,
        "low": figure.quantity.low,
        "high": figure.quantity.high,
        "qualifier": figure.quantity.qualifier.value,
        "subject": figure.subject.text,
        "claimants": [claimant.name for claimant in figure.claimants],
        "party": figure.claimants[0].party if figure.claimants else None,
        "place": figure.place,
        "scope": figure.scope.value,
        "status": figure.status.value,
        "as_of": figure.as_of.isoformat() if figure.as_of else None,
        "start": figure.start,
        "end": figure.end,
        "quote": figure.quote,
        "confidence": figure.confidence,
        "rules": list(figure.rules),
    }
    if figure.window_days is not None:
        form["window_days"] = figure.window_days
    if figure.since is not None:
        form["since"] = figure.since.isoformat()
    if figure.via:
        form["via"] = [claimant.name for claimant in figure.via]
    if TITLE_RULE in figure.rules:
        form["in"] = "title"
    return form
