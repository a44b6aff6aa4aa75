"""Deliveries: one alert on one channel, as the outbox holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class DeliveryState(StrEnum):
    """Where a delivery stands. `held`: its channel refused our credentials, a person has to look."""

    DUE = "due"
    LEASED = "leased"
    SENT = "sent"
    DEAD = "dead"
    HELD = "held"


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
class DueDelivery:
    """A delivery leased to one deliverer. `attempts` counts the tries before this one."""

    key: str
    channel: str
    payload: Mapping[str, Any]
    attempts: int
