"""Column types: what goes into the database is clean text and aware UTC, and comes out as the domain's own values."""

# ruff: noqa: ARG002 -- SQLAlchemy passes the dialect to every type, wanted or not.
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from monitor.domain.quantities import Qualifier, Quantity

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with NUL and lone surrogates, which PostgreSQL refuses, each replaced by U+FFFD.

    One character for one character, so that offsets into the text stay valid.
    """
    return text if text.isprintable() else _UNSTORABLE.sub("\ufffd", text)


def clean_json(value: Any) -> Any:
    """A JSON value with every text in it cleaned, keys too; tuples become lists."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): clean_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(item) for item in value]
    return value


class CleanText(TypeDecorator[str]):
    """Text without NUL and lone surrogates: values are cleaned on their way in, in comparisons too."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Cleans; an enumeration's member becomes its plain value."""
        return _cleaned(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None] | None:
        """The same without the calls around it, where the database's driver wants nothing of its own done to texts:
        most of what a row holds is text."""
        plain = self.impl_instance.bind_processor(dialect) is None
        return _cleaned if plain else super().bind_processor(dialect)


def _cleaned(value: str | None) -> str | None:
    return None if value is None else clean(str(value))


class CleanJson(TypeDecorator[Any]):
    """JSON whose texts are cleaned like CleanText's."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Cleans every text in the value."""
        return clean_json(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Naive values are refused with ValueError; what comes back is aware UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Moves to UTC; SQLite keeps no offset, so there the UTC time is stored bare."""
        if value is None:
            return None
        utc = _in_utc(value)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """On SQLite straight into the text that is stored there: SQLAlchemy's own way to it takes five times as long,
        and of most rows times are the larger part."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)
        return _sqlite_text

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _sqlite_text(value: datetime | None) -> str | None:
    return None if value is None else _in_utc(value).isoformat(" ", "microseconds")[: -len("+00:00")]


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is UTC:
        return value
    if value.utcoffset() is None:
        raise ValueError(f"naive time {value}: times are aware UTC")
    return value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """A member of one StrEnum, stored as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        self.words = words
        super().__init__()

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Refuses with ValueError what is no member."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The member."""
        return None if value is None else self.words(value)


class QuantityJson(TypeDecorator[Quantity]):
    """A quantity as the JSON list [low, high, qualifier]."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Quantity | None, dialect: Dialect) -> list[Any] | None:
        """The list."""
        return None if value is None else [value.low, value.high, value.qualifier.value]

    def process_result_value(self, value: list[Any] | None, dialect: Dialect) -> Quantity | None:
        """The quantity."""
        return None if value is None else Quantity(value[0], value[1], Qualifier(value[2]))
