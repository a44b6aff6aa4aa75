"""What a comparison asks of a store with many claims: no question goes through more rows than its answer is about."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from filling import Filler
from newsflow import COUNTRIES, arrivals, watches
from sqlalchemy import event

from monitor.domain.compare import compare
from monitor.store import Store

STORED = 20_000
"""Claims, all on one country: its longest lines have six hundred of them."""
NEW = 40
MOST_ROWS = 400
"""That a question reads, in all tables and indexes: a window is some dozens of rows, each looked up in three tables."""
FEW_PAGES = 2_000
"""Tables with fewer rows are rightly read through: what readers were told of each line, one row for each."""
MOST_STEPS = 4_000
"""Of SQLite's machine for a question, some tens a row."""

Question = tuple[str, Any]


@pytest.mark.postgres
def test_postgresql_reads_few_rows_for_each_question_of_a_comparison(
    postgres: Callable[[str], str], migrated_template: str
) -> None:
    """It is asked how many rows each step of its plan really read, those that it left out included. That an index is
    used says little: a whole line can be read through one, to be sorted for its newest claim."""
    with Store(postgres(migrated_template)) as store:
        asked = compared(store)
        with store._database.read() as session:
            ask = session.connection().exec_driver_sql
            plans = [ask(f"EXPLAIN (ANALYZE, FORMAT JSON) {what}", values).scalar() for what, values in asked]
    read = [(sum(rows_read(plan[0]["Plan"])), what) for plan, (what, _) in zip(plans, asked, strict=True)]
    assert max(read)[0] <= MOST_ROWS, max(read)


def test_sqlite_takes_few_steps_for_each_question_of_a_comparison(migrated_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.db"
    path.write_bytes(migrated_file.read_bytes())
    with Store(f"sqlite:///{path}") as store:
        asked = compared(store)
        with store._database.read() as session:
            connection = session.connection()
            taken = [(steps_of(connection, *question), question[0]) for question in asked]
    assert max(taken)[0] <= MOST_STEPS, max(taken)


def compared(store: Store) -> list[Question]:
    """The questions of some comparisons with many claims in the store, each question of one wording where it is asked
    first and where it is asked last."""
    flow = (one for one in arrivals(2 * COUNTRIES * STORED, countries=range(1)) if not one.replaced)
    filler, made = Filler(store), 0
    while made < STORED:
        batch = list(islice(flow, 1_000))
        filler.put(batch, compared=True)
        made += sum(len(arrival.claims) for arrival in batch)
    filler.anchor()
    fresh = list(islice(flow, NEW))
    waiting = filler.put(fresh, compared=False)
    asked: list[Question] = []
    event.listen(store._database._writer, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    for revision in waiting:
        with store.comparing() as book:
            found = compare(book.arrival(revision), watches(), book)
            book.record(revision, found, (), fresh[-1].claims[0].origin.fetched_at)
    questions = [one for one in asked if one[0].lstrip().startswith(("SELECT", "WITH")) and "pg_" not in one[0]]
    assert len(questions) > 10 * NEW
    assert any("max(coalesce(claims.said_at" in what for what, _ in questions), "no incident was asked for"
    return list({what: (what, values) for what, values in questions}.values()) + list(
        {what: (what, values) for what, values in reversed(questions)}.values()
    )


def rows_read(plan: Mapping[str, Any]) -> Iterator[float]:
    """The rows that each step of a plan took from a table or an index."""
    if "Relation Name" in plan or "Index Name" in plan:
        left_out = (plan.get(f"Rows Removed by {how}", 0) for how in ("Filter", "Index Recheck"))
        rows = (plan["Actual Rows"] + sum(left_out)) * plan["Actual Loops"]
        yield 0 if plan["Node Type"] == "Seq Scan" and rows < FEW_PAGES else rows
    for step in plan.get("Plans", ()):
        yield from rows_read(step)


def steps_of(connection: Any, what: str, values: Any) -> int:
    """How many steps SQLite's machine takes to answer, to the next ten."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 10
        return 0

    driver = connection.connection.driver_connection
    driver.set_progress_handler(count, 10)
    try:
        driver.execute(what, values).fetchall()
    finally:
        driver.set_progress_handler(None, 0)
    return taken
