"""The files for a server, against the code that they start: a container engine is not needed and not there."""

import re
import shlex
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.__main__ import _parser
from flows.environment import as_set, prefect_environment
from flows.server import answers
from monitor.settings import DATA, LogSetting, Settings, StoreSetting

DEPLOYMENTS = Path(__file__).resolve().parents[2] / "deployments"
PROJECT = DEPLOYMENTS.parent
HERE_ALONE = {"PREFECT_PROFILES_PATH", "PREFECT_UI_URL", "PYTHONSAFEPATH", "PREFECT_SERVER_API_HOST"}
"""Of one machine: containers have a home of their own, and the image says the third and the command line the last."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOYMENTS / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def test_services_set_what_serve_sets_by_itself(compose: Mapping[str, Any]) -> None:
    services = compose["services"]
    wanted = prefect_environment(Path("/data/prefect"), 4200, host="0.0.0.0") | as_set(LogSetting(), timedelta(days=14))
    found = services["server"]["environment"]
    own = {"PREFECT_API_URL", "PREFECT_SERVER_CORS_ALLOWED_ORIGINS", "MONITOR_LOG_FORMAT", "PREFECT_SERVER_API_PORT"}
    missing = {name: value for name, value in wanted.items() if name not in found}
    assert missing.keys() <= HERE_ALONE | own
    assert {name: found[name] for name in wanted if name in found and name not in own} == {
        name: value for name, value in wanted.items() if name in found and name not in own
    }
    # Where the program is, the image and systemd let nobody write.
    assert Path(found["PREFECT_UI_STATIC_DIRECTORY"]).is_relative_to(found["PREFECT_HOME"])
    shared = services["runner"]["environment"]
    for name in (
        "PREFECT_LOGGING_EXTRA_LOGGERS",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY",
        "PREFECT_SERVER_EPHEMERAL_ENABLED",
    ):
        assert shared[name] == wanted[name]


@pytest.mark.prefect
def test_prefects_pages_lie_in_the_data_folder(prefect_url: str, prefect_home: Path) -> None:
    assert answers(prefect_url.removesuffix("api"), timeout=30.0)
    assert [*(prefect_home / "prefect" / "ui").rglob("index.html")]


def test_services_call_commands_that_there_are(compose: Mapping[str, Any]) -> None:
    ours = {name: one for name, one in compose["services"].items() if one["image"] == "figure-monitor"}
    assert set(ours) == {"server", "runner", "deliverer", "pages"}
    for name in ("runner", "deliverer", "pages"):
        command = ours[name]["command"]
        assert command[:3] == ["python", "-m", "flows"]
        plain = [re.sub(r"\$\{\w+:-(.*)\}", r"\1", part) for part in command[3:]]
        assert _parser().parse_args(plain).command == name
        assert ours[name]["environment"]["MONITOR_STORE_URL"].startswith("postgresql://")


def test_whoever_sends_alerts_can_write_down_what_was_taken(compose: Mapping[str, Any]) -> None:
    """Settings are mounted for reading; the journals are in a folder that the senders share, and the image gives it to
    the user that they run as. Under systemd all is in the unit's own folder, where alone it may write."""
    dockerfile = dict(instructions())  # of words that come twice the last: those of the image itself
    for name in ("runner", "deliverer"):
        one = compose["services"][name]
        folder = one["environment"][DATA]
        assert f"sending:{folder}" in one["volumes"]
        assert f"--owner {dockerfile['USER']} {folder}" in dockerfile["RUN"]
    assert "sending" in compose["volumes"]
    unit = (DEPLOYMENTS / "systemd" / "figure-monitor.service").read_text(encoding="utf-8")
    state, config = re.findall(r"^StateDirectory=(\S+)$", unit, re.MULTILINE)[0], re.findall(r"--config (\S+)", unit)[0]
    data = Settings(file=Path(config), store=StoreSetting()).data
    assert data.is_relative_to(Path("/var/lib") / state)
    assert "ReadOnlyPaths" not in unit


def test_nothing_is_open_to_others_or_without_a_password(compose: Mapping[str, Any]) -> None:
    """Ports are those of the loopback; every secret has to be given, none has a default."""
    for name, service in compose["services"].items():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        assert service.get("privileged") is None
    text = (DEPLOYMENTS / "compose.yaml").read_text(encoding="utf-8")
    assert all(
        found[1].startswith("?")
        for found in re.finditer(r"\$\{(?:POSTGRES_PASSWORD|MONITOR_LOGIN)(:?[^}]*)", text.replace(":?", "?"))
    )
    assert compose["services"]["pages"]["environment"]["MONITOR_PAGES_AUTH"].startswith("${MONITOR_LOGIN")


def test_the_proxy_of_the_manual_names_who_asks_in_the_place_of_what_they_say() -> None:
    """The pages count wrong passwords by that name, and believe the proxy."""
    manual = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    (pages,) = (place for place in re.findall(r"location / \{(.*?)\}", manual, re.DOTALL) if ":4201;" in place)
    assert re.search(r"proxy_set_header X-Forwarded-For \$remote_addr;", pages)


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, joined where they go over lines."""
    text = (DEPLOYMENTS / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def test_the_image_is_made_of_files_that_there_are_and_runs_as_nobody_of_note() -> None:
    found = instructions()
    copied = [part for word, rest in found if word == "COPY" and "--from" not in rest for part in rest.split()[:-1]]
    ignored = (DEPLOYMENTS / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied
    assert all((PROJECT / part).exists() and f"!{part.removeprefix('./')}" in ignored for part in copied)
    last = max(number for number, (word, _) in enumerate(found) if word == "FROM")
    final = dict(found[last:])
    assert final["USER"] == "monitor"
    assert "/health" in final["HEALTHCHECK"]
    assert shlex.split(final["CMD"].strip("[]").replace(",", " "))[:2] == ["monitor", "serve"]
    assert all("--no-deps" in rest for word, rest in found if word == "RUN" and "pip install" in rest)
    python = {rest.split()[0] for word, rest in found if word == "FROM"}
    assert len(python) == 1, "what is built for one Python runs on the same one"
