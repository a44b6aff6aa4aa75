"""The form that a verdict on a claim is given with: what it shows, and what was written in it. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from monitor.domain.claims import Claim, Measure, Scope, Status
from monitor.domain.quantities import Qualifier
from monitor.errors import InputError

CHOICES: Mapping[str, tuple[str, ...]] = {
    "qualifier": tuple(Qualifier),
    "measure": tuple(Measure),
    "scope": tuple(Scope),
    "status": tuple(Status),
}
"""The fields that take one of some words."""

_QUANTITY = ("low", "high", "qualifier")
_WAS = "was-"
_NUMBER = re.compile(r"\d{1,3}(?:[, ]?\d{3})*|\d+")


def shown(claim: Claim) -> dict[str, str]:
    """What the fields hold as the claim stands. One number stands in `low`, be it the lowest or the highest; `high` is
    the other end of a range."""
    figure = claim.figure
    low, high = figure.quantity.low, figure.quantity.high
    first = low if low is not None else high
    return {
        "low": _text(first),
        "high": _text(high) if low is not None and high != low else "",
        "qualifier": figure.quantity.qualifier.value,
        "measure": figure.measure.value,
        "subject": figure.subject.text,
        "party": "; ".join(one.name for one in figure.claimants),
        "place": figure.place or "",
        "scope": figure.scope.value,
        "window_days": _text(figure.window_days),
        "status": figure.status.value,
        "as_of": claim.as_of.day.isoformat(),
    }


def changed(form: Mapping[str, str]) -> dict[str, str]:
    """The fields that somebody has changed since the form was shown. Nobody's old number comes back by a form that was
    open for long."""
    names = [name.removeprefix(_WAS) for name in form if name.startswith(_WAS)]
    return {
        name: form[name].strip() for name in names if name in form and form[name].strip() != form[_WAS + name].strip()
    }


def words(form: Mapping[str, str]) -> dict[str, str | int | None]:
    """What is wanted otherwise, in the words that `read_edits` takes. InputError for a number that is none."""
    wanted: dict[str, Any] = changed(form)
    if wanted.keys() & {*_QUANTITY}:
        wanted |= {name: form.get(name, "").strip() for name in _QUANTITY}
    for name in ("low", "high", "window_days"):
        if name in wanted:
            wanted[name] = _number(wanted[name])
    return wanted


def _number(given: str) -> int | None:
    if not given:
        return None
    if not _NUMBER.fullmatch(given):
        raise InputError(f"“{given}” is no whole number")
    return int(re.sub(r"\D", "", given))


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
