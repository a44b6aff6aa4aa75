"""What is read out of the bodies of feeds, good and bad."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.articles import Entry, FeedState
from monitor.errors import SourceError
from monitor.sources.entries import MAX_ENTRIES, parse_feed, read_feed
from monitor.sources.feedbody import fit

STATE = FeedState(name="Example World", url="https://news.example/rss.xml")
TEN = "2025-01-03T10:00:00Z"
ARTICLE = " ".join(f"Sentence {number} of a story about the fighting in the region." for number in range(20))


def rss(items: str, *, head: str = "", declaration: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    namespaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    channel = f"<channel><title>Example</title><link>https://news.example/</link>{head}{items}</channel>"
    return f'{declaration}<rss version="2.0" {namespaces}>{channel}</rss>'


def item(number: int | str = 1, more: str = "", *, guid: str | None = None) -> str:
    guid = f'<guid isPermaLink="false">id-{number}</guid>' if guid is None else guid
    link = f"<link>https://news.example/a/{number}?utm_source=rss</link>"
    return f"<item><title>Item {number}</title>{link}{guid}{more}</item>"


def entries(body: str | bytes, **headers: str) -> list[Entry]:
    raw = body.encode() if isinstance(body, str) else body
    return parse_feed(raw, {name.replace("_", "-"): value for name, value in headers.items()}, STATE)


def kind(body: str | bytes) -> str:
    with pytest.raises(SourceError) as caught:
        entries(body)
    assert caught.value.subject == STATE.url
    return caught.value.kind


def test_an_rss_item_becomes_an_entry() -> None:
    more = "<pubDate>Fri, 03 Jan 2025 10:00:00 GMT</pubDate><description>&lt;p&gt;At least 300.&lt;/p&gt;</description>"
    assert entries(rss(item(1, more))) == [
        Entry(
            feed="Example World",
            key="id-1",
            url="https://news.example/a/1",
            title="Item 1",
            outlet="Example World",
            published_at=datetime(2025, 1, 3, 10, 0, tzinfo=UTC),
            text="At least 300.",
            full_text=False,
            id="id-1",
            link="https://news.example/a/1?utm_source=rss",
        )
    ]


UNREAD = """<author>a@news.example (A. Writer)</author><category>World</category><category/>
    <slash:comments>0</slash:comments><category domain="x"><![CDATA[Asia]]></category><comments>https://news.example/1#c</comments>
    <enclosure url="https://news.example/1.jpg" length="9" type="image/jpeg"/><dc:creator><![CDATA[A. B.]]></dc:creator>
    <media:thumbnail url="https://news.example/1.jpg"/><media:content url="a > b" medium="image"><media:title
    type="plain">A picture</media:title></media:content><itunes:explicit>no</itunes:explicit>"""


def test_what_nobody_reads_is_left_out_and_nothing_else() -> None:
    spaces = "".join(f' xmlns:{name}="https://{name}.example/"' for name in ("media", "slash", "itunes"))
    read = "<source url='https://w.example/rss'>Wire</source><description>Of its &lt;category&gt;.</description>"
    with_all = rss(item(1, UNREAD + read) + item(2)).replace('version="2.0"', f'version="2.0"{spaces}')
    assert entries(with_all) == entries(rss(item(1, read) + item(2)))
    body = fit(with_all.encode(), {}, MAX_ENTRIES)[0]
    assert [
        name for name in ("author", "category>W", "thumbnail", "creator", "enclosure") if f"<{name}" in str(body)
    ] == []
    assert all(f"<{name}" in str(body) for name in ("source", "media:title", "description", "guid", "title", "link"))


@pytest.mark.parametrize("tag", ["comments", "category", "author", "media:text"])
def test_what_looks_unread_inside_an_article_is_part_of_it(tag: str) -> None:
    said = f"<![CDATA[<p>Troops [1]] fell back. <{tag}>At least 3,000 were killed.</{tag}></p>]]>"
    for words in (said, "<![CDATA[<p>It rains.</p>]]>" + said):
        (entry,) = entries(rss(item(1, f"<category>World</category><description>{words}</description>")))
        assert "At least 3,000 were killed." in entry.text
    body = rss(item(1, "<description><![CDATA[<author><name>3,000</name></author>]]></description>")).encode()
    assert fit(body, {}, MAX_ENTRIES)[0] == body


@pytest.mark.parametrize(
    "piece",
    ["<![CDATA[", ">&lt;", ">&lt;<", "&", "&a", "<category>", "<category><![CDATA[", "<author><name>", "<category x='"],
)
def test_unread_elements_without_an_end_cost_no_time(piece: str) -> None:
    started = time.process_time()
    fit(piece.encode() * 200_000, {}, MAX_ENTRIES)
    assert time.process_time() - started < 2


def test_an_atom_entry_with_relative_link_and_html_content() -> None:
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><link href="https://news.example/"/>
        <entry><id>tag:1</id><title type="html">Losses &lt;b&gt;top&lt;/b&gt; 4,000</title><link href="/a/1"/>
        <updated>2025-01-03T19:00:00+09:00</updated><summary>Short.</summary>
        <content type="html">&lt;p&gt;{ARTICLE}&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;</content></entry></feed>"""
    (entry,) = entries(body)
    assert entry.url == "https://news.example/a/1"
    assert entry.published_at == datetime(2025, 1, 3, 10, 0, tzinfo=UTC)
    assert entry.text == f"{ARTICLE}\n\nSecond."
    assert entry.full_text


def test_rdf_and_old_rss_are_feeds_too() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>E</title></channel><item rdf:about="https://news.example/a/1">
        <title>One</title><link>https://news.example/a/1</link><dc:date>2025-01-03T10:00:00Z</dc:date></item></rdf:RDF>"""
    (entry,) = entries(rdf)
    assert (entry.title, entry.published_at) == ("One", datetime(2025, 1, 3, 10, 0, tzinfo=UTC))
    assert entries('<rss version="0.91"><channel><item><title>Old</title></item></channel></rss>')[0].title == "Old"


def test_a_json_feed_is_a_feed() -> None:
    items = [
        {"id": 7, "url": "/a/7", "title": "Seven", "content_html": f"<p>{ARTICLE}</p>", "date_published": TEN},
        {"id": "8", "external_url": "https://other.example/8", "content_text": "3 < 4", "title": None, "tags": 5},
        "no item",
    ]
    seven, eight = entries(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": items}))
    assert (seven.key, seven.url, seven.title, seven.text) == ("7", "https://news.example/a/7", "Seven", ARTICLE)
    assert (seven.full_text, seven.published_at) == (True, datetime(2025, 1, 3, 10, 0, tzinfo=UTC))
    assert (eight.url, eight.title, eight.text) == ("https://other.example/8", "", "3 < 4")
    assert eight.published_at is None
    assert entries('{"version": "https://jsonfeed.org/version/1", "items": []}') == []


@pytest.mark.parametrize(
    "date", ["2026-02-30", "2026-02-30T10:00:00Z", "2026-W47-5", "2026-13-01", "Fri, 20 Nov 2026 10:00:00 +9999"]
)
def test_a_day_or_zone_that_does_not_exist_is_none(date: str) -> None:
    (entry,) = entries(rss(f"<item><title>a</title><pubDate>{date}</pubDate></item>"))
    assert entry.published_at is None


def test_an_empty_channel_is_a_feed_without_entries() -> None:
    assert entries(rss("")) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "empty"),
        (b" \r\n\x00", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<!DOCTYPE html><html><head><title>Oops</title></head><body><p>Moved</p></body></html>", "html"),
        (b"\n<!-- cached --><HTML><body>502 Bad Gateway</body></HTML>", "html"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>Ex', "truncated"),
        (rss(item(1)).encode()[:-80].rpartition(b"</link>")[0], "truncated"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "truncated"),
        (b'{"version": "https://example.org/other", "items": [', "not_a_feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "not_a_feed"),
        (b'{"items": []}', "not_a_feed"),
        (b"{" * 100_000, "not_a_feed"),
        (b"just words", "not_a_feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_feed"),
        (b'<?xml version="1.0"?><urlset><url><loc>https://news.example/</loc></url></urlset>', "not_a_feed"),
    ],
)
def test_what_is_no_feed_is_told_by_kind(body: bytes, expected: str) -> None:
    assert kind(body) == expected


def test_a_body_that_is_a_path_or_an_address_is_never_opened(tmp_path: Path) -> None:
    bait = tmp_path / "bait.xml"
    bait.write_text(rss(item("stolen")))
    for trap in (str(bait), bait.as_uri(), f"  {bait}\n"):
        assert kind(trap) == "not_a_feed"


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    for entry in entries(rss(item(1, "<description>&x;</description>"), declaration=f'<?xml version="1.0"?>{doctype}')):
        assert "hunter2" not in entry.text + entry.title


def test_exploding_entities_cost_nothing() -> None:
    lols = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "lollollol">{lols}]>'
    started = time.process_time()
    entries(rss(item(1, "<description>&l11;</description>"), declaration=f'<?xml version="1.0"?>{doctype}'))
    assert time.process_time() - started < 4


def test_a_truncated_feed_gives_the_entries_that_came_whole() -> None:
    body = rss("".join(item(number, f"<description>{ARTICLE}</description>") for number in range(5))).encode()
    cut = body[: body.rindex(b"Sentence 9")]
    parsed = read_feed(cut, {}, STATE)
    assert [entry.title for entry in parsed.entries] == ["Item 0", "Item 1", "Item 2", "Item 3"]
    assert not parsed.complete
    assert read_feed(body, {}, STATE).complete


@pytest.mark.parametrize(
    ("head", "first", "second", "end"),
    [
        (
            '{"version": "https://jsonfeed.org/version/1.1", "items": [',
            '{"id": "1", "url": "https://news.example/1", "title": "One {"}',
            ', {"id": "2", "url": "https://news.example/2", "title": "Two"}',
            "]}",
        ),
        (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">',
            "<url><loc>https://news.example/1</loc><n:news><n:title>One</n:title></n:news></url>",
            "<url><loc>https://news.example/2</loc><n:news><n:title>Two</n:title></n:news></url>",
            "</urlset>",
        ),
    ],
)
def test_other_kinds_of_feeds_that_break_off_give_what_came_whole(head: str, first: str, second: str, end: str) -> None:
    whole = f"{head}{first}{second}{end}"
    assert len(read_feed(whole.encode(), {}, STATE).entries) == 2
    for at in range(len(head + first), len(head + first + second)):
        parsed = read_feed(whole[:at].encode(), {}, STATE)
        assert ([entry.url for entry in parsed.entries], parsed.complete) == (["https://news.example/1"], False)
    with pytest.raises(SourceError, match="breaks off"):
        read_feed((head + first[:40]).encode(), {}, STATE)


def test_a_malformed_but_finished_feed_is_complete() -> None:
    parsed = read_feed(rss(item(1, "<description>R&D <b>& co</description>")).encode(), {}, STATE)
    assert (len(parsed.entries), parsed.complete) == (1, True)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("iso-8859-1", "Zelenský à Koursk"), ("windows-1251", "Курск"), ("euc-kr", "북한군"), ("utf-16", "北朝鮮")],
)
def test_declared_encodings_are_read(encoding: str, words: str) -> None:
    body = rss(f"<item><title>{words}</title></item>", declaration=f'<?xml version="1.0" encoding="{encoding}"?>')
    assert entries(body.encode(encoding), content_type="application/rss+xml")[0].title == words
    if encoding in {"iso-8859-1", "windows-1251"}:  # sets that any body can be read in: what is UTF-8 is taken for it
        for header in ("application/rss+xml", f"text/xml; charset={encoding}"):
            assert entries(body.encode(), content_type=header)[0].title == words


def test_the_header_names_the_encoding_where_the_body_does_not() -> None:
    body = rss("<item><title>Koursk à midi</title></item>", declaration="").encode("iso-8859-1")
    assert entries(body, content_type="application/xml; charset=iso-8859-1")[0].title == "Koursk à midi"


def test_nuls_and_lone_surrogates_are_gone() -> None:
    (entry,) = entries(
        rss("<item><title>3,0\x0000 dead &#xD800;&#55357; now &#x110000;&#99999999999999;</title></item>")
    )
    assert "\0" not in entry.title
    entry.title.encode()
    assert entry.title.startswith("3,000 dead")


@pytest.mark.parametrize(
    ("date", "hour"),
    [
        ("<pubDate>Fri, 03 Jan 2025 10:00:00 KST</pubDate>", 1),
        ("<pubDate>Fri, 03 Jan 2025 10:00:00 GMT+9</pubDate>", 1),
        ("<pubDate>Fri Jan  3 10:00:00 2025</pubDate>", 10),
        ("<dc:date>2025-01-03T10:00:00+09:00</dc:date>", 1),
    ],
)
def test_dates_that_the_parser_gets_wrong_are_right(date: str, hour: int) -> None:
    assert entries(rss(item(1, date)))[0].published_at == datetime(2025, 1, 3, hour, tzinfo=UTC)


@pytest.mark.parametrize("date", ["", "<pubDate></pubDate>", "<pubDate>today</pubDate>", "<pubDate>9</pubDate>"])
def test_no_date_is_none_and_never_now(date: str) -> None:
    assert entries(rss(item(1, date)))[0].published_at is None


def test_a_later_update_does_not_move_the_publication() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>T</title>
        <published>2025-01-03T10:00:00Z</published><updated>2025-02-03T10:00:00Z</updated></entry></feed>"""
    assert entries(body)[0].published_at == datetime(2025, 1, 3, 10, 0, tzinfo=UTC)


def test_keys_are_the_id_else_the_link_else_a_hash() -> None:
    no_link = "<item><title>Neither</title><pubDate>Fri, 03 Jan 2025 10:00:00 GMT</pubDate></item>"
    body = rss(item(1) + item(2, guid="") + no_link)
    keys = [entry.key for entry in entries(body)]
    assert keys[:2] == ["id-1", "https://news.example/a/2"]
    assert keys[2].startswith("sha256:")
    assert [entry.key for entry in entries(body)] == keys


def test_an_id_that_counts_the_edits_of_its_link_is_not_the_key() -> None:
    first, edited = (entries(rss(item(1, guid=f"<guid>https://news.example/a/1#{edit}</guid>")))[0] for edit in (0, 1))
    assert first.key == edited.key == "https://news.example/a/1"


def test_posts_of_a_live_page_keep_their_own_ids() -> None:
    post = (
        "<item><title>P</title><link>https://news.example/live</link><guid>https://news.example/live#{}</guid></item>"
    )
    keys = [entry.key for entry in entries(rss(post.format("a") + post.format("b")))]
    assert keys == ["https://news.example/live#a", "https://news.example/live#b"]


def test_an_item_without_a_link_has_no_page_to_ask() -> None:
    (entry,) = entries(rss("<item><title>Flash: 300 dead</title></item>"))
    assert entry.full_text
    assert entry.text == "Flash: 300 dead"
    assert entry.url.startswith("https://news.example/rss.xml#sha256:")


def test_an_id_that_repeats_for_other_articles_is_no_key() -> None:
    same = '<guid isPermaLink="false">0</guid>'
    found = entries(rss(item(1, guid=same) + item(2, guid=same) + item(2, guid=same) + item(3)))
    assert [entry.title for entry in found] == ["Item 1", "Item 2", "Item 3"]
    assert len({entry.key for entry in found}) == 3


def test_posts_of_a_live_page_without_ids_share_a_link_and_stay_apart() -> None:
    posts = "".join(f"<item><title>Post {n}</title><link>https://news.example/live</link></item>" for n in range(3))
    assert len({entry.key for entry in entries(rss(posts))}) == 3


def test_huge_ids_are_hashed() -> None:
    (entry,) = entries(rss(item(1, guid=f"<guid isPermaLink='false'>{'x' * 100_000}</guid>")))
    assert entry.key.startswith("sha256:")


@pytest.mark.parametrize(
    ("summary", "content", "full"),
    [
        ("Short.", ARTICLE, True),
        ("", ARTICLE, True),
        (ARTICLE, ARTICLE + " And a bit.", False),
        ("Short.", "Only one paragraph.", False),
        ("Short.", ARTICLE + "…", False),
        ("Short.", ARTICLE + " [...]", False),
        ("Short.", ARTICLE + " Continue reading on our site", False),
        (ARTICLE, "", False),
    ],
)
def test_a_feed_text_is_the_whole_article_only_when_it_looks_so(summary: str, content: str, full: bool) -> None:
    encoded = f"<content:encoded><![CDATA[<p>{content}</p>]]></content:encoded>" if content else ""
    (entry,) = entries(rss(item(1, f"<description>{summary}</description>{encoded}")))
    assert entry.full_text is full


def test_the_blog_footer_is_no_text() -> None:
    footer = "&lt;p&gt;300 dead.&lt;/p&gt;&lt;p&gt;The post 300 dead appeared first on Example.&lt;/p&gt;"
    assert entries(rss(item(1, f"<description>{footer}</description>")))[0].text == "300 dead."


def test_an_aggregator_names_the_outlet_of_each_item() -> None:
    (entry,) = entries(rss(item(1, '<source url="https://other.example">The Other Paper</source>')))
    assert entry.outlet == "The Other Paper"


def test_only_so_many_entries_are_read_and_quickly() -> None:
    body = rss("".join(item(number) for number in range(20_000)))
    started = time.process_time()
    parsed = read_feed(body.encode(), {}, STATE)
    assert time.process_time() - started < 6
    assert len(parsed.entries) == MAX_ENTRIES
    assert parsed.complete
    assert parsed.entries[-1].title == f"Item {MAX_ENTRIES - 1}"


def test_few_bytes_that_are_no_utf8_cost_those_letters_alone() -> None:
    body = rss("<item><title>Потери в Курской области</title><description>Сут@</description></item>").encode()
    assert entries(body.replace(b"@", b"\xd0"))[0].title == "Потери в Курской области"
