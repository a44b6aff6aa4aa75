"""The settings that Prefect runs with here, as environment variables: they must be set before Prefect is imported."""

import os
from collections.abc import Mapping
from pathlib import Path

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

VISIBLE = {
    "PREFECT_LOGGING_EXTRA_LOGGERS": "monitor",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
    # Without a server a flow would start one of its own for every run, slowly: better to fail.
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
}


def prefect_environment(home: Path, port: int, *, host: str = "127.0.0.1") -> dict[str, str]:
    """Every variable that the server, the runner and the flows of one installation share.

    `home` is the folder for Prefect's own state; `port` is told to the pages as well, which would call 4200 otherwise.
    """
    address = f"http://{_reachable(host)}:{port}"
    return (
        QUIET
        | BOUNDED
        | VISIBLE
        | {
            "PREFECT_HOME": str(home.resolve()),
            "PREFECT_PROFILES_PATH": str(home.resolve() / "profiles.toml"),
            "PREFECT_API_URL": f"{address}/api",
            "PREFECT_UI_URL": address,
            "PREFECT_UI_API_URL": f"{address}/api",
            "PREFECT_SERVER_API_HOST": host,
            "PREFECT_SERVER_API_PORT": str(port),
        }
    )


def with_environment(added: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with `added` on top: the user's own settings for all else (database, auth) stay."""
    return {**os.environ, **added}


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 -- compared, not bound
