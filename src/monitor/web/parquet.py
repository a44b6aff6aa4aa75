"""A table as a Parquet file, its columns typed: days are days, times are UTC, several claimants a list.

Needs pyarrow, which the extra `figure-monitor[parquet]` brings: 170 MB that most installations can do without.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from monitor.alerts.neutral import clean_data
from monitor.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 10_000
"""Rows in a group: so many are in memory at once."""

NUMBERS = frozenset({
    "low", "best", "high", "previous_low", "previous_high", "window_days", "statements", "outlets", "revision"
})  # fmt: skip
DAYS = frozenset({"as_of", "since", "incident_day"})
TIMES = frozenset({"at", "published_at", "undone_at"})
SHARES = frozenset({"confidence"})
LISTS = {
    "figures": frozenset({"claimants"}),
    "changes": frozenset({"claimants"}),
    "claims": frozenset({"claimants", "series", "watch"}),
}
TRUTHS = {"changes": frozenset({"check"}), "claims": frozenset({"counts"})}
"""Columns by what is in them, of each table where they differ; all others hold text."""


def write_parquet(found: Iterable[Mapping[str, Any]], what: str, columns: Sequence[str], out: IO[bytes]) -> int:
    """Writes rows as they come; returns how many.

    Raises:
        InputError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise InputError("Parquet needs pyarrow: pip install 'figure-monitor[parquet]'.") from error
    schema = pa.schema([(name, _kind(what, name)) for name in columns])
    number = 0
    with ParquetWriter(out, schema, compression="zstd") as writer:
        rows = ({name: _value(name, row[name]) for name in columns} for row in found)
        while some := list(islice(rows, ROWS)):
            writer.write_batch(pa.RecordBatch.from_pylist(some, schema))
            number += len(some)
    return number


def _kind(what: str, name: str) -> "pa.DataType":
    import pyarrow as pa

    if name in TRUTHS.get(what, ()):
        return pa.bool_()
    if name in NUMBERS:
        return pa.int64()
    if name in DAYS:
        return pa.date32()
    if name in TIMES:
        return pa.timestamp("us", tz="UTC")
    if name in SHARES:
        return pa.float64()
    return pa.list_(pa.string()) if name in LISTS[what] else pa.string()


def _value(name: str, value: Any) -> Any:
    if name in DAYS and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return clean_data(value)
