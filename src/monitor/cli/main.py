"""The commands put together, and how their errors are told: one clear line and exit 2."""

import errno
import io
import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from monitor import __version__
from monitor.alerts.neutral import clean
from monitor.cli import (
    explaining,
    exporting,
    judging,
    keeping,
    known,
    muting,
    passwords,
    probing,
    reprocessing,
    reviewing,
    setup,
    texts,
)
from monitor.errors import MonitorError

BAD_INPUT = 2
BROKEN_PIPE = 141
INTERRUPTED = 130
"""Exit codes; the last two are those of a shell for a process that a signal ended."""
UNWRITABLE = frozenset({errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The reader of what a command writes has gone, or its disk is full."""

app = App(
    name="monitor",
    help="Watches the news for casualty and troop figures and tells people when one changes.",
    version=f"monitor {__version__}",
    result_action="return_value",
)
for part in (
    setup.app,
    known.app,
    explaining.app,
    exporting.app,
    keeping.app,
    judging.app,
    reviewing.app,
    muting.app,
    passwords.app,
    probing.app,
    reprocessing.app,
    texts.app,
):
    app.update(part)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What can't be UTF-8 (lone surrogates of broken feeds) comes out as \\udcXX, which JSON reads back.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result = app(arguments, print_error=False, exit_on_error=False)
        sys.stdout.flush()
    except CycloptsError as error:
        return _complain(str(error))
    except MonitorError as error:
        for other in (error, *error.others):
            _complain(str(other))
        return BAD_INPUT
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        # What is still buffered must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE if error.errno == errno.EPIPE else _complain(f"can't write: {error.strerror}")
    except KeyboardInterrupt:
        return INTERRUPTED
    return result if isinstance(result, int) else 0


def _complain(line: str) -> int:
    # Errors repeat words of files, feeds and arguments: nothing of those may steer the terminal.
    sys.stderr.write(f"monitor: {clean(line)}\n")
    return BAD_INPUT
