"""The pages when much is stored: none is large, none is slow."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from newsflow import COUNTRIES
from pages import SETTINGS, fill, paths

from monitor.settings import load_settings
from monitor.store import Store
from monitor.web.app import create_app

STORED = 12_000
"""Claims, all on one country: the longest series have more of everything than a page shows."""
LARGEST = 100_000
"""Bytes, before they are packed."""
SLOWEST = 0.2
"""Seconds. The aim is half of it, on a machine that does nothing else."""
TRIES = 5


@pytest.fixture(scope="module")
def client(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("many")
    (folder / "monitor.db").write_bytes(migrated_file.read_bytes())
    (folder / "monitor.toml").write_text(SETTINGS.format(url="sqlite:///monitor.db"), encoding="utf-8")
    settings = load_settings(folder / "monitor.toml")
    with Store(settings.store.url) as store:
        assert fill(store, COUNTRIES * STORED, countries=range(1)) > 0.9 * STORED
        yield TestClient(create_app(settings, store))


def test_no_page_is_larger_than_100_kilobytes(client: TestClient) -> None:
    sizes = {}
    for path in paths(client):
        answer = client.get(path)
        assert answer.status_code == 200, path
        sizes[path] = len(answer.content)
    assert max(sizes.values()) <= LARGEST, sizes
    (series,) = [one for one in sizes if one.startswith("/series/") and not one.endswith(".svg")]
    assert sizes[series] > LARGEST / 2, "the series is too short to show anything"


@pytest.mark.clock
def test_each_page_comes_in_a_part_of_a_second(client: TestClient) -> None:
    slow = {}
    for path in paths(client):
        client.get(path)
        took = min(_asked(client, path) for _ in range(TRIES))
        if took > SLOWEST:
            slow[path] = took
    assert slow == {}


def _asked(client: TestClient, path: str) -> float:
    start = time.perf_counter()
    client.get(path)
    return time.perf_counter() - start
