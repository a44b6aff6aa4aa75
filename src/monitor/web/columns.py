"""The tables that can be written out: what columns each has. docs/fields.md tells what they say."""

from typing import Literal

What = Literal["figures", "changes", "claims"]
Form = Literal["csv", "json", "parquet"]

SOURCE = ("quote", "outlet", "headline", "url", "claimants")
SERIES = ("series", "watch", "title", "measure", "scope", "place", "incident_day")
BOUNDS = ("low", "best", "high", "qualifier")
COLUMNS: dict[What, tuple[str, ...]] = {
    "figures": (
        *SERIES,
        "party",
        "now",
        *BOUNDS,
        "as_of",
        "told",
        "check",
        "statements",
        "outlets",
        "claim",
        *SOURCE,
    ),
    "changes": (
        "id",
        "at",
        "watch",
        "series",
        "title",
        "incident_day",
        "kind",
        "kind_words",
        "party",
        "before",
        "after",
        "low",
        "best",
        "high",
        "previous_low",
        "previous_high",
        "check",
        "muted",
        "undone",
        "undone_at",
        "claim",
        *SOURCE,
    ),
    "claims": (
        "claim",
        "series",
        "watch",
        "subject",
        "subject_party",
        "measure",
        "scope",
        "window_days",
        "since",
        "place",
        "event",
        "target",
        "party",
        "status",
        *BOUNDS,
        "as_of",
        "confidence",
        "counts",
        "published_at",
        "revision",
        *SOURCE,
    ),
}
"""The columns of each table, in their order: the same ones even where nothing is stored."""
