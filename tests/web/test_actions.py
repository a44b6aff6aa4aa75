"""Verdicts and mutes on the pages: who may give them, what becomes of them, and what happens when two people do."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from webkit import NOW, told

from monitor.alerts.messages import series_id
from monitor.domain.series import Anchor
from monitor.errors import ConfigError
from monitor.pipeline import Monitor
from monitor.settings import load_settings
from monitor.store import DoubtLine
from monitor.web import actions, waiting
from monitor.web import desk as desks
from monitor.web.app import create_app
from monitor.web.passwords import VARIABLE, Password, operator_password
from monitor.web.sent import own_path
from monitor.web.sessions import FORM, SESSION, SPAN, TRIES, Sessions, Tries, Visitor
from monitor.web.waiting import LOOKED_THROUGH, ON_A_PAGE, Doubted, Waiting

WORDS = "correct horse battery"
PASSWORD = Password.of(WORDS)


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[Monitor]:
    with told(tmp_path) as monitor:
        yield monitor


def browser(monitor: Monitor, base: str = "http://testserver", **options: object) -> TestClient:
    """One that follows no redirects, of an application of its own."""
    app = create_app(monitor.settings, monitor.store, password=PASSWORD)
    return TestClient(app, base_url=base, follow_redirects=False, **options)


def another(client: TestClient) -> TestClient:
    """Somebody else's browser, at the same application."""
    return TestClient(client.app, follow_redirects=False)


def logged_in(client: TestClient, name: str = "Ada") -> TestClient:
    answer = client.post("/login", data={"name": name, "password": WORDS, "next": "/review"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    return client


def form_of(page: Response, action: str) -> dict[str, str]:
    """The fields of a form as they stand in a page, without its buttons."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page.text, re.DOTALL)
    assert found is not None, page.text
    inputs = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", found[0])]
    fields = {one["name"]: unescape(one.get("value", "")) for one in inputs}
    chosen = r'<select name="(\w+)">(?:(?!</select>).)*?<option value="(\w+)" selected'
    return fields | dict(re.findall(chosen, found[0], re.DOTALL))


def muting(client: TestClient) -> tuple[str, str, dict[str, str]]:
    """The series of casualties, where it is muted, and the form for that on its page."""
    (name,) = {one["id"] for one in client.get("/api/v1/figures?measure=casualties").json()["figures"]}
    path = f"/series/{name}/mute"
    return name, path, form_of(client.get(f"/series/{name}"), path)


def raised(monitor: Monitor) -> tuple[str, str]:
    """The change from 3,000 to 4,700 and its claim."""
    (line,) = [one for one in monitor.store.changes() if one.change.kind == "raised"]
    return line.change.id, line.change.claim_id


def judge(client: TestClient, claim: str, verdict: str, **fields: str) -> Response:
    """Opens the claim's page, fills its form in and sends it."""
    form = form_of(client.get(f"/claims/{claim}"), f"/claims/{claim}/verdict")
    return client.post(f"/claims/{claim}/verdict", data=form | fields | {"verdict": verdict})


def test_without_a_password_pages_are_read_only_and_say_so(monitor: Monitor) -> None:
    client = TestClient(create_app(monitor.settings, monitor.store))
    _, claim = raised(monitor)
    for path in ("/review", f"/claims/{claim}"):
        assert "no operator’s password is set" in client.get(path).text
        assert "<form" not in client.get(path).text
    assert "Log in" not in client.get("/").text
    for path in ("/login", f"/claims/{claim}/verdict", "/mutes/1/end"):
        answer = client.post(path, data={"why": "x"})
        assert answer.status_code == 403
        assert "for reading" in answer.text


def test_a_rejection_is_kept_with_who_and_why_and_its_correction_waits_in_the_outbox(
    monitor: Monitor, caplog: pytest.LogCaptureFixture
) -> None:
    change, claim = raised(monitor)
    client = logged_in(browser(monitor))
    page = client.get(f"/changes/{change}")
    assert page.headers["cache-control"] == "no-store"
    form = form_of(page, f"/claims/{claim}/verdict")
    with caplog.at_level(logging.INFO, "monitor.web"):
        answer = client.post(f"/claims/{claim}/verdict", data=form | {"verdict": "rejected", "why": "an age"})
    assert answer.status_code == 200
    (correction,) = re.findall(r'href="/changes/(x?\w+)"', answer.text)
    (verdict,) = monitor.store.claim(claim).verdicts  # type: ignore[union-attr]
    assert (verdict.verdict, verdict.who, verdict.why) == ("rejected", "Ada", "an age")
    assert monitor.store.deliveries()[0].change_ids == (correction,)
    assert f"Ada: claim {claim} rejected: an age" in caplog.text
    assert "rejected by Ada" in client.get(f"/claims/{claim}").text
    series = monitor.store.change(change).change.series  # type: ignore[union-attr]
    page = client.get(f"/series/{series_id(series)}").text
    assert "raised, rejected by Ada: an age" in page
    assert len(re.findall('class="hollow"', page)) == 1
    stated = client.get(f"/api/v1/series/{series_id(series)}").json()["claims"]
    assert [one["gone"] for one in stated if one["claim"] == claim] == ["rejected by Ada: an age"]


def test_an_edit_changes_what_was_changed_in_the_form_and_nothing_else(monitor: Monitor) -> None:
    _, claim = raised(monitor)
    client = logged_in(browser(monitor))
    before = monitor.store.claim(claim).claim.figure  # type: ignore[union-attr]
    answer = judge(client, claim, "edited", low="4,900", place="Mordor", why="a slip of ours")
    assert answer.status_code == 200
    assert "Mordor" in answer.text  # which no lexicon knows
    detail = monitor.store.claim(claim)
    assert detail is not None
    assert (detail.claim.figure.quantity.low, detail.claim.figure.quantity.high) == (4900, 4900)
    assert set(detail.verdicts[0].edits) == {"quantity", "place"}
    assert (detail.claim.figure.measure, detail.claim.figure.subject) == (before.measure, before.subject)


@pytest.mark.parametrize(
    ("verdict", "fields", "said"),
    [
        ("rejected", {"why": " "}, "give a reason"),
        ("rejected", {"why": "x" * 501}, "at most 500"),
        ("loved", {"why": "x"}, "press one of the buttons"),
        ("edited", {"why": "x"}, "changed none"),
        ("edited", {"why": "x", "low": "4.7k"}, "no whole number"),
        ("edited", {"why": "x", "low": "9" * 30}, "more than any count"),
        ("edited", {"why": "x", "as_of": "2999-01-01"}, "yet to come"),
        ("edited", {"why": "x", "as_of": "soon"}, "soon"),
        ("edited", {"why": "x", "qualifier": "range"}, "two numbers"),
        ("edited", {"why": "x", "window_days": "0"}, "a period of 0 days"),
    ],
)
def test_words_that_mean_nothing_come_back_in_the_form(
    shared: tuple[Monitor, TestClient], verdict: str, fields: dict[str, str], said: str
) -> None:
    monitor, client = shared
    _, claim = raised(monitor)
    answer = judge(client, claim, verdict, **fields)
    assert answer.status_code == 422
    assert said in answer.text
    again = form_of(answer, f"/claims/{claim}/verdict")
    assert fields.items() <= again.items()
    assert monitor.store.claim(claim).verdicts == ()  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Monitor, TestClient]]:
    """For what changes nothing."""
    with told(tmp_path_factory.mktemp("shared")) as monitor:
        yield monitor, logged_in(browser(monitor))


def test_of_two_people_the_second_is_told_what_the_first_did_and_loses_nothing(monitor: Monitor) -> None:
    _, claim = raised(monitor)
    ada = logged_in(browser(monitor))
    ben = logged_in(another(ada), "Ben")
    path = f"/claims/{claim}/verdict"
    mine = form_of(ben.get(f"/claims/{claim}"), path) | {"why": "Kyiv said 4,800", "party": "South Korea"}
    assert judge(ada, claim, "edited", low="4,750", why="heard it").status_code == 200
    answer = ben.post(path, data=mine | {"verdict": "edited"})
    assert answer.status_code == 409
    assert "The last verdict is by Ada (edited): heard it" in answer.text
    assert "edited by Ada" in answer.text
    again = form_of(answer, path)
    assert (again["why"], again["party"], again["low"]) == ("Kyiv said 4,800", "South Korea", "4750")
    assert ben.post(path, data=again | {"verdict": "edited"}).status_code == 200
    detail = monitor.store.claim(claim)
    assert detail is not None
    assert [(one.who, set(one.edits)) for one in detail.verdicts] == [("Ada", {"quantity"}), ("Ben", {"claimants"})]
    assert detail.claim.figure.quantity.low == 4750


def test_a_form_is_taken_from_who_opened_it_and_from_our_pages_alone(shared: tuple[Monitor, TestClient]) -> None:
    monitor, client = shared
    _, claim = raised(monitor)
    path = f"/claims/{claim}/verdict"
    form = form_of(client.get(f"/claims/{claim}"), path) | {"why": "typed at length", "verdict": "rejected"}
    other = logged_in(another(client), "Eve")
    stolen = other.post(path, data=form)
    missing = client.post(path, data=form | {"token": ""})
    nonsense = client.post(path, data=form | {"token": "1٣.ä"})
    for answer in (stolen, missing, nonsense):
        assert answer.status_code == 403
        assert form_of(answer, path)["why"] == "typed at length"
    foreign = client.post(path, data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert "another site" in foreign.text
    assert client.post(path, json=form).status_code == 415
    assert client.post(path, data=form | {"why": "x" * 70_000}).status_code == 413
    gone = another(client).post(path, data=form)
    assert gone.status_code == 401
    assert "typed at length" in gone.text
    assert form["token"] not in gone.text
    assert client.post("/claims/nothing/verdict", data=form).status_code == 404
    assert monitor.store.claim(claim).verdicts == ()  # type: ignore[union-attr]


def test_logging_out_ends_the_session_for_whoever_has_its_cookie(monitor: Monitor) -> None:
    client = logged_in(browser(monitor))
    kept = dict(client.cookies)
    token = form_of(client.get("/"), "/logout")["token"]
    assert client.post("/logout", data={"token": "x"}).status_code == 403
    assert client.post("/logout", data={"token": token}).status_code == 303
    assert "Log out" not in client.get("/").text
    client.cookies.update(kept)
    assert "Log out" not in client.get("/").text


def test_cookies_are_for_this_site_and_over_https_for_nothing_else(monitor: Monitor) -> None:
    for base, secure in (("http://testserver", False), ("https://testserver", True)):
        answer = browser(monitor, base).post("/login", data={"name": "Ada", "password": WORDS})
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert ("; Secure" in cookie) is secure
        assert cookie.startswith("__Host-") is secure


def test_wrong_passwords_are_heard_a_few_times_only(monitor: Monitor, caplog: pytest.LogCaptureFixture) -> None:
    client = browser(monitor)
    wrong = {"name": "Ada", "password": "wrong one", "next": "//evil.example"}
    for _ in range(TRIES):
        answer = client.post("/login", data=wrong)
        assert answer.status_code == 401
        assert 'value="Ada"' in answer.text
    answer = client.post("/login", data=wrong | {"password": WORDS})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= SPAN
    assert "wrong one" not in caplog.text
    assert "evil" not in answer.text


def test_a_series_is_muted_and_heard_again(monitor: Monitor) -> None:
    client = logged_in(browser(monitor))
    name, path, form = muting(client)
    for until, status in (("yesterday", 422), ("2020-01-01", 422), ("2999-01-01", 303)):
        answer = client.post(path, data=form | {"why": "too many", "until": until})
        assert answer.status_code == status
    (mute,) = monitor.store.list_mutes(NOW + timedelta(days=900))
    assert (mute.series, mute.who, mute.why) == (name, "Ada", "too many")
    second = client.post(path, data=form | {"why": "me too", "until": ""})
    assert second.status_code == 409
    assert "Ada: too many" in second.text
    assert "me too" in second.text
    token = form_of(client.get(f"/series/{name}"), f"/mutes/{mute.id}/end")
    assert client.post(f"/mutes/{mute.id}/end", data=token).status_code == 303
    assert client.post(f"/mutes/{mute.id}/end", data=token).status_code == 404
    assert monitor.store.list_mutes(NOW) == []


def test_a_mute_lasts_to_the_end_of_its_day_where_the_readers_are(monitor: Monitor) -> None:
    client = logged_in(browser(monitor))
    _, path, form = muting(client)
    form |= {"why": "too many"}
    assert client.post(path, data=form | {"until": "9999-12-31"}).status_code == 422
    assert client.post(path, data=form | {"until": "2999-01-01"}).status_code == 303
    (mute,) = monitor.store.list_mutes(NOW)
    assert mute.until == datetime(2999, 1, 1, 22, tzinfo=UTC)  # midnight in Kyiv


def test_a_mute_that_somebody_gives_while_the_form_is_read_is_not_doubled(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = logged_in(browser(monitor))
    name, path, form = muting(client)
    form |= {"why": "too many"}

    def meanwhile(_: object) -> str:
        monitor.store.add_mute("koreans", series=name, until=None, who="Ben", why="first", now=NOW)
        return "too many"

    monkeypatch.setattr(actions, "_reason", meanwhile)
    answer = client.post(path, data=form)
    assert answer.status_code == 409
    assert "Ben: first" in answer.text
    assert [mute.who for mute in monitor.store.list_mutes(NOW)] == ["Ben"]


@pytest.mark.parametrize(
    ("peer", "headers", "known"),
    [
        ("10.1.2.3", [("X-User", "Ada")], True),
        ("10.1.2.3", [("X-User", "Ada"), ("X-Forwarded-For", "8.8.8.8")], True),
        ("8.8.8.8", [("X-User", "Ada")], False),
        ("8.8.8.8", [("X-User", "Ada"), ("X-Forwarded-For", "10.1.2.3")], False),
        ("10.1.2.3", [("X-User", "Mallory"), ("X-User", "Ada")], False),
        ("10.1.2.3", [], False),
    ],
)
def test_a_proxys_word_counts_from_its_address_alone(
    tmp_path: Path, peer: str, headers: list[tuple[str, str]], known: bool
) -> None:
    with told(tmp_path, 'user_header = "X-User"\nproxies = "10.0.0.0/8"\n', texts=[]) as monitor:
        client = TestClient(create_app(monitor.settings, monitor.store), client=(peer, 1))
        page = client.get("/", headers=headers)
        assert ('<p class="who">Ada</p>' in page.text) is known
        assert "Mallory" not in page.text
        assert "Log out" not in page.text


def test_a_name_from_a_proxy_keeps_its_letters(tmp_path: Path) -> None:
    with told(tmp_path, 'user_header = "X-User"\nproxies = "10.0.0.0/8"\n', texts=[]) as monitor:
        client = TestClient(create_app(monitor.settings, monitor.store), client=("10.1.2.3", 1))
        page = client.get("/", headers=[(b"X-User", "José".encode())])
        assert '<p class="who">José</p>' in page.text
    assert desks._in_utf8("José".encode("latin-1").decode("latin-1")) == "José"  # the test client only sends UTF-8


def test_a_long_queue_is_read_to_its_end(shared: tuple[Monitor, TestClient], monkeypatch: pytest.MonkeyPatch) -> None:
    monitor, client = shared
    (line,) = [one for one in monitor.store.changes() if one.change.kind == "raised"]
    claim = monitor.store.claim(line.change.claim_id).claim  # type: ignore[union-attr]
    doubt = Anchor(line.change.party, claim.figure.quantity, claim.id, claim.as_of)
    doubts = [Doubted("s", DoubtLine(line.change.series, doubt, "troops"))] * (LOOKED_THROUGH + ON_A_PAGE + 1)
    monkeypatch.setattr(waiting, "waiting", lambda _: Waiting(doubts, ()))
    pages, path = 0, f"/review?from={LOOKED_THROUGH - ON_A_PAGE}"
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        pages += 1
        path = next(iter(re.findall(r'rel="next" href="([^"]+)"', answer.text)), "")
    assert pages == 3


def test_a_header_without_proxies_is_refused(tmp_path: Path) -> None:
    (tmp_path / "monitor.toml").write_text('[store]\n[server]\nuser_header = "X-User"\n')
    with pytest.raises(ConfigError, match="needs proxies"):
        load_settings(tmp_path / "monitor.toml")


def test_a_password_is_given_in_words_or_as_a_hash_by_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    file = tmp_path / "password"
    assert operator_password(None) is None
    with pytest.raises(ConfigError, match="can't be read"):
        operator_password(file)
    for words in (WORDS, PASSWORD.text):
        file.write_text(f"{words}\n")
        found = operator_password(file)
        assert found is not None
        assert found.matches(WORDS)
        assert not found.matches(f"{WORDS} ")
    for wrong in ("short", "scrypt:1:2", "scrypt:1000000000:8:1:AA==:AA=="):
        monkeypatch.setenv(VARIABLE, wrong)
        with pytest.raises(ConfigError) as raised_error:
            operator_password(file)
        assert wrong not in str(raised_error.value)


def test_cookies_and_forms_are_over_in_time() -> None:
    now = 1_000_000.0
    sessions = Sessions(lambda: now)
    cookie = sessions.open("Ada")
    one = sessions.known(cookie)
    assert one is not None
    token = sessions.token(one)
    assert sessions.takes(one, token)
    assert not sessions.takes(Visitor("Ada", "other"), token)
    assert sessions.known(cookie[:-1] + ("0" if cookie[-1] != "0" else "1")) is None
    assert Sessions(lambda: now).known(cookie) is None
    now += FORM
    assert not sessions.takes(one, token)
    now += SESSION - FORM
    assert sessions.known(cookie) is None


def test_tries_are_counted_by_house_and_forgiven_after_a_while() -> None:
    now = 0.0
    tries = Tries(lambda: now)
    assert [tries.begin(f"2001:db8::{number}") for number in range(TRIES)] == [0.0] * TRIES
    assert tries.begin("2001:db8::ffff") == SPAN
    assert tries.begin("2001:db8:1::1") == 0
    assert tries.begin("127.0.0.1") == 0
    now += SPAN
    assert tries.begin("2001:db8::1") == 0


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/claims/c1#verdict", "/claims/c1#verdict"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\r\nX: y", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_led_to_another_site(given: str, path: str) -> None:
    assert own_path(given) == path


def test_the_name_of_a_person_is_one_short_line(monitor: Monitor) -> None:
    client = browser(monitor)
    assert client.post("/login", data={"name": " \u202e ", "password": WORDS}).status_code == 422
    client.post("/login", data={"name": "A\nd\u202ea" + "x" * 200, "password": WORDS})
    (shown,) = re.findall(r'value="[^"]*">([^<]*) <button>Log out', client.get("/").text)
    assert len(shown) <= desks.LONGEST_NAME
    assert shown.startswith("A da")
