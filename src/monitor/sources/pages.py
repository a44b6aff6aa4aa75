"""The article behind a link: the page is fetched here and read in a worker process."""

from datetime import datetime
from typing import Protocol

from monitor.domain.articles import ArticleText, TextSource
from monitor.errors import SourceError
from monitor.sources.fetch import PAGE_ACCEPT, Response
from monitor.sources.urls import canonical_url
from monitor.sources.workers import DEADLINE, read_page_apart

PAGE_BYTES = 2 * 1024 * 1024  # decoded; articles have a tenth of that, and the extractor's time grows with size


class PageGetter(Protocol):
    """The part of Fetcher that reading a page needs."""

    async def get(
        self, url: str, *, accept: str = ..., max_bytes: int | None = None, obey_robots: bool = ...
    ) -> Response:
        """A 2xx answer; raises SourceError for everything else."""
        ...


async def read_page(url: str, fetcher: PageGetter, *, deadline: float = DEADLINE, hops: int = 2) -> ArticleText:
    """The text of the article at `url` as it stands now; `deadline` (seconds) is for reading, not for fetching.

    A page without an article that sends its readers on is followed, at most `hops` times, by all rules of a redirect.
    Raises SourceError: the kinds of Fetcher.get, "no_text" (no article there: a wall, a cookie notice, an index),
    "not_html", "parse_timeout", "parse_error".
    """
    response = await fetcher.get(url, accept=PAGE_ACCEPT, max_bytes=PAGE_BYTES, obey_robots=True)
    try:
        page = await read_page_apart(response.body, response.headers, response.url, deadline=deadline)
    except SourceError as error:
        if error.onward and hops:
            return await read_page(error.onward, fetcher, deadline=deadline, hops=hops - 1)
        raise
    published = page["published_at"]
    return ArticleText(
        text=page["text"],
        source=TextSource.PAGE,
        title=page["title"],
        published_at=datetime.fromisoformat(published) if published else None,
        canonical_url=page["canonical_url"] or canonical_url(response.url),
    )
