"""Incidents: one strike or clash, known by its place and its day, whatever is counted in it."""

from collections.abc import Sequence
from datetime import date, timedelta

from monitor.domain.series import SeriesKey

SAME_INCIDENT = timedelta(days=2)
"""A toll rises for a day or two after the strike, and reports give the day of the strike or their own: figures for one
place within so many days of the incident's day are one incident. A later strike there is another."""

RETOLD = timedelta(days=14)
"""For so long a strike is retold without its date. A figure that readers were told for an incident at the place is
that incident again, not a new strike with as many dead."""

NOWHERE = "unplaced"


def incident_name(place: str | None, day: date) -> str:
    """The name that an incident gets from the first figure for it: "El Fasher 2025-10-26"."""
    return f"{place or NOWHERE} {day.isoformat()}"


def incident_day(name: str) -> date:
    """The day in the name of an incident. Raises ValueError for a name without one."""
    return date.fromisoformat(name[-10:])


def find_incident(known: Sequence[SeriesKey], place: str | None, day: date) -> SeriesKey | None:
    """The incident that a figure for this place and day belongs to: the nearest in time, the earlier of two as near.

    A figure without a place joins only where no more than one incident is in question.
    """
    near = [key for key in known if key.incident and abs(incident_day(key.incident) - day) <= SAME_INCIDENT]
    here = [key for key in near if _same_place(key.place, place)]
    if not here and len({key.incident for key in near}) == 1 and (place is None or near[0].place is None):
        here = near
    return min(here, key=lambda key: _distance(key, day), default=None)


def retold_from(known: Sequence[SeriesKey], place: str | None, day: date) -> list[SeriesKey]:
    """The incidents at this place that a later text may be retelling, the nearest in time first."""
    here = [key for key in known if key.incident and place is not None and _same_place(key.place, place)]
    lately = [key for key in here if abs(incident_day(key.incident or "") - day) <= RETOLD]
    return sorted(lately, key=lambda key: _distance(key, day))


def _same_place(one: str | None, other: str | None) -> bool:
    return (one or "").casefold() == (other or "").casefold()


def _distance(key: SeriesKey, day: date) -> tuple[timedelta, str]:
    name = key.incident or ""
    return abs(incident_day(name) - day), name[-10:] + name
