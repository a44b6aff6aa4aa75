"""The figures' pages, as a browser and as a program ask for them."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from webkit import NOW, publish, told

from monitor.domain.articles import Entry
from monitor.domain.quantities import Qualifier, Quantity
from monitor.pipeline import Monitor
from monitor.web.app import create_app
from monitor.web.chart import Point, chart

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202etxt {{ 70371*7 }}'
SETTINGS = """
[store]
url = "sqlite:///monitor.db"
[server]
timezone = "Europe/Kyiv"
[[watch]]
name = "koreans & others/all"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
"""
TEXTS = [
    ("a", "More than 3,000 North Korean soldiers have been killed or wounded in Kursk, President Zelensky said."),
    ("b", "4,700 North Korean soldiers have been killed or wounded in Kursk, President Zelensky said on Monday."),
    ("c", "South Korea's spy agency said about 4,700 North Korean soldiers had been killed or wounded in Kursk."),
    ("d", "Perhaps 90 North Korean soldiers are missing in Kursk."),
]


@pytest.fixture(scope="module")
def monitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitor]:
    config: Path = tmp_path_factory.mktemp("pages") / "monitor.toml"
    config.write_text(SETTINGS, encoding="utf-8")
    with Monitor.open(config) as monitor:
        for number, (name, text) in enumerate(TEXTS):
            now = NOW + timedelta(days=number)
            entry = Entry(
                feed="wire",
                key=name,
                url=f"https://wire.example.org/{name}" if name != "b" else "javascript:alert(3)",
                title=f"Fighting {EVIL}",
                outlet=f"The Wire {EVIL}",
                published_at=now,
                text=f"{text}\n{EVIL}",
                full_text=True,
            )
            publish(monitor, entry, now)
        yield monitor


@pytest.fixture(scope="module")
def client(monitor: Monitor) -> TestClient:
    return TestClient(create_app(monitor.settings, monitor.store))


def links(body: str) -> set[str]:
    return {one.partition("?")[0] for one in re.findall(r'href="(/[^"]*)"', body)}


def test_every_page_is_reached_from_the_first_and_nothing_of_a_feed_is_markup(client: TestClient) -> None:
    seen: set[str] = set()
    waiting = {"/"}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        scripts = "" if path.endswith(".svg") else "script-src 'self'; "
        assert answer.headers["Content-Security-Policy"].startswith(f"default-src 'none'; {scripts}style-src ")
        body = answer.text
        if answer.headers["content-type"].startswith(("text/html", "image/svg")):
            ours = 0 if path.endswith(".svg") else 1
            assert body.count('<script src="/static/times.js" defer></script>') == body.count("<script") == ours, path
            assert not re.search(r"\d UTC", re.sub(r'<time class="at".*?</time>', "", body)), path
            assert "<img" not in body, path
            assert "\u202e" not in body, path
            assert "492597" not in body, path  # as a template would reckon it
            assert len(body) < 100_000, path
            waiting |= links(body) - seen
    kinds = {re.sub(r"/[0-9a-z]*\d[0-9a-z]*", "/ID", path) for path in seen}
    wanted = {"/", "/figures", "/changes", "/articles", "/feeds", "/review", "/series/ID", "/series/ID.svg"}
    assert kinds >= {*wanted, "/changes/ID", "/claims/ID", "/articles/ID", "/export/figures.csv", "/static/style.css"}
    script = client.get("/static/times.js")
    assert (script.status_code, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")


def test_the_overview_says_what_is_known(client: TestClient) -> None:
    body = client.get("/").text
    assert "North Korean casualties" in body
    assert "4,700" in body
    assert "koreans &amp; others/all" in body


def test_a_change_shows_before_and_after_and_the_figure_in_its_paragraph(client: TestClient) -> None:
    (line,) = [one for one in client.get("/api/v1/changes").json()["changes"] if one["kind"] == "raised"]
    body = client.get(f"/changes/{line['id']}").text
    assert re.search(r"more than 3,000.*→.*<strong>4,700</strong>", body, re.DOTALL)
    assert re.search(r"<mark><a href=\"/claims/\w+\">4,700</a></mark>", body)
    assert "javascript:" not in body
    assert "Later:" not in body  # it is the newest of its party
    assert "EET" in body  # the settings' zone, and UTC beside it
    assert "UTC" in body


def test_a_series_has_a_chart_with_a_line_for_each_party(client: TestClient) -> None:
    (found,) = client.get("/api/v1/figures", params={"measure": "casualties"}).json()["figures"]
    body = client.get(f"/series/{found['id']}").text
    assert body.count('class="line"') == 2
    assert body.count("<title>") == 1 + 3  # of the page, and of each mark
    assert "monitor mute add &#39;koreans &amp; others/all&#39; --series" in body
    picture = ET.fromstring(client.get(f"/series/{found['id']}.svg").text)
    assert picture.tag.endswith("svg")


def test_the_article_marks_its_figures(client: TestClient) -> None:
    body = client.get("/articles/1").text
    assert "<mark><a" in body
    assert "More than 3,000" in body


def test_lists_are_narrowed_and_go_on(client: TestClient) -> None:
    every = client.get("/api/v1/changes").json()["changes"]
    pages, after = [], None
    while True:
        answer = client.get("/api/v1/changes", params={"limit": 1} | ({"after": after} if after else {})).json()
        pages += answer["changes"]
        after = answer["after"]
        if after is None:
            break
    assert [one["id"] for one in pages] == [one["id"] for one in every]
    assert client.get("/api/v1/changes", params={"kind": "withdrawn"}).json()["changes"] == []
    assert "None." in client.get("/changes", params={"place": "Mars"}).text
    assert client.get("/changes", params={"watch": "", "measure": "", "kind": ""}).status_code == 200


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/figures")
    again = client.get("/api/v1/figures", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_feeds_of_changes_are_well_formed_and_hold_text_alone(client: TestClient) -> None:
    answer = client.get("/watches/koreans & others/all/changes.atom")
    root = ET.fromstring(answer.content)
    assert client.head("/").status_code == 200
    assert client.head("/").content == b""
    assert client.head("/claims/c0/verdict").status_code == 405
    name = "{http://www.w3.org/2005/Atom}"
    assert len(root.findall(f"{name}entry")) == len(client.get("/api/v1/changes").json()["changes"])
    (own,) = [one.get("href", "") for one in root.findall(f"{name}link")]
    assert client.get(own).content == answer.content
    feed = client.get("/watches/koreans & others/all/changes.json").json()
    assert "4,700" in json.dumps(feed, ensure_ascii=False)
    assert client.get("/watches/nobody/changes.atom").status_code == 404


def test_tables_run_nothing_in_a_spreadsheet(client: TestClient) -> None:
    for name in ("figures", "changes"):
        rows = list(csv.DictReader(io.StringIO(client.get(f"/export/{name}.csv").text)))
        assert rows
        assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/series/s00000000000000000000", 404),
        ("/changes/x0", 404),
        ("/claims/c0", 404),
        ("/articles/999999", 404),
        ("/articles/abc", 422),
        ("/nowhere", 404),
        ("/static/../app.py", 404),
        ("/static/base.html", 404),
        ("/changes?after=%FF", 422),
        ("/changes?after=MTIz", 422),
        ("/changes?measure=loved", 422),
        ("/changes?watch=nobody", 404),
        ("/figures?watch=nobody", 404),
        ("/api/v1/figures?watch=nobody", 404),
        ("/export/changes.csv?watch=nobody", 404),
        ("/articles?status=loved", 422),
        ("/articles?since=2025-02-02&until=2025-02-01", 422),
        ("/articles?after=99999999999", 422),
        ("/feeds?state=loved", 422),
        ("/review?from=-1", 422),
        ("/api/v1/claims?after=%FF", 422),
        ("/api/v1/claims?after=OTk5OTk5OTk5OTk5OSBj", 422),
        ("/api/v1/claims/c0", 404),
        ("/api/v1/changes/x0", 404),
        ("/api/v1/articles/999999", 404),
        ("/api/v1/changes?limit=0", 422),
        ("/api/v1/changes?limit=99999", 422),
        ("/api/v1/series/nothing", 404),
        ("/series/x?before=abc", 422),
    ],
)
def test_bad_input_has_a_clear_page_and_the_right_status(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    kind = "application/problem+json" if path.startswith(("/api/", "/export/")) else "text/html"
    assert answer.headers["content-type"].startswith(kind)


def test_nothing_is_written_by_a_page(client: TestClient) -> None:
    for path in ("/", "/changes", "/review", "/api/v1/figures"):
        assert client.post(path).status_code == 405


def test_words_around_a_marked_figure_keep_their_spaces(client: TestClient) -> None:
    (line,) = [one for one in client.get("/api/v1/changes").json()["changes"] if one["kind"] == "raised"]
    body = client.get(f"/articles/{2}").text
    assert re.search(r">4,700</a></mark> North Korean", body)
    assert line["title"] == "North Korean casualties"
    assert line["headline"].startswith("Fighting")


def test_a_card_tells_the_figure_now_its_course_and_its_last_change(client: TestClient) -> None:
    body = client.get("/figures", params={"measure": "casualties"}).text
    assert re.search(r'<strong class="now">about 4,700</strong>.*South Korea', body, re.DOTALL)
    assert 'aria-label="from more than 3,000 (3 Feb 2025) to about 4,700 (5 Feb 2025)"' in body
    assert re.search(r"Last change: .*raised", body)


def test_an_edited_article_shows_what_was_edited(monitor: Monitor, tmp_path: Path) -> None:
    config = tmp_path / "monitor.toml"
    config.write_text(SETTINGS, encoding="utf-8")
    with Monitor.open(config) as fresh:
        for number, count in enumerate(("5,400", "5,900")):
            now = NOW + timedelta(days=number)
            text = f"Kyiv said {count} North Korean soldiers had been killed or wounded in Kursk."
            url = "https://wire.example.org/edited"
            entry = Entry(
                feed="w", key=url, url=url, title="Toll", outlet="W", published_at=NOW, text=text, full_text=True
            )
            publish(fresh, entry, now)
        client = TestClient(create_app(fresh.settings, fresh.store))
        (line,) = [one for one in client.get("/api/v1/changes").json()["changes"] if one["kind"] == "corrected"]
        assert "<del>5,400</del> <ins>5,900</ins>" in client.get(f"/changes/{line['id']}").text
        assert re.findall(r'class="hollow[^"]*"', client.get(f"/series/{line['series']}").text) == ['class="hollow"']


def test_a_text_without_an_outlet_goes_by_its_title(tmp_path: Path) -> None:
    with told(tmp_path, texts=[]) as monitor:
        entry = Entry(
            feed="own",
            key="one",
            url="",
            title="Seoul counts",
            outlet="",
            published_at=NOW,
            text=TEXTS[0][1],
            full_text=True,
        )
        publish(monitor, entry, NOW)
        (line,) = monitor.store.changes()
        page = TestClient(create_app(monitor.settings, monitor.store)).get(f"/changes/{line.change.id}").text
    assert re.search(r"<p>\s*“Seoul counts”", page)


def test_a_slip_that_later_news_settles_is_hollow_and_off_the_line(tmp_path: Path) -> None:
    said = "Ukraine said {} North Korean soldiers had been killed or wounded in Kursk since the autumn."
    with told(tmp_path, texts=[said.format(count) for count in ("4,606", "474", "4,818")]) as fresh:
        client = TestClient(create_app(fresh.settings, fresh.store))
        first, slip, last = client.get("/api/v1/changes").json()["changes"][::-1]
        assert slip["check"]
        assert f'Later: <a href="/changes/{last["id"]}">' in client.get(f"/changes/{slip['id']}").text
        assert (last["kind"], last["before"]) == ("corrected", "474")
        page = client.get(f"/series/{first['series']}").text
        assert "lowered, a slip (“please check”), settled by later news" in page
        assert (page.count('class="hollow"'), page.count('class="mark"')) == (1, 2)
        (path,) = re.findall(r'class="line" d="([^"]*)"', page)
        assert path.count("V") == 1
        card = client.get("/figures").text
        assert re.search(r"Last change: .*corrected.*</strong></a>, Ukraine, ", card, re.DOTALL)
        assert (card.count('class="hollow"'), card.count("from 4,606 (3 Feb 2025) to 4,818")) == (1, 1)


def test_what_stands_runs_to_the_edge_and_what_it_hides_is_a_ring_around_it() -> None:
    def point(party: str, day: int, number: int, *, hollow: bool = False) -> Point:
        return Point(party, date(2025, 2, day), Quantity(number, number, Qualifier.EXACT), hollow)

    drawn = chart([point("A", 1, 90), point("A", 1, 91, hollow=True), point("A", 3, 9, hollow=True), point("B", 5, 80)])
    assert drawn is not None
    one, other = drawn.lines
    assert [(mark.hollow, mark.around) for mark in one.marks] == [(True, True), (True, False), (False, False)]
    assert (one.rest.endswith(f"H{drawn.right}"), other.rest) == (True, "")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"subject": "north korea", "since": "2025-02-03", "until": "2025-02-04"}, True),
        ({"until": "2025-02-02"}, False),
        ({"since": "2030-01-01"}, False),
        ({"since": "0001-01-01", "until": "9999-12-31"}, True),
        ({"outlet": "nobody"}, False),
        ({"subject": "%"}, False),
        ({"party": "ukraine"}, True),
        ({"place": "Mars"}, False),
        ({"place": "the Kursk region"}, True),  # a theatre of the watch, as a whole
        ({"place": "Avdiivka"}, False),
    ],
)
def test_changes_are_found_by_subject_outlet_and_day(client: TestClient, wanted: dict[str, str], found: bool) -> None:
    assert bool(client.get("/api/v1/changes", params=wanted).json()["changes"]) is found
    assert client.get("/changes", params=wanted).status_code == 200
    assert client.get("/export/changes.csv", params=wanted).status_code == 200


ODD = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.dates().map(str),
    st.sampled_from(
        ["NaN", "\0", "%", "_", "'", "9" * 400, "9999-12-31", "OTk5OS0xMi0zMVQyMzo1OTo1OS0yMzo1OSB4", "a" * 5_000]
    ),
)
ROUTES = (
    "/", "/figures", "/changes", "/articles", "/feeds", "/review", "/series/{}", "/series/{}.svg", "/changes/{}",
    "/claims/{}", "/articles/{}", "/static/{}", "/watches/{}/changes.atom", "/watches/{}/changes.{}",
    "/api/v1/figures", "/api/v1/changes", "/api/v1/series/{}", "/api/v1/feeds", "/export/figures.csv",
    "/export/changes.csv", "/openapi.json",
)  # fmt: skip
NAMES = (
    "watch",
    "subject",
    "measure",
    "party",
    "place",
    "kind",
    "outlet",
    "since",
    "until",
    "after",
    "before",
    "limit",
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(route=st.sampled_from(ROUTES), part=ODD, asked=st.dictionaries(st.sampled_from(NAMES), ODD, max_size=3))
def test_whatever_is_asked_for_is_no_fault_of_the_server(
    client: TestClient, route: str, part: str, asked: dict[str, str]
) -> None:
    path = route.replace("{}", quote(part, safe=""))
    answer = client.get(path, params=asked)
    assert answer.status_code < 500, (path, asked)
