"""The demonstration's run in Prefect's own pages, looked at with a real browser."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsers import chromium

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Prefect's pages after a run of the demonstration, which stays."""
    folder = tmp_path_factory.mktemp("demo")
    said = folder / "said.txt"
    command = [sys.executable, "-m", "flows", "demo", "--stay", "--data", str(folder / "data")]
    with said.open("w", encoding="utf-8") as out:
        demo = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        yield wait_for(said, r"Prefect's pages: (http://\S+)", demo)
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(20)


def wait_for(said: Path, pattern: str, process: "subprocess.Popen[bytes]") -> str:
    until = time.monotonic() + 240
    while time.monotonic() < until:
        found = re.search(pattern, said.read_text(encoding="utf-8"))
        if found:
            return found[1]
        assert process.poll() is None, said.read_text(encoding="utf-8")
        time.sleep(0.2)
    pytest.fail(said.read_text(encoding="utf-8"))


def test_the_run_and_its_status_table_are_there_and_nothing_calls_home(pages: str, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    asked: set[str | None] = set()
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
        page.goto(f"{pages}/runs")
        expect(page.get_by_text(re.compile(r"^watch \d\d:\d\d · 1 feed")).first).to_be_visible(timeout=30_000)
        page.goto(f"{pages}/artifacts/key/status")
        expect(page.get_by_text(re.compile(r"^watch \d\d:\d\d · 1 feed")).first).to_be_visible(timeout=30_000)
        page.get_by_role("link", name=re.compile(r"^[0-9a-f]{8}$")).first.click()
        expect(page.get_by_text("alerts sent").first).to_be_visible(timeout=30_000)
        page.screenshot(path=tmp_path / "status.png")
    assert asked - {None, ""} == {"127.0.0.1"}
