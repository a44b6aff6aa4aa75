"""What is kept, in SQLite or PostgreSQL. The only room that speaks SQL; `Store` states its guarantees."""

from monitor.domain.verdicts import Verdict
from monitor.store.article_lists import WantedArticles
from monitor.store.articles import RETRIES
from monitor.store.base import LEASE
from monitor.store.claims import LARGEST
from monitor.store.comparing import Comparing
from monitor.store.facade import Store
from monitor.store.judging import Judged
from monitor.store.pages import MovedSeries, Wanted
from monitor.store.rereading import NewReading, OldReading, RereadingState
from monitor.store.rows import (
    EVERY_WATCH,
    ArticleLine,
    ChangeLine,
    ClaimDetail,
    DecisionLine,
    DeliveryLine,
    DoubtLine,
    FeedHealth,
    FigureLine,
    FormerReading,
    MergeLine,
    Mute,
    PendingArticle,
    RunLine,
    StoredRevision,
    VerdictLine,
)
from monitor.store.settled import SaidLine
from monitor.store.taking_over import TakenOver

__all__ = [
    "EVERY_WATCH",
    "LARGEST",
    "LEASE",
    "RETRIES",
    "ArticleLine",
    "ChangeLine",
    "ClaimDetail",
    "Comparing",
    "DecisionLine",
    "DeliveryLine",
    "DoubtLine",
    "FeedHealth",
    "FigureLine",
    "FormerReading",
    "Judged",
    "MergeLine",
    "MovedSeries",
    "Mute",
    "NewReading",
    "OldReading",
    "PendingArticle",
    "RereadingState",
    "RunLine",
    "SaidLine",
    "Store",
    "StoredRevision",
    "TakenOver",
    "Verdict",
    "VerdictLine",
    "Wanted",
    "WantedArticles",
]
