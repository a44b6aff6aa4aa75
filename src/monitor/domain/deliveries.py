"""Deliveries: one alert on one channel, as the outbox holds it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class DeliveryState(StrEnum):
    """Where a delivery stands. `held`: its channel refused our credentials, a person has to look. `parked`: it came
    with too many others to be believed, a person decides. `folded`: another one tells it, or nothing is left to tell.
    """

    DUE = "due"
    LEASED = "leased"
    SENT = "sent"
    DEAD = "dead"
    HELD = "held"
    PARKED = "parked"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A delivery to be written together with the changes it tells.

    `key` is stable for the alert and the channel (it makes the Message-ID), `payload` the JSON form of the message.
    """

    key: str
    channel: str
    change_ids: tuple[str, ...]
    payload: Mapping[str, Any]
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequel:
    """A delivery that goes on from older ones, given by their keys: it takes the place of those that still wait. Where
    nobody has tried to send `settles`, of which it says that it is over, nothing is left to tell."""

    delivery: NewDelivery
    takes: tuple[str, ...] = ()
    settles: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDelivery:
    """A delivery leased to one deliverer. `attempts` counts the tries before this one."""

    key: str
    channel: str
    payload: Mapping[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDelivery:
    """A delivery that waits and hasn't been leased. `attempts` counts tries that failed; `held`: its channel
    was; `parked`: a person decides on it."""

    key: str
    payload: Mapping[str, Any]
    due_at: datetime
    attempts: int
    change_ids: tuple[str, ...] = ()
    held: bool = False
    parked: bool = False


@dataclass(frozen=True, slots=True)
class SentDelivery:
    """When a channel was sent something, and to which of its addresses if it has several."""

    to: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rearrangement:
    """What becomes of the deliveries that wait for one channel. `new` are deliveries that take the place of others,
    `folded` names for each of these the one that tells it now (None: nothing is left to tell), `postponed` gives new
    due times, `rewritten` new payloads, `parked` those that wait for a person."""

    new: tuple[NewDelivery, ...] = ()
    folded: Mapping[str, str | None] = field(default_factory=dict)
    postponed: Mapping[str, datetime] = field(default_factory=dict)
    rewritten: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    parked: tuple[str, ...] = ()
