"""Fixtures of the tests of whole steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from verdictkit import Desk, opened_desk


@pytest.fixture
def desk(store_url: str, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(store_url, tmp_path) as opened:
        yield opened
