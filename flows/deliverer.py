"""The process that sends alerts as soon as they are due, between the runs."""

import asyncio
import logging
import signal
from datetime import UTC, datetime
from pathlib import Path

from monitor.errors import StoreError
from monitor.pipeline import Monitor

SECONDS_BETWEEN = 10.0
"""How long a due alert waits at most. Asking an idle outbox is one small query."""

TRY_AGAIN = 75
"""Exit code: not now. An exit with 2 is for what a person has to mend, and ends the supervisor as well."""

log = logging.getLogger("monitor.deliverer")


async def run(config: Path, stop: asyncio.Event, *, pause: float = SECONDS_BETWEEN) -> None:
    """Delivers until `stop` is set. A delivery under way is finished first; leases protect the rest."""
    with Monitor.open(config) as monitor:
        while not stop.is_set():
            await deliver_once(monitor)
            await _sleep(stop, pause)


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
    """Entry point of the process. A database that can't be reached now may be there at the next start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        asyncio.run(_until_told(config))
    except StoreError as error:
        log.error("the deliverer can't start: %s", error)  # noqa: TRY400 -- one line; a traceback tells no more
        return TRY_AGAIN
    return 0
