"""The settings that Prefect runs with here, as environment variables: they must be set before Prefect is imported."""

import ipaddress
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from monitor.settings import LogSetting

HEARTBEAT_SECONDS = 30
"""How often a running flow says that it lives; Prefect takes nothing shorter."""

QUIET = {
    # Nothing calls home: neither the server nor the pages in the browser. The V2 pages would, even with analytics off.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}

BOUNDED = {
    # Run history and events grow without an end by default. Events want an ISO duration, runs plain seconds.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "1209600",
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P2D",
}

DURABLE = {
    # Who holds the one place of a deployment is known after a restart of the server too.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
}

VISIBLE = {
    "PREFECT_LOGGING_EXTRA_LOGGERS": "monitor",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
    # Without a server a flow would start one of its own for every run, slowly: better to fail.
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
}


LOG_FORMAT = "MONITOR_LOG_FORMAT"
"""How the processes of an installation say things: text or json."""

WILDCARDS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 -- compared, not bound

AUTH = "PREFECT_SERVER_API_AUTH_STRING"
"""The user's own variable: "NAME:PASSWORD" that the server asks of everyone."""
CORS = "PREFECT_SERVER_CORS_ALLOWED_ORIGINS"


def prefect_environment(home: Path, port: int, *, host: str = "127.0.0.1") -> dict[str, str]:
    """Every variable that the server, the runner and the flows of one installation share.

    `home` is the folder for Prefect's own state; `port` is told to the pages as well, which would call 4200 otherwise.
    """
    address = address_of(host, port)
    return (
        QUIET
        | BOUNDED
        | DURABLE
        | VISIBLE
        | {
            "PREFECT_HOME": str(home.resolve()),
            "PREFECT_PROFILES_PATH": str(home.resolve() / "profiles.toml"),
            "PREFECT_API_URL": f"{address}/api",
            "PREFECT_UI_URL": address,
            # The first start writes the pages' files, beside the program by default, where a service must not write.
            "PREFECT_UI_STATIC_DIRECTORY": str(home.resolve() / "ui"),
            # Who comes to a wildcard address comes by a name that isn't known here: the pages ask where they are from.
            "PREFECT_UI_API_URL": "/api" if host in WILDCARDS else f"{address}/api",
            # Any page in the user's browser could read and write through the API by default.
            CORS: ",".join(dict.fromkeys([address, *(address_of(one, port) for one in ("127.0.0.1", "localhost"))])),
            "PREFECT_SERVER_API_HOST": host,
            "PREFECT_SERVER_API_PORT": str(port),
            # No module of the folder that somebody happens to be in takes the place of one of ours.
            "PYTHONSAFEPATH": "1",
        }
    )


def as_set(log: LogSetting, history: timedelta | None) -> dict[str, str]:
    """What [log] and [keep] history of the settings ask of all processes, Prefect's too."""
    json = {
        "PREFECT_LOGGING_FORMATTERS_JSON_CLASS": "monitor.logs.JsonLines",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER": "json",
    }
    what = "events" if history is None else "events,flow_runs"
    kept = {"PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": what}
    if history is not None:
        kept["PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD"] = f"{history.total_seconds():.0f}"
    return kept | {LOG_FORMAT: log.format} | (json if log.format == "json" else {})


def with_environment(added: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with `added` on top: the user's own settings for all else (database, auth) stay.

    So do origins that the user allows and how long history is kept; and who sets the server's password need not set it
    for its clients again.
    """
    own = os.environ
    kept = {name: own[name] for name in (CORS, *BOUNDED) if name in own}
    known = {"PREFECT_API_AUTH_STRING": own[AUTH]} if AUTH in own else {}
    return {**known, **own, **added, **kept}


def address_of(host: str, port: int) -> str:
    """Where a server is found from this machine that listens on this host, which may be a wildcard or IPv6."""
    name = {"::": "::1"}.get(host, "127.0.0.1") if host in WILDCARDS else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def is_loopback(host: str) -> bool:
    """True for what only this machine reaches."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
