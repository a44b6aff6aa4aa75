"""Whole runs over real HTTP: what becomes of each article, and what readers are told."""

import re
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

import pytest
from news_site import NewsSite  # type: ignore[import-not-found,unused-ignore]  # in tests/sources

from flows.demo_mail import Mailbox, serve_mailbox
from flows.server import free_port
from monitor.domain.articles import ArticleStatus
from monitor.errors import ConfigError
from monitor.pipeline import Monitor, RunReport

pytestmark = pytest.mark.process  # servers of its own, and worker processes that read the pages

NOW = datetime(2025, 2, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOSSES = "More than {} North Korean soldiers have been killed or wounded in Kursk, President Zelensky said on Monday."
REST = """
Both sides have said little about it. Neither the ministry in Moscow nor the government in Pyongyang would comment, and
independent observers have no way into the region. The men are said to come from a corps that was raised for work behind
the lines of an enemy and to have been trained for it for years.

Diplomats expect the matter to come up again when the council meets. They do not expect a decision from it, since two of
its members have a veto and have used it before on this very question."""

CONFIG = """
[store]
url = "sqlite:///monitor.db"
[[feed]]
name = "Wire"
url = "http://127.0.0.1:{port}/feed.xml"
interval = "30m"
[fetch]
allow_private = ["127.0.0.1"]
timeout = "5s"
[[watch]]
name = "koreans"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
channels = ["desk"]
[[channel]]
name = "desk"
url = "mailto://127.0.0.1:{mail}?from=monitor@example.org&to=desk@example.org"
[[channel]]
name = "ops"
url = "mailto://127.0.0.1:{mail}?from=monitor@example.org&to=ops@example.org"
[operator]
channels = ["ops"]
"""


class Newsroom:
    """A site with one feed, a mailbox and a monitor between them, with verbs."""

    def __init__(self, site: NewsSite, mailbox: Mailbox, config: Path) -> None:
        self.site, self.mailbox, self.config = site, mailbox, config
        self.items: dict[str, str] = {}

    def announces(self, name: str, *, title: str = "Losses", summary: str = "", published: datetime = NOW) -> str:
        """Puts an item into the feed; its page is under the returned path."""
        path = f"/{name}"
        self.items[name] = (
            f"<item><guid>{name}</guid><title>{escape(title)}</title><link>{self.site.url(path)}</link>"
            f"<pubDate>{format_datetime(published)}</pubDate><description>{escape(summary)}</description></item>"
        )
        body = f'<rss version="2.0"><channel><title>Wire</title>{"".join(self.items.values())}</channel></rss>'
        self.site.answers("/feed.xml", body, Content_Type="application/rss+xml")
        return path

    def posts(self, texts: Mapping[int, str]) -> None:
        """Makes items without a page the whole feed: texts by their ids."""
        items = (f"<item><guid isPermaLink='false'>{n}</guid><description>{escape(text)}</description></item>"
                 for n, text in texts.items())  # fmt: skip
        body = f'<rss version="2.0"><channel><title>Wire</title>{"".join(items)}</channel></rss>'
        self.site.answers("/feed.xml", body, Content_Type="application/rss+xml")

    def prints(self, path: str, text: str) -> None:
        """Gives the page of an article."""
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in (text + "\n" + REST).split("\n\n"))
        html = f"<html><body><article><h1>Losses</h1>{paragraphs}</article></body></html>"
        self.site.answers(path, html, Content_Type="text/html; charset=utf-8")

    async def runs(self, after: timedelta = timedelta()) -> RunReport:
        """One run at that time after the start."""
        with Monitor.open(self.config) as monitor:
            return await monitor.run(NOW + after)

    @property
    def subjects(self) -> list[str]:
        """Subjects of the mails so far."""
        return [str(mail["Subject"]) for _, mail in self.mailbox.messages()]


@pytest.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    site = NewsSite()
    await site.start()
    mail = free_port()
    config = tmp_path / "monitor.toml"
    config.write_text(CONFIG.format(port=site.port, mail=mail), encoding="utf-8")
    with serve_mailbox(tmp_path / "mails", mail) as mailbox:
        yield Newsroom(site, mailbox, config)
    await site.stop()


async def test_a_first_figure_is_told_once_and_a_step_again(newsroom: Newsroom) -> None:
    newsroom.prints(newsroom.announces("a"), LOSSES.format("3,000"))
    first = await newsroom.runs()
    assert first.counts[ArticleStatus.NEW] == 1
    assert (first.changes, first.deliveries.sent) == (1, 1)

    again = await newsroom.runs(HOUR)
    assert (again.articles, again.changes, again.deliveries.sent) == (0, 0, 0)

    newsroom.prints(newsroom.announces("b", published=NOW + HOUR), LOSSES.format("4,700"))
    assert (await newsroom.runs(2 * HOUR)).changes == 1
    assert [subject.count("3,000") + subject.count("4,700") for subject in newsroom.subjects] == [1, 2]
    (_, told), (_, step) = newsroom.mailbox.messages()
    assert "Last steps" not in str(told)
    assert re.search(
        r"Last steps, Ukraine: more than 3,000 \(.*\) → more than 4,700 \(", step.get_body(("plain",)).get_content()
    )


async def test_a_figure_that_is_dropped_and_comes_back_is_told_three_times(newsroom: Newsroom) -> None:
    texts = (LOSSES.format("3,000"), "Kursk saw heavy fighting again, the ministry said.", LOSSES.format("3,000"))
    for hour, text in enumerate(texts):
        newsroom.prints(newsroom.announces("a", title=f"Losses, {hour}"), text)
        report = await newsroom.runs(hour * HOUR)
        assert (report.changes, report.deliveries.sent) == (1, 1)
    assert ["withdrawn" in subject for subject in newsroom.subjects] == [False, True, False]


async def test_a_page_that_may_come_back_is_tried_again_before_its_summary_is_read(newsroom: Newsroom) -> None:
    path = newsroom.announces("a", summary=LOSSES.format("3,000"))
    newsroom.site.answers(path, "later", status=503)
    reports = [await newsroom.runs(hours * HOUR) for hours in (0, 1, 3, 7)]
    assert [report.counts[ArticleStatus.FAILED] for report in reports] == [1, 1, 1, 0]
    assert reports[-1].counts[ArticleStatus.NEW] == 1
    assert len(newsroom.subjects) == 1


async def test_behind_a_wall_the_summary_is_read_and_without_one_the_headline(newsroom: Newsroom) -> None:
    newsroom.site.answers(newsroom.announces("a", summary=LOSSES.format("3,000")), "pay", status=403)
    title = "Zelensky: 4,700 North Korean soldiers killed or wounded in Kursk"
    newsroom.site.answers(newsroom.announces("b", title=title, published=NOW + HOUR), "pay", status=403)
    report = await newsroom.runs()
    assert report.counts[ArticleStatus.NEW] == 2
    assert len(newsroom.subjects) == 2


async def test_a_page_that_is_kept_from_programs_gives_its_summary_and_the_article_says_so(newsroom: Newsroom) -> None:
    newsroom.site.answers("/robots.txt", "User-agent: *\nDisallow: /")
    for name in ("a", "b"):
        newsroom.prints(newsroom.announces(name, summary=LOSSES.format("3,000")), LOSSES.format("5,000"))
    assert (await newsroom.runs()).counts[ArticleStatus.NEW] == 2
    with Monitor.open(newsroom.config) as monitor:
        reasons = {article.reason for article in monitor.store.articles()}
    assert reasons == {"its site's robots.txt keeps programs off its page: the feed's summary was read"}
    assert "3,000" in newsroom.subjects[0]
    assert [request.path for request in newsroom.site.asked] == ["/feed.xml", "/robots.txt"]


async def test_every_article_ends_in_one_status_and_the_counts_add_up(newsroom: Newsroom) -> None:
    newsroom.prints(newsroom.announces("figures"), LOSSES.format("3,000"))
    newsroom.prints(newsroom.announces("harvest"), "The harvest was good this year, the ministry said.")
    german = (
        "Mehr als 3.000 nordkoreanische Soldaten sind nach Angaben des Präsidenten gefallen oder verwundet worden. "
        "Die Regierung in Seoul nannte andere Zahlen, die sich nicht überprüfen lassen. " * 5
    )
    newsroom.site.answers(
        newsroom.announces("german"), f"<html><body><article><p>{german}</p></article></body></html>",
        Content_Type="text/html; charset=utf-8",
    )  # fmt: skip
    newsroom.site.answers(newsroom.announces("gone", title="Weather", summary="x"), "no", status=404)
    newsroom.site.answers(newsroom.announces("slow"), "no", status=500)
    report = await newsroom.runs()
    wanted = {
        ArticleStatus.NEW: 1,
        ArticleStatus.NO_CLAIMS: 1,
        ArticleStatus.WRONG_LANGUAGE: 1,
        ArticleStatus.NO_TEXT: 1,
        ArticleStatus.FAILED: 1,
    }
    assert {status: count for status, count in report.counts.items() if count} == wanted
    assert report.articles == len(newsroom.items)


async def test_all_feeds_can_be_asked_before_they_are_due(newsroom: Newsroom) -> None:
    newsroom.prints(newsroom.announces("a"), LOSSES.format("3,000"))
    await newsroom.runs()
    with Monitor.open(newsroom.config) as monitor:
        resting = await monitor.run(NOW + HOUR / 60)
        asked = await monitor.run(NOW + HOUR / 60, everything=True)
    assert (resting.feeds.asked, asked.feeds.unchanged) == (0, 1)


async def test_of_articles_that_come_in_together_the_older_news_goes_first(newsroom: Newsroom) -> None:
    newsroom.prints(newsroom.announces("new", published=NOW - HOUR), LOSSES.format("4,700"))
    newsroom.prints(newsroom.announces("old", published=NOW - 30 * HOUR), LOSSES.format("3,000"))
    await newsroom.runs()
    assert ["4,700" in subject for subject in newsroom.subjects] == [False, True]


async def test_a_muted_party_is_compared_and_told_to_nobody(newsroom: Newsroom) -> None:
    with Monitor.open(newsroom.config) as monitor:
        monitor.store.add_mute("koreans", party="Ukraine", until=None, who="ana", why="too loud", now=NOW)
    newsroom.prints(newsroom.announces("a"), LOSSES.format("3,000"))
    report = await newsroom.runs()
    assert (report.changes, report.deliveries.sent, newsroom.subjects) == (1, 0, [])


async def test_when_no_feed_answers_the_run_is_blind(newsroom: Newsroom) -> None:
    newsroom.site.answers("/feed.xml", "<html><body>Consent</body></html>", Content_Type="text/html")
    report = await newsroom.runs()
    assert report.feeds.blind
    assert report.feeds.errors[0][0] == "Wire"
    assert "Wire" in report.markdown()


async def test_a_channel_that_does_not_load_is_said_before_anything_is_fetched(newsroom: Newsroom) -> None:
    text = newsroom.config.read_text(encoding="utf-8").replace("mailto://", "irc://")
    newsroom.config.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"channel\[0\]\.url: desk"):
        await newsroom.runs()
    assert newsroom.site.asked == []


async def test_a_page_that_is_edited_in_silence_is_told_as_corrected(newsroom: Newsroom) -> None:
    path = newsroom.announces("a")
    newsroom.prints(path, LOSSES.format("3,000"))
    await newsroom.runs()
    newsroom.prints(path, LOSSES.format("4,700"))
    assert (await newsroom.runs(HOUR / 6)).changes == 0  # too early for another look
    edited = await newsroom.runs(HOUR / 3)
    assert (edited.changes, edited.deliveries.sent) == (1, 1)
    assert edited.counts[ArticleStatus.REVISED] == 1
    assert "4,700" in newsroom.subjects[-1]


async def test_pages_are_looked_at_ever_less_often_and_only_those_with_a_watched_figure(newsroom: Newsroom) -> None:
    figures, harvest = newsroom.announces("figures"), newsroom.announces("harvest")
    newsroom.prints(figures, LOSSES.format("3,000"))
    newsroom.prints(harvest, "The harvest was good this year, the ministry said.")

    async def looks(first: float, last: float, every: float) -> list[int]:
        """How often each page is asked for by runs between two times after the start, in hours."""
        before = [sum(request.path == path for request in newsroom.site.asked) for path in (figures, harvest)]
        hours = first
        while hours < last:
            await newsroom.runs(hours * HOUR)
            hours += every
        after = [sum(request.path == path for request in newsroom.site.asked) for path in (figures, harvest)]
        return [new - old for new, old in zip(after, before, strict=True)]

    assert await looks(0, 0.1, 1) == [1, 1]
    assert await looks(0.5, 3, 0.5) == [5, 0]  # every 15 minutes while it is fresh
    assert await looks(3.5, 7, 0.5) == [4, 0]  # then every hour
    assert await looks(40, 52, 1) == [4, 0]  # then every three hours
    assert await looks(24 * 40, 24 * 40 + 3, 1) == [1, 0]  # a last look, and it has settled


async def test_a_page_that_fails_or_hides_when_it_is_looked_at_again_keeps_its_figure(newsroom: Newsroom) -> None:
    path = newsroom.announces("a")
    newsroom.prints(path, LOSSES.format("3,000"))
    await newsroom.runs()
    newsroom.site.answers(path, "<html><body>Please enable cookies</body></html>", Content_Type="text/html")
    assert (await newsroom.runs(HOUR)).changes == 0
    newsroom.site.answers(path, "gone", status=410)
    assert (await newsroom.runs(2 * HOUR)).changes == 0
    asked = len([request for request in newsroom.site.asked if request.path == path])
    assert (await newsroom.runs(5 * HOUR)).articles == 0
    assert len([request for request in newsroom.site.asked if request.path == path]) == asked


async def test_a_feed_that_fails_for_long_is_told_to_operators_once_and_once_more_when_it_is_well(
    newsroom: Newsroom,
) -> None:
    newsroom.announces("a", summary="The harvest was good.")
    await newsroom.runs()
    newsroom.site.answers("/feed.xml", "later", status=503)
    reports = [await newsroom.runs(hours * HOUR) for hours in (2, 4, 7, 9, 30)]
    none, hours = "none of the 1 feeds asked could be read", "1 of 1 feeds have not answered for hours"
    assert [report.blind for report in reports] == [f"{why}: Wire (http_503)" for why in (none, *[hours] * 4)]
    assert newsroom.subjects == ["The feed Wire does not answer"]
    newsroom.announces("b", summary="The harvest was sold.")
    assert not (await newsroom.runs(60 * HOUR)).blind
    await newsroom.runs(61 * HOUR)
    assert newsroom.subjects[1:] == ["The feed Wire does well again"]
    assert {address for mail in newsroom.mailbox.messages() for address in mail[1].get_all("To")} == {"ops@example.org"}


async def test_a_feed_that_yields_no_figures_any_more_is_told_once_and_once_more_when_it_does(
    newsroom: Newsroom,
) -> None:
    harvest = {n: f" The harvest of field {n} was good." for n in range(101)}
    newsroom.posts({n: (LOSSES.format("3,000") if n < 10 else "") + harvest[n] for n in range(61)})
    await newsroom.runs()
    newsroom.posts({n: harvest[n] for n in range(60, 101)})
    for hours in (1, 2):
        await newsroom.runs(hours * HOUR)
    newsroom.posts({100: harvest[100], 101: LOSSES.format("3,000")})
    for hours in (3, 4):
        await newsroom.runs(hours * HOUR)
    told = [subject for subject in newsroom.subjects if subject.startswith("The feed")]
    assert told == ["The feed Wire yields no figures any more", "The feed Wire does well again"]


async def test_a_feed_that_is_gone_for_good_is_told_and_asked_no_more(newsroom: Newsroom) -> None:
    newsroom.site.answers("/feed.xml", "gone", status=410)
    await newsroom.runs()
    for day in (1, 2, 3):
        await newsroom.runs(day * 24 * HOUR)
    assert newsroom.subjects == ["The feed Wire is gone for good"]
    assert len(newsroom.site.asked) == 1


async def test_a_feed_that_moves_is_followed_and_after_three_sightings_over_a_day_asked_there(
    newsroom: Newsroom,
) -> None:
    newsroom.announces("a", summary="The harvest was good.")
    newsroom.site.answers("/new.xml", "<rss version='2.0'><channel><title>Wire</title></channel></rss>")
    newsroom.site.redirects("/feed.xml", newsroom.site.url("/new.xml"), 301)

    async def asks(hours: float) -> list[str]:
        before = len(newsroom.site.asked)
        await newsroom.runs(hours * HOUR)
        return [request.path for request in newsroom.site.asked[before:]]

    assert [await asks(hours) for hours in (0, 12, 24)] == [["/feed.xml", "/new.xml"]] * 3
    assert newsroom.subjects == ["The feed Wire has moved"]
    assert await asks(36) == ["/new.xml"]


async def test_a_move_that_is_not_for_good_is_only_followed(newsroom: Newsroom) -> None:
    newsroom.site.answers("/new.xml", "<rss version='2.0'><channel><title>Wire</title></channel></rss>")
    newsroom.site.redirects("/feed.xml", newsroom.site.url("/new.xml"), 302)
    for day in range(4):
        await newsroom.runs(day * 24 * HOUR)
    assert [request.path for request in newsroom.site.asked[-2:]] == ["/feed.xml", "/new.xml"]
    assert newsroom.subjects == []


async def test_the_old_items_of_a_feed_that_is_added_later_are_history(newsroom: Newsroom) -> None:
    newsroom.announces("a", summary="The harvest was good.")
    await newsroom.runs()
    old, new = (LOSSES.format(number) for number in ("3,000", "4,700"))
    items = "".join(
        f"<item><title>Losses</title><link>{newsroom.site.url(path)}</link><pubDate>{format_datetime(when)}</pubDate>"
        f"</item>"
        for path, when in (("/old", NOW - 72 * HOUR), ("/new", NOW - HOUR))
    )
    newsroom.prints("/old", old)
    newsroom.prints("/new", new)
    body = f"<rss version='2.0'><channel><title>Late</title>{items}</channel></rss>"
    newsroom.site.answers("/late.xml", body, Content_Type="application/rss+xml")
    settings = newsroom.config.read_text(encoding="utf-8")
    added = f'[[feed]]\nname = "Late"\nurl = "{newsroom.site.url("/late.xml")}"\n[[watch]]'
    newsroom.config.write_text(settings.replace("[[watch]]", added, 1), encoding="utf-8")
    report = await newsroom.runs(HOUR)
    assert report.counts[ArticleStatus.NEW] == 2
    (subject,) = newsroom.subjects
    assert "3,000" in subject  # as what was known
    assert "4,700" in subject


async def test_a_page_that_is_walled_when_its_entry_changes_keeps_its_figure(newsroom: Newsroom) -> None:
    path = newsroom.announces("a", summary="Fighting went on.")
    newsroom.prints(path, LOSSES.format("3,000"))
    await newsroom.runs()
    for hour, status in enumerate((403, 404, 410), 1):
        newsroom.announces("a", title=f"Losses, {status}", summary="Fighting went on.")
        newsroom.site.answers(path, "no", status=status)
        assert (await newsroom.runs(hour * HOUR)).changes == 0
    assert len(newsroom.subjects) == 1


async def test_a_feed_that_fails_where_it_moved_to_is_asked_at_its_own_address_again(newsroom: Newsroom) -> None:
    newsroom.site.answers("/new.xml", "<rss version='2.0'><channel><title>Wire</title></channel></rss>")
    newsroom.site.redirects("/feed.xml", newsroom.site.url("/new.xml"), 301)
    for hours in (0, 12, 24):
        await newsroom.runs(hours * HOUR)
    newsroom.site.answers("/new.xml", "gone", status=410)
    newsroom.announces("a", summary="The harvest was good.")
    await newsroom.runs(36 * HOUR)
    before = len(newsroom.site.asked)
    assert (await newsroom.runs(90 * HOUR)).feeds.fresh == 1
    assert newsroom.site.asked[before].path == "/feed.xml"
    assert "The feed Wire is gone for good" not in newsroom.subjects


def live(*posts: tuple[int, str]) -> str:
    """A live page whose posts came out at these minutes past eleven."""
    blocks = "".join(
        f"<li><article><time datetime='2025-02-03T11:{minute:02}:00Z'>x</time><p>{text}</p></article></li>"
        for minute, text in posts
    )
    return f"<html><head><title>Live</title></head><body><main><ol>{blocks}</ol></main></body></html>"


async def test_a_post_that_scrolls_off_a_live_page_is_not_taken_back(newsroom: Newsroom) -> None:
    quiet = [
        (minute, f"Nothing new from the front at {minute} past, a spokesman told reporters.") for minute in range(9)
    ]
    path = newsroom.announces("live")
    newsroom.site.answers(path, live((1, LOSSES.format("3,000")), *quiet[2:5]), Content_Type="text/html")
    assert (await newsroom.runs()).changes == 1
    newsroom.site.answers(path, live(*quiet[3:8]), Content_Type="text/html")
    later = await newsroom.runs(HOUR)
    assert (later.changes, later.counts[ArticleStatus.REVISED]) == (0, 1)
    newsroom.site.answers(path, live((0, quiet[0][1]), *quiet[3:8]), Content_Type="text/html")
    assert (await newsroom.runs(2 * HOUR)).changes == 1  # gone from among the others: that was taken back
