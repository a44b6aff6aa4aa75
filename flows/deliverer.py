"""The process that sends alerts as soon as they are due, between the runs."""

import asyncio
import logging
import signal
from datetime import UTC, datetime
from pathlib import Path

from monitor import logs
from monitor.errors import MonitorError, StoreError
from monitor.pipeline import Monitor
from monitor.settings import load_settings

SECONDS_BETWEEN = 10.0
"""How long a due alert waits at most. Asking an idle outbox is one small query."""

TRY_AGAIN = 75
"""Exit code: not now. An exit with 2 is for what a person has to mend, and ends the supervisor as well."""

log = logging.getLogger("monitor.deliverer")


class Opened:
    """The monitor as its settings file says, opened anew when the file was changed."""

    def __init__(self, config: Path) -> None:
        self.config = config
        self._read = _stamp(config)  # before it is read: a change in between is seen the next time
        self.monitor = Monitor.open(config)

    def refresh(self) -> None:
        """Reads a changed file. Settings that are wrong are said, and those before stay in force."""
        stamp = _stamp(self.config)
        if stamp == self._read:
            return
        try:
            fresh = _whole(self.config)
        except MonitorError as error:
            log.warning("the settings have changed and can't be used, so those before stay: %s", error)
            # A database that is away is asked again; for all else the file has to change once more.
            self._read = self._read if isinstance(error, StoreError) else stamp
            return
        self.close()
        self.monitor, self._read = fresh, stamp
        log.info("the settings have changed and were read again; channels: %s", ", ".join(fresh.channels) or "none")

    def close(self) -> None:
        """Closes its database."""
        self.monitor.store.close()


def _whole(config: Path) -> Monitor:
    """A monitor whose channels load as well."""
    monitor = Monitor.open(config)
    try:
        _ = monitor.channels
    except MonitorError:
        monitor.store.close()
        raise
    return monitor


def _stamp(config: Path) -> tuple[int, int] | None:
    """Another one after each change of the file."""
    try:
        found = config.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


async def run(config: Path, stop: asyncio.Event, *, pause: float = SECONDS_BETWEEN) -> None:
    """Delivers until `stop` is set. A delivery under way is finished first; leases protect the rest.

    The settings are looked at before each round: a channel is unknown only when the file of now doesn't have it.
    """
    opened = Opened(config)
    try:
        while not stop.is_set():
            opened.refresh()
            await deliver_once(opened.monitor)
            await _sleep(stop, pause)
    finally:
        opened.close()


async def deliver_once(monitor: Monitor) -> None:
    """One round. A database that is away for a moment is said in one line and tried again next time."""
    try:
        report = await monitor.deliver(datetime.now(UTC))
    except StoreError as error:
        log.warning("deliveries wait: %s", error)
        return
    if report.sent or report.retried or report.dead:
        log.info("deliveries: %d sent, %d to be retried, %d given up", report.sent, report.retried, report.dead)


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def _until_told(config: Path) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run(config, stop)


def main(config: Path) -> int:
    """Entry point of the process. A database that can't be reached now may be there at the next start.

    Raises MonitorError for what another start can't mend: wrong settings, a database of a newer version.
    """
    logs.set_up(load_settings(config).log.format)
    try:
        asyncio.run(_until_told(config))
    except StoreError as error:
        if error.__cause__ is None:  # the store's own refusal; what a database said is kept as its cause
            raise
        log.error("the deliverer can't start: %s", error)  # noqa: TRY400 -- one line; a traceback tells no more
        return TRY_AGAIN
    return 0
