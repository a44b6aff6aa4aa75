"""How fast alerts go out: the outbox alone, and the whole way to receivers in processes of their own that take
everything at once. What is held to is the aim; an idle machine does two or three times as much."""

from collections.abc import Callable

import pytest
from delivering import bench_mails, bench_outbox, bench_webhooks

from monitor.store import Store

pytestmark = pytest.mark.clock

COUNT = 200
"""Messages a try."""
TRIES = 3
"""On a machine that has other things to do one of them may be slow, and all of them only where we are."""
CLAIMS, FURTHER_AWAY = 2_000, 1_000
"""A second, claimed and marked. The aim is for SQLite; PostgreSQL is another process."""


def test_the_outbox_gives_out_and_marks_thousands_of_messages_a_second(store: Store, store_url: str) -> None:
    assert reaches(CLAIMS if store_url.startswith("sqlite") else FURTHER_AWAY, bench_outbox, store)


@pytest.mark.process
def test_150_mails_go_out_in_a_second(store: Store) -> None:
    assert reaches(150, bench_mails, store)


@pytest.mark.process
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # on PostgreSQL it would differ as little as mails do
def test_200_webhooks_go_out_in_a_second(store: Store) -> None:
    assert reaches(200, bench_webhooks, store)


def reaches(aim: float, bench: Callable[[Store, int, str], float], store: Store) -> bool:
    """Whether one of the tries comes to so many a second; all of them stand in what the test prints."""
    return any(bench(store, COUNT, f"try {number}") >= aim for number in range(TRIES))
