"""Looking after what is stored: backup, restore, prune."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from monitor.cli import show
from monitor.cli.known import opened
from monitor.cli.options import CONFIG, Config
from monitor.errors import InputError

Replace = Annotated[bool, Parameter(name="--replace", negative="", help="in the place of what is there")]

app = App()


@app.command
def backup(target: Path, *, replace: Replace = False, config: Config = CONFIG) -> None:
    """Writes all that is kept into one file, as of one moment and checked afterwards, while work goes on.

    The file is an SQLite database, whichever of the two the monitor uses. Settings and lexicon packs are not in it.

    Parameters
    ----------
    target
        the file; or a folder, where it gets a name by its time
    """
    now = datetime.now(UTC)
    file = target / f"monitor-{now:%Y%m%dT%H%M%SZ}.db" if target.is_dir() else target
    if not file.parent.is_dir():
        raise InputError(f"{file.parent} is no folder")
    if file.exists() and not replace:
        raise InputError(f"{file} is there already; nothing was written (--replace writes over it)")
    with opened(config) as store:
        rows = store.back_up(file)
    show.say(f"{file} written and checked: {_told(rows)}; {file.stat().st_size / 1e6:,.1f} MB")


@app.command
def restore(file: Path, *, replace: Replace = False, config: Config = CONFIG) -> None:
    """Puts a backup into the database of the settings, which may be of the other kind. Stop the monitor before.

    All of it or nothing, checked afterwards. What the database holds already goes, with --replace only.

    Parameters
    ----------
    file
        what `monitor backup` wrote, in this or an earlier version
    """
    from monitor.settings import load_settings
    from monitor.store import Store

    with Store(load_settings(config).store_url) as store:
        rows = store.restore(file, replace=replace)
        waiting = store.next_due(datetime.now(UTC)) is not None
    show.say(f"{show.cell(store.name)} holds what {file} held, checked: {_told(rows)}")
    if waiting:
        show.say("Alerts that waited when the backup was made will be sent, perhaps again: see monitor deliveries")


@app.command
def prune(
    *,
    dry_run: Annotated[bool, Parameter(name="--dry-run", negative="", help="only count what would go")] = False,
    config: Config = CONFIG,
) -> int:
    """Deletes what is older than [keep] of the settings says, in Prefect's run history too.

    Never a claim, a verdict or a change, nor a text that one of them comes from.
    """
    import subprocess

    from monitor.pruning import prune as throw_away
    from monitor.settings import load_settings

    settings = load_settings(config)
    with opened(config) as store:
        pruned = throw_away(settings, store, datetime.now(UTC), dry_run=dry_run)
    for name, count in pruned.rows():
        show.say(f"{name:<32}{count:>8,}")
    sys.stdout.flush()
    # What speaks with Prefect's server is a process of its own: the command line doesn't import Prefect.
    command = [sys.executable, "-P", "-m", "flows", "history", "--config", str(config), *(["--dry-run"] * dry_run)]
    return subprocess.run(command, check=False, env=os.environ).returncode  # noqa: S603 -- our own program


def _told(rows: dict[str, int]) -> str:
    return ", ".join(f"{rows[name]:,} {name}" for name in ("articles", "claims", "changes", "verdicts"))
