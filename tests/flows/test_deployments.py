"""The deployments as data, held against the flows; and the proof that the server makes scheduled runs of them."""

import asyncio
import inspect
import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
FILE = PROJECT / "deployments" / "prefect.yaml"

JSON = {"Content-Type": "application/json"}

DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["deployments"]


def flow_of(entrypoint: str) -> Any:
    path, name = entrypoint.split(":")
    module = __import__(path.removesuffix(".py").replace("/", "."), fromlist=[name])
    return getattr(module, name)


@pytest.mark.prefect
@pytest.mark.usefixtures("prefect_url")
@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["entrypoint"])
def test_parameters_fit_the_flows_signature(deployment: dict[str, Any]) -> None:
    flow = flow_of(deployment["entrypoint"])
    inspect.signature(flow.fn).bind(**deployment["parameters"])
    assert flow.validate_parameters(deployment["parameters"])


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["entrypoint"])
def test_schedules_have_a_zone_and_runs_never_pile_up(deployment: dict[str, Any]) -> None:
    assert all(schedule["timezone"] for schedule in deployment["schedules"])
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


@pytest.mark.prefect
@pytest.mark.usefixtures("prefect_url")
async def test_every_flow_is_deployed_both_ways() -> None:
    from flows.deployments import served

    here = {deployment.flow_name for deployment in await served(Path("monitor.toml"))}
    assert here == {deployment["entrypoint"].split(":")[1] for deployment in DEPLOYMENTS}


@pytest.mark.prefect
@pytest.mark.usefixtures("prefect_url")
@pytest.mark.parametrize(("cron", "zone"), [("every quarter", "UTC"), ("*/15 * * * *", "Mars/Olympus")])
def test_a_schedule_that_can_not_be_is_one_line(
    cron: str, zone: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from flows.__main__ import main

    arguments = ["--config", str(tmp_path / "monitor.toml"), "--cron", cron, "--timezone", zone]
    assert main(["runner", *arguments]) == 2
    assert capsys.readouterr().err == f'monitor: no schedule can be made of "{cron}" in the zone "{zone}"\n'


@pytest.mark.prefect
def test_killed_runs_are_noticed_on_a_server_of_your_own_too(
    prefect_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from flows.__main__ import main

    assert [main(["automations"]), main(["automations"])] == [0, 0]
    with urllib.request.urlopen(urllib.request.Request(f"{prefect_url}/automations/filter", b"{}", JSON)) as answer:
        assert [one["name"] for one in json.load(answer)] == ["Runs without a heartbeat have crashed"]
    assert "Runs without a heartbeat have crashed" in capsys.readouterr().out


@pytest.mark.prefect
@pytest.mark.process
@pytest.mark.usefixtures("prefect_url")
async def test_deploy_makes_scheduled_runs() -> None:
    """With the wrong SQLAlchemy all else works and this doesn't."""
    prefect(*["work-pool", "create", "monitor", "--type", "process", "--overwrite"])
    prefect(*["--no-prompt", "deploy", "--all", "--prefect-file", "deployments/prefect.yaml"])
    scheduled = await wait_for_scheduled("watch_feeds/worker", 90)
    assert all(run.state.is_scheduled() for run in scheduled)


def prefect(*arguments: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "prefect", *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


async def wait_for_scheduled(name: str, seconds: float) -> list[Any]:
    """The scheduled runs of a deployment, as soon as there are any."""
    from prefect import get_client
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId

    until = time.monotonic() + seconds
    async with get_client() as client:
        deployment = await client.read_deployment_by_name(name)
        wanted = DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id]))
        while time.monotonic() < until:
            runs = await client.read_flow_runs(deployment_filter=wanted)
            if runs:
                return list(runs)
            await asyncio.sleep(0.5)
    pytest.fail(f"no scheduled run of {name} within {seconds:.0f} s")
