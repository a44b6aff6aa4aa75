"""Live blogs are read post by post: the post's own time, exact places in the text, and no other page taken for one."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from monitor.extract.lexicon import load
from monitor.reading import read_claims
from monitor.sources.liveblog import Post, parted, posts_of, written
from monitor.sources.pagetext import read_html
from monitor.store import StoredRevision

URL = "https://news.example/live"
POSTS = [
    (
        "2025-01-08T18:30:00+02:00",
        "Army counts again",
        "The army said that 40 soldiers were killed in Kursk on Monday.",
    ),
    ("2025-01-03T09:00:00Z", "Ministry speaks", "The ministry said that 30 soldiers were killed in Kursk on Monday."),
    ("2024-12-31T22:00:00Z", "Before", "The army said that it has lost more than 900 soldiers in Kursk since summer."),
]
TIMES = ["2024-12-31T22:00Z", "2025-01-03T09:00Z", "2025-01-08T16:30Z"]


def stated(*updates: object, kind: object = "LiveBlogPosting") -> str:
    """A page that states its posts in JSON-LD."""
    block = {"@context": "https://schema.org", "@graph": [{"@type": kind, "liveBlogUpdate": list(updates)}]}
    shown = "".join(f"<p>{text}</p>" for _, _, text in POSTS)
    script = f'<script type="application/ld+json">{json.dumps(block)}</script>'
    return f"<html><head><title>Live</title>{script}</head><body><article>{shown}</article></body></html>"


def update(at: object, title: object, text: object) -> dict[str, object]:
    return {"@type": "BlogPosting", "datePublished": at, "headline": title, "articleBody": text}


def shown(css: str = "post", around: str = "") -> str:
    """A page that only shows its posts."""
    blocks = "".join(
        f'<article class="{css}"><time datetime="{at}">x</time><h2>{title}</h2><p>{text}</p></article>'
        for at, title, text in POSTS
    )
    return f"<html><head><title>Live</title></head><body><main>{around}<div>{blocks}</div></main></body></html>"


def boxed(box: str, when: str, attributes: str = "") -> str:
    """Posts as boxes: `box` is the start of each, `when` its time; `{at}` stands for it, `{ms}` for milliseconds."""
    blocks = "".join(
        f"{box}{when}<h3>{title}</h3><div><p>{text}</p></div></{box[1:].split(maxsplit=1)[0]}>".replace(
            "{at}", at
        ).replace("{ms}", str(int(datetime.fromisoformat(at).timestamp() * 1000)))
        for at, title, text in POSTS
    )
    return f"<html><head><title>Live</title></head><body><main><div {attributes}>{blocks}</div></main></body></html>"


LIVE = 'itemscope itemtype="https://schema.org/LiveBlogPosting"'


def text_of(page: str) -> str:
    return read_html(page.encode(), {"content-type": "text/html; charset=utf-8"}, URL).text


@pytest.mark.parametrize(
    "page",
    [
        stated(*(update(*post) for post in POSTS)),
        shown(),
        re.sub("(<article.*?</article>)", r"<li><div>\1</div></li>", shown()),
        stated(*({**update(at, title, None), "text": f"<p>{text}</p>"} for at, title, text in POSTS)),
        stated(*(update(*post) for post in POSTS))
        .replace('"@graph": [', '"@type": "WebPage", "mainEntity": ', 1)
        .replace("}]}</s", "}}</s"),
        boxed(
            "<div class='liveblog-entry liveblog-type-x'>",
            "<span class='liveblog-meta-time'><time datetime='{at}'>x</time></span>",
        ),
        boxed("<div class='live-blog__post' data-timestamp='{ms}'>", "<span>x</span>"),
        boxed("<li class='c-timeline__item'>", "<time datetime='{at}'>x</time>"),
        boxed(
            "<div itemprop='liveBlogUpdate' itemtype='https://schema.org/BlogPosting'>",
            "<meta itemprop='datePublished' content='{at}'>",
            LIVE,
        ),
        boxed("<div class='post' id='p'>", "<time datetime='{at}'>x</time>", "id='liveblog-body'"),
        re.sub("<h2>(.*?)</h2>", r"<h2><a href='/live?post=1#x'>\1</a></h2>", shown()),
        boxed("<section class='live-update-card'>", "<abbr>x</abbr><b data-published='{at}'></b>"),
    ],
    ids=[
        "stated",
        "shown",
        "shown in a list",
        "stated as texts",
        "stated below its page",
        "WordPress",
        "a time for programs",
        "a time line",
        "microdata",
        "a post in a live blog",
        "headings that link to their post",
        "cards",
    ],
)
def test_each_post_stands_below_its_time(page: str) -> None:
    assert text_of(page) == "\n\n".join(
        f"[{at}]\n\n{title}\n\n{text}" for at, (_, title, text) in zip(TIMES, reversed(POSTS), strict=True)
    )


def test_figures_have_the_day_and_the_place_of_their_post() -> None:
    text = text_of(stated(*(update(*post) for post in POSTS)))
    revision = StoredRevision(
        id=1,
        article_id=1,
        number=1,
        baseline=False,
        url=URL,
        title="Live: 30 soldiers killed, says the ministry",
        outlet="Example",
        published_at=datetime(2024, 12, 31, tzinfo=UTC),
        fetched_at=datetime(2025, 1, 9, tzinfo=UTC),
        text=text,
        text_sha256="0" * 64,
    )
    claims, language = read_claims(revision, load())
    assert language == "en"
    assert {text[one.figure.start : one.figure.end]: (one.figure.as_of, one.said_at) for one in claims} == {
        "40": (date(2025, 1, 6), datetime(2025, 1, 8, 16, 30, tzinfo=UTC)),
        "30": (date(2024, 12, 30), datetime(2025, 1, 3, 9, tzinfo=UTC)),
        "more than 900": (None, datetime(2024, 12, 31, 22, tzinfo=UTC)),
    }
    undated = next(one for one in claims if one.figure.as_of is None)
    assert undated.as_of.at == undated.said_at
    for one in claims:
        figure = one.figure
        assert text[figure.quote_start :].startswith(figure.quote)


def test_what_is_written_is_parted_at_its_exact_places() -> None:
    posts = [Post(datetime(2025, 1, day, tzinfo=UTC), f"Post {day}.\n\nMore of it.") for day in (3, 2, 1)]
    text = written(posts)
    assert [(part.at, part.text) for part in parted(text)] == [(post.at, post.text) for post in posts]
    assert all(text[part.start :].startswith(part.text) for part in parted(text))


@pytest.mark.parametrize(
    "text", ["", "Words.", "[2025-01-03T10:00Z]\n\nOnce.", "A.\n\n" + "[2025-01-03T10:00Z]\n\nx\n\n" * 4]
)
def test_other_texts_are_not_parted(text: str) -> None:
    assert parted(text) == []


@pytest.mark.parametrize(
    "page",
    [
        stated(*(update(*post) for post in POSTS[:2])),
        stated(*(update(*post) for post in POSTS), kind="NewsArticle"),
        stated(None, 7, {}, update(5, [], {}), update("soon", "a", "b"), update("2025-01-03", "a", None)),
        shown(css="comment-body"),
        re.sub("<h2>(.*?)</h2>", lambda found: f"<h2><a href='/{found.start()}'>{found[1]}</a></h2>", shown()),
        shown(around="<article><h1>Losses</h1>" + f"<p>{'A long report that stands above other ones. ' * 9}</p>" * 3
              + "</article>"),
    ],
    ids=["two posts", "an article", "nonsense", "comments", "headlines", "teasers below an article"],
)  # fmt: skip
def test_other_pages_are_read_as_one(page: str) -> None:
    assert not text_of(page).startswith("[")


def test_a_page_of_a_hundred_thousand_blocks_costs_little() -> None:
    from lxml import html  # type: ignore[import-untyped,unused-ignore]

    tree = html.document_fromstring("<div>" + "<article><time datetime='2025-01-03'></time>x</article>" * 20_000)
    assert posts_of(tree, "x") == []
