"""A file that is there whole, or as it was."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """A file beside this one, to be written in the block: it takes its place at the end, and is gone where that isn't
    reached. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=file.suffix)
    os.close(handle)
    written = Path(name)
    try:
        yield written
        written.replace(file)
    finally:
        written.unlink(missing_ok=True)
