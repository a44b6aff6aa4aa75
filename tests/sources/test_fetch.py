"""The fetcher against a real server on loopback: what it asks, what it takes, what it refuses and how it says so."""

import gzip
import socket
import ssl
import time
from email.message import Message
from typing import Any

import pytest
import trustme
from aiohttp import web
from news_site import NewsSite  # type: ignore[import-not-found,unused-ignore]  # beside this file

from monitor import __version__
from monitor.errors import SourceError
from monitor.sources import fetch
from monitor.sources.fetch import Fetcher

pytestmark = pytest.mark.process  # a real web server


async def failure(fetcher: Fetcher, url: str, **options: Any) -> SourceError:
    with pytest.raises(SourceError) as caught:
        await fetcher.get(url, **options)
    return caught.value


async def test_an_answer_has_decoded_body_and_lower_case_headers(site: NewsSite, fetcher: Fetcher) -> None:
    url = site.answers("/feed", gzip.compress(b"<rss/>"), Content_Encoding="gzip", ETag='"a"')
    answer = await fetcher.get(url)
    assert (answer.status, answer.body, answer.url, answer.headers["etag"]) == (200, b"<rss/>", url, '"a"')


async def test_it_says_honestly_who_asks(site: NewsSite) -> None:
    url = site.answers("/")
    async with Fetcher(allow_private={"127.0.0.1"}, contact="https://desk.example/bot") as fetcher:
        await fetcher.get(url)
    assert site.asked[0].headers["User-Agent"] == f"figure-monitor/{__version__} (+https://desk.example/bot)"
    assert site.asked[0].headers["Accept-Encoding"] == "gzip, deflate, br, zstd"  # hostile.py has a body in each


@pytest.mark.parametrize(
    ("urls", "name"),
    [
        ([], f"figure-monitor/{__version__}"),
        (["Changelog, https://a.example/c"], f"figure-monitor/{__version__}"),
        (
            ["Documentation, https://a.example/docs", "Homepage, https://a.example/"],
            f"figure-monitor/{__version__} (+https://a.example/)",
        ),
    ],
)
def test_the_project_itself_is_named_where_the_package_says_where_it_is(
    monkeypatch: pytest.MonkeyPatch, urls: list[str], name: str
) -> None:
    stated = Message()
    for url in urls:
        stated["Project-URL"] = url
    monkeypatch.setattr(fetch, "metadata", {"figure-monitor": stated}.__getitem__)
    monkeypatch.setattr(fetch, "project_url", fetch.project_url.__wrapped__)
    assert fetch.own_name() == name
    assert fetch.own_name("desk@a.example") == f"figure-monitor/{__version__} (+desk@a.example)"


@pytest.mark.parametrize("etag", ['"abc"', 'W/"abc"', "no-quotes", '"with ÿ"'])
async def test_an_etag_is_echoed_byte_for_byte(site: NewsSite, fetcher: Fetcher, etag: str) -> None:
    url = site.keeps("/feed", b"x", ETag=etag, Last_Modified="Fri, 03 Jan 2025 10:00:00 GMT")
    first = await fetcher.get(url)
    second = await fetcher.get(url, etag=first.headers["etag"], last_modified=first.headers["last-modified"])
    assert (second.status, second.body) == (304, b"")
    assert "If-Modified-Since" not in site.asked[1].headers


async def test_last_modified_alone_is_echoed_as_it_was_written(site: NewsSite, fetcher: Fetcher) -> None:
    odd = "Friday, 03-Jan-25 10:00:00 GMT"
    url = site.keeps("/feed", b"x", Last_Modified=odd)
    assert (await fetcher.get(url, last_modified=(await fetcher.get(url)).headers["last-modified"])).status == 304


async def test_a_304_that_nobody_asked_for_is_a_failure(site: NewsSite, fetcher: Fetcher) -> None:
    assert (await failure(fetcher, site.answers("/", status=304))).kind == "http_304"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 500, 503])
async def test_a_refusal_is_named_by_its_status(site: NewsSite, fetcher: Fetcher, status: int) -> None:
    error = await failure(fetcher, site.answers("/", status=status))
    assert (error.kind, error.subject, error.retry_after) == (f"http_{status}", site.url("/"), None)


async def test_retry_after_comes_in_seconds(site: NewsSite, fetcher: Fetcher) -> None:
    error = await failure(fetcher, site.answers("/", status=429, Retry_After="120"))
    assert (error.kind, error.retry_after) == ("http_429", 120.0)


async def test_redirects_are_followed_up_to_five(site: NewsSite, fetcher: Fetcher) -> None:
    for hop in range(5):
        site.redirects(f"/{hop}", f"/{hop + 1}?a=b", status=(301, 302, 303, 307, 308)[hop])
    site.answers("/5", b"here")
    answer = await fetcher.get(site.url("/0"), etag='"e"')
    assert (answer.body, answer.url) == (b"here", site.url("/5?a=b"))
    site.redirects("/more", "/0")
    assert (await failure(fetcher, site.url("/more"))).kind == "too_many_redirects"
    assert (await failure(fetcher, site.redirects("/loop", "/loop"))).kind == "too_many_redirects"


@pytest.mark.parametrize(
    "target", ["", "file:///etc/hostname", "ftp://127.0.0.1/x", "javascript:alert(1)", "http://[::1"]
)
async def test_redirects_to_what_is_no_web_address_are_refused(site: NewsSite, fetcher: Fetcher, target: str) -> None:
    assert (await failure(fetcher, site.redirects("/", target))).kind == "bad_redirect"


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "http://[::1]:1/",
        "http://[::ffff:7f00:1]:1/",
        "http://127.9.9.9:1/",
    ],
)
async def test_a_redirect_to_a_private_address_is_refused_without_dialling_it(
    site: NewsSite, fetcher: Fetcher, dialled: list[str], target: str
) -> None:
    error = await failure(fetcher, site.redirects("/", target))
    assert error.kind == "private_address"
    assert dialled == ["127.0.0.1"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1"])
async def test_loopback_under_any_name_is_refused_unless_allowed(site: NewsSite, dialled: list[str], host: str) -> None:
    site.answers("/", b"secret")
    async with Fetcher(deadline=5) as fetcher:
        # The client itself refuses the short forms; what it lets through, the guard catches.
        assert (await failure(fetcher, site.url("/", host))).kind in ("private_address", "bad_url")
    assert dialled == []


async def test_an_allowed_name_may_be_private(site: NewsSite) -> None:
    site.answers("/", b"ours")
    async with Fetcher(allow_private={f"localhost:{site.port}"}, deadline=5) as fetcher:
        assert (await fetcher.get(site.url("/", "localhost"))).body == b"ours"


@pytest.mark.parametrize(
    "url", ["", "file:///etc/hostname", "feed", "http://", "http://[", "http://x:99999/", "mailto:a@b"]
)
async def test_what_is_no_web_address_is_never_opened(fetcher: Fetcher, dialled: list[str], url: str) -> None:
    assert (await failure(fetcher, url)).kind == "bad_url"
    assert dialled == []


async def test_a_gzip_bomb_is_given_up_at_the_cap(site: NewsSite, fetcher: Fetcher) -> None:
    bomb = gzip.compress(b"\0" * 60_000_000, 9)
    assert (await failure(fetcher, site.answers("/", bomb, Content_Encoding="gzip"))).kind == "too_large"


async def test_an_announced_size_is_believed_when_it_is_too_large(site: NewsSite, fetcher: Fetcher) -> None:
    assert (await failure(fetcher, site.answers("/", b"x" * 2000), max_bytes=1000)).kind == "too_large"
    assert len((await fetcher.get(site.url("/"), max_bytes=2000)).body) == 2000


async def test_an_endless_body_is_given_up_at_the_cap(site: NewsSite, fetcher: Fetcher) -> None:
    url = site.drips("/", b"x" * 100_000, pause=0)
    assert (await failure(fetcher, url, max_bytes=1_000_000)).kind == "too_large"


@pytest.mark.clock
async def test_a_slow_drip_meets_the_deadline(site: NewsSite) -> None:
    url = site.drips("/")
    async with Fetcher(allow_private={"127.0.0.1"}, deadline=0.3) as fetcher:
        started = time.monotonic()
        assert (await failure(fetcher, url)).kind == "timeout"
        assert time.monotonic() - started < 1.3


async def test_bad_gzip_is_a_failure_of_its_own_kind(site: NewsSite, fetcher: Fetcher) -> None:
    assert (
        await failure(fetcher, site.answers("/", b"not gzip at all", Content_Encoding="gzip"))
    ).kind == "bad_encoding"


async def test_a_body_that_breaks_off_is_a_failure(site: NewsSite, fetcher: Fetcher) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    assert (await failure(fetcher, site.does("/", half))).kind == "connection"


async def test_nobody_listening_is_connect(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert (await failure(fetcher, f"http://127.0.0.1:{port}/")).kind == "connect"


async def test_an_unknown_name_is_dns(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert (await failure(fetcher, "http://no-such-paper.example/")).kind == "dns"


async def test_a_certificate_has_to_be_trusted(fetcher: Fetcher) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = NewsSite()
    await server.start(context)
    server.answers("/", b"ok")
    url = server.url("/").replace("http:", "https:")
    try:
        assert (await failure(fetcher, url)).kind == "tls"
        trusting = ssl.create_default_context()
        authority.configure_trust(trusting)
        async with Fetcher(allow_private={"127.0.0.1"}, ssl_context=trusting) as knowing:
            assert (await knowing.get(url)).body == b"ok"
    finally:
        await server.stop()


async def test_passwords_in_addresses_stay_out_of_messages(site: NewsSite, fetcher: Fetcher) -> None:
    site.answers("/", status=500)
    error = await failure(fetcher, f"http://desk:hunter2@127.0.0.1:{site.port}/")
    assert "hunter2" not in str(error) + error.subject
    assert site.asked[0].headers["Authorization"].startswith("Basic ")


async def test_cookies_are_not_kept(site: NewsSite, fetcher: Fetcher) -> None:
    url = site.answers("/", Set_Cookie="track=me")
    await fetcher.get(url)
    await fetcher.get(url)
    assert "Cookie" not in site.asked[1].headers
