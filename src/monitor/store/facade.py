"""The store as one thing."""

from pathlib import Path
from types import TracebackType

from monitor.store import copying, migrate
from monitor.store.article_lists import ArticleListPart
from monitor.store.articles import ArticlePart
from monitor.store.claims import ClaimPart
from monitor.store.comparing import ComparePart
from monitor.store.engine import Database
from monitor.store.failing import FailingPart
from monitor.store.feeds import FeedPart
from monitor.store.health import HealthPart
from monitor.store.merging import MergePart
from monitor.store.metrics import MetricsPart
from monitor.store.outbox import OutboxPart
from monitor.store.pages import PagesPart
from monitor.store.pruning import PrunePart
from monitor.store.queries import QueryPart
from monitor.store.rereading import RereadingPart
from monitor.store.revisits import RevisitPart
from monitor.store.robots import RobotsPart
from monitor.store.runs import RunPart
from monitor.store.taking_over import TakingOverPart


class Store(
    FeedPart,
    ArticlePart,
    RevisitPart,
    RobotsPart,
    HealthPart,
    ClaimPart,
    ComparePart,
    MergePart,
    OutboxPart,
    FailingPart,
    RunPart,
    QueryPart,
    ArticleListPart,
    PagesPart,
    RereadingPart,
    TakingOverPart,
    PrunePart,
    MetricsPart,
):
    """Everything that is kept: feeds, articles, revisions, claims, decisions, changes, anchors, deliveries, mutes.

    Guarantees, for every method:

    - *Where.* A SQLite file ("sqlite:///monitor.db") or a PostgreSQL database ("postgresql://…",
      "postgresql+psycopg://…"), the same behaviour on both. It is opened at first use. `migrate` comes first.
    - *Time.* Every instant given must be aware, else ValueError; every instant returned is aware UTC, exact to the
      microsecond. The clock is never read: `now` is an argument.
    - *Text.* NUL and lone surrogates are replaced by U+FFFD, one for one; otherwise text comes back as it was given,
      so offsets stay valid. A text's identity (`text_sha256`) leaves white space out of account.
    - *Order.* Work comes in order of arrival (time, then id); lists for readers come newest first.
    - *Atomic.* Each method is one transaction, and so is each `comparing()` block: after a kill at any point all of
      it is there or nothing. Writers wait for each other, at most half a minute on SQLite.
    - *Idempotent.* The same entries, text, claims, comparison or deliveries again write nothing new.
    - *Errors.* StoreError in one line, which names the database without its password, when it can't be used or an id
      isn't there; nothing of the database's driver comes out.
    - *Threads.* One Store may be used from several threads and processes; a `Comparing` only from its own thread.
      SQLite in memory ("sqlite://") is for one thread, and nothing else may be called inside `comparing()` there.
    """

    def __init__(self, url: str) -> None:
        super().__init__(Database(url))

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def mark(self) -> str:
        """Tells this database's address from others, in a file's name."""
        return self._database.mark

    def birthmark(self) -> str:
        """Tells this database from others, also from one that is begun anew at its address, in a file's name. Needs the
        tables. Raises StoreError."""
        return f"{self._database.mark}-{self._database.birth()}"

    @property
    def name(self) -> str:
        """The database's URL without its password and options, for messages."""
        return self._database.name

    def migrate(self) -> None:
        """Creates the tables or brings them to the newest form; safe in several processes at once.

        Raises StoreError when the database can't be reached or was written by a newer version.
        """
        migrate.upgrade(self._database)

    def back_up(self, file: Path) -> dict[str, int]:
        """Writes all that is kept into a file, as of one moment, while work goes on: see monitor.store.copying."""
        return copying.back_up(self._database, file)

    def restore(self, file: Path, *, replace: bool = False) -> dict[str, int]:
        """Puts a backup in the place of all that is kept, here or in the other kind of database: see
        monitor.store.copying. Refuses unless nothing is kept here, or `replace`."""
        return copying.restore(self._database, file, replace=replace)

    def close(self) -> None:
        """Closes the connections; the store opens again by itself when it is used."""
        self._database.close()
