"""Options that many commands share."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter, validators

from monitor.errors import InputError

Config = Annotated[Path, Parameter(name="--config", env_var="MONITOR_CONFIG", help="the settings")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="one JSON object a line instead of a table")]
Limit = Annotated[
    int,
    Parameter(name=["--limit", "-n"], validator=validators.Number(gte=1), help="at most so many, the newest first"),
]

CONFIG = Path("monitor.toml")
"""Where the settings are looked for when nobody says otherwise."""


def refuse_options(files: Iterable[Path]) -> None:
    """Raises InputError for an unknown option where a file is wanted that may be "-"."""
    for file in files:
        if str(file).startswith("-") and str(file) != "-":
            raise InputError(f'Unknown option: "{file}".')
