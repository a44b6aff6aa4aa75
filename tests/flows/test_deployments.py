"""The deployments as data, held against the flows; and the proof that the server makes scheduled runs of them."""

import asyncio
import http.server
import inspect
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
FILE = PROJECT / "deployments" / "prefect.yaml"

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


@pytest.mark.prefect
@pytest.mark.usefixtures("prefect_url")
@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["entrypoint"])
def test_every_parameter_has_a_title_and_a_description_in_the_run_form(deployment: dict[str, Any]) -> None:
    shown = flow_of(deployment["entrypoint"]).parameters.properties
    assert shown.keys() >= deployment["parameters"].keys()
    assert all(one["title"] and one.get("description") for one in shown.values()), shown


@pytest.mark.prefect
@pytest.mark.usefixtures("prefect_url")
async def test_both_ways_of_deploying_say_the_same() -> None:
    """In code for `monitor serve` and `monitor deploy`, in the file for `prefect deploy`."""
    from flows.deployments import for_workers, served

    def in_file(deployment: dict[str, Any]) -> tuple[Any, ...]:
        limit = deployment["concurrency_limit"]
        schedules = [(one["cron"], one["timezone"], one.get("active", True)) for one in deployment["schedules"]]
        rest = {key: value for key, value in deployment["parameters"].items() if key != "folder"}
        return limit, schedules, rest, deployment["tags"]

    def in_code(deployment: Any) -> tuple[Any, ...]:
        limit = {
            "limit": deployment.concurrency_limit,
            "collision_strategy": deployment.concurrency_options.collision_strategy.value,
            "grace_period_seconds": deployment.concurrency_options.grace_period_seconds,
        }
        schedules = [(one.schedule.cron, one.schedule.timezone, one.active) for one in deployment.schedules]
        return limit, schedules, deployment.parameters, deployment.tags

    from_file = {one["entrypoint"].split(":")[1]: in_file(one) for one in DEPLOYMENTS}
    config = Path("monitor.toml")
    assert {one.flow_name: in_code(one) for one in await for_workers(config)} == from_file
    here = {one.flow_name: one for one in await served(config, cron="0 6 * * *", timezone="Europe/Kyiv")}
    assert here.keys() == from_file.keys()
    zones = {schedule.schedule.timezone for one in here.values() for schedule in one.schedules}
    assert zones == {"Europe/Kyiv"}, "the user's own"
    assert not here["deliver_alerts"].schedules[0].active, "the deliverer process sends"


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


@pytest.fixture
def sink() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An operators' channel: its address, and what it was sent."""
    taken: list[dict[str, Any]] = []

    class Sink(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_port}", taken
    server.shutdown()
    server.server_close()


OPERATORS = """
[[channel]]
name = "Night desk"
url = "{address}"

[operator]
channels = ["Night desk"]
without_run = "{hours}"
"""


@pytest.mark.prefect
@pytest.mark.process
@pytest.mark.usefixtures("prefect_url")
async def test_deploying_again_changes_nothing_and_operators_hear_of_what_goes_wrong(
    tmp_path: Path, sink: tuple[str, list[dict[str, Any]]], capsys: pytest.CaptureFixture[str]
) -> None:
    from prefect import tags
    from prefect.events import emit_event

    from flows.__main__ import main
    from flows.automations import ensure_automations
    from flows.watch import watch_feeds
    from monitor.settings import load_settings

    config = tmp_path / "monitor.toml"
    here = OPERATORS.format(address=sink[0], hours="3h")
    config.write_text(
        f'[store]\nurl = "sqlite:///monitor.db"\n[server]\ntimezone = "Europe/Kyiv"\n{here}', encoding="utf-8"
    )

    assert await asyncio.to_thread(main, ["deploy", "--config", str(config)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len([line for line in said if line.startswith("deployed: ")]) == len(DEPLOYMENTS)
    assert await ensure_automations(load_settings(config)) == []
    settings = load_settings(config)
    hasty = settings.operator.model_copy(update={"without_run": timedelta(seconds=10)})  # the least that Prefect takes
    changed = await ensure_automations(settings.model_copy(update={"operator": hasty}))
    assert changed == ["changed: Operators hear when no watching succeeds"]

    state = await watch_feeds(tmp_path / "none.toml", return_state=True)  # without the tag: an experiment of somebody's
    assert state.is_failed()
    with tags("monitor"):
        await watch_feeds(tmp_path / "none.toml", return_state=True)
        await watch_feeds(tmp_path / "none.toml", return_state=True)
    gone = {"prefect.resource.id": "prefect.work-pool.any", "prefect.resource.name": "monitor"}
    emit_event("prefect.work-pool.not-ready", gone)  # as the server says when no worker has asked for a minute
    async with asyncio.timeout(150):
        while len(sink[1]) < 3:  # noqa: ASYNC110 -- another process makes it true
            await asyncio.sleep(0.2)
    assert sorted(one["title"] for one in sink[1]) == [
        "Figure monitor: no watching has succeeded for 0.00277778 hours",
        "Figure monitor: nothing takes up runs",
        "Figure monitor: watch_feeds has failed",
    ], "each of them once"
    config.write_text(config.read_text(encoding="utf-8").partition("[operator]")[0], encoding="utf-8")
    assert len(await ensure_automations(load_settings(config))) == 3, "nobody is to hear of anything any more"


@pytest.mark.prefect
@pytest.mark.usefixtures("prefect_url")
async def test_late_runs_become_one_and_the_run_form_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect import get_client
    from prefect.exceptions import PrefectHTTPStatusError

    from flows.runs import collapse_late
    from flows.upkeep import digest_changes

    made = await digest_changes.ato_deployment("late", cron="*/15 * * * *", parameters={"config": str(tmp_path)})
    identity = await made.aapply()
    night = datetime.now(UTC) - timedelta(hours=6)
    async with get_client() as client:
        span = {"start_time": night.isoformat(), "end_time": datetime.now(UTC).isoformat(), "max_runs": 100}
        await client._client.post(f"/deployments/{identity}/schedule", json=span)
        by_hand = await client.create_flow_run_from_deployment(identity)
        late = [run for run in await runs_of(identity) if run.expected_start_time < datetime.now(UTC)]
        assert len(late) > 4
        monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", str(identity))
        assert await collapse_late() == len(late) - 1
        left = [run for run in await runs_of(identity) if run.state.is_scheduled()]
        late = [run for run in left if run.expected_start_time < datetime.now(UTC)]
        assert [run.id for run in late] == [by_hand.id], "what a person asked for stays"
        with pytest.raises(PrefectHTTPStatusError, match="days"):
            await client.create_flow_run_from_deployment(identity, parameters={"days": 0})


async def runs_of(identity: UUID) -> list[Any]:
    from prefect import get_client
    from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId

    async with get_client() as client:
        wanted = DeploymentFilter(id=DeploymentFilterId(any_=[identity]))
        return list(await client.read_flow_runs(deployment_filter=wanted, limit=200))


@pytest.mark.prefect
@pytest.mark.usefixtures("prefect_url")
async def test_a_run_that_died_with_its_service_keeps_no_place(tmp_path: Path) -> None:
    from prefect import get_client
    from prefect.states import Pending

    from flows.deployments import plans
    from flows.runs import end_the_dead

    plan = next(one for one in plans() if one.flow.name == "watch_feeds")
    made = await plan.flow.ato_deployment("stopped", concurrency_limit=plan.limit, parameters={"config": str(tmp_path)})
    identity = await made.aapply()
    async with get_client() as client:

        async def begin() -> str:
            run = await client.create_flow_run_from_deployment(identity)
            await client.set_flow_run_state(run.id, Pending())
            return str((await client.read_flow_run(run.id)).state_name)

        assert [await begin(), await begin()] == ["Pending", "Cancelled"]
        assert await end_the_dead("stopped") == 1
        assert await begin() == "Pending"
        await end_the_dead("stopped")


@pytest.mark.prefect
@pytest.mark.process
@pytest.mark.usefixtures("prefect_url")
async def test_deploy_makes_scheduled_runs() -> None:
    """With the wrong SQLAlchemy all else works and this doesn't."""
    from prefect import get_client
    from prefect.client.schemas.actions import WorkPoolCreate

    async with get_client() as client:
        await client.create_work_pool(WorkPoolCreate(name="monitor", type="process"), overwrite=True)
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
