"""Which addresses name the same article."""

import pytest

from monitor.sources.urls import absolute_url, canonical_url, kept_url, same_site, shown_url


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("HTTPS://News.Example:443/A/b?id=7&utm_source=rss&at_medium=RSS#top", "https://news.example/A/b?id=7"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example:8080/", "http://news.example:8080/"),
        ("https://news.example/a?b=2&a=1&fbclid=x", "https://news.example/a?b=2&a=1"),
        ("https://news.example/a?q=caf%C3%A9&x=%2F", "https://news.example/a?q=caf%C3%A9&x=%2F"),
        ("https://desk:secret@news.example/a", "https://news.example/a"),
        (" https://news.example/a\n ", "https://news.example/a"),
        ("https://news.example/\n  a b", "https://news.example/a%20b"),
        ("https://news.example./a?", "https://news.example/a"),
        ("https://[2606:4700::1]:443/a", "https://[2606:4700::1]/a"),
        ("file:000.txt", "file:000.txt"),
        ("urn:uuid:1", "urn:uuid:1"),
    ],
)
def test_canonical_form(given: str, canonical: str) -> None:
    assert canonical_url(given) == canonical
    assert canonical_url(canonical) == canonical


def test_parameters_that_choose_the_article_are_kept() -> None:
    one, other = canonical_url("https://news.example/view?idxno=1"), canonical_url("https://news.example/view?idxno=2")
    assert one != other


def test_links_are_seen_from_the_page_that_holds_them() -> None:
    assert absolute_url("https://news.example/world/", "../a?utm_medium=x") == "https://news.example/a"
    assert absolute_url("https://news.example/", "mailto:desk@news.example") == ""
    assert absolute_url("https://news.example/", "http://[::1") == ""


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://desk:hunter2@news.example/a", "https://news.example/a"),
        ("https://desk:hunter2@news.example/a?token=hunter2#hunter2", "https://news.example/a"),
        ("https://news.example/@desk/a?x", "https://news.example/@desk/a"),
        ("http://desk:hunter2/x@news.example/a", "http://news.example/a"),
        ("http://desk:hunter2?x@news.example:80/a?b", "http://news.example:80/a"),
        ("http://desk:hunter2#x@news.example", "http://news.example"),
        ("http://desk:hunter2@[::1/a", "http://[::1/a"),
        ("http://desk:hunter2@news.example:port/a", "http://news.example:port/a"),
        ("gopher://desk:hunter2@news.example/?hunter2", "gopher://news.example/"),
        ("file:what? no.txt", "file:what? no.txt"),
    ],
)
def test_addresses_are_shown_without_what_may_be_secret(url: str, shown: str) -> None:
    assert shown_url(url) == shown


def test_a_kept_address_tells_that_its_secret_part_is_another_one() -> None:
    plain, one, other = (f"https://{part}news.example/a" for part in ("", "desk:hunter2@", "desk:hunter3@"))
    assert kept_url(plain) == plain
    assert kept_url(one) == kept_url(one) != kept_url(other)
    assert shown_url(kept_url(one)) == plain
    assert len(kept_url(one)) == len(plain) + 3


def test_same_site_is_the_registered_domain() -> None:
    assert same_site("https://www.news.co.uk/a", "https://amp.news.co.uk/b")
    assert not same_site("https://www.news.co.uk/a", "https://other.co.uk/b")
    assert not same_site("http://127.0.0.1/", "http://10.0.0.1/")
    assert not same_site("file:a", "https://news.example/")
