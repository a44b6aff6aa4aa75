"""The feed parser without its detours answers as it does with them."""

import importlib.util
import json
import subprocess
import sys
from copy import deepcopy
from typing import Any

import feedparser.util
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.feedparsing import parse

_RSS = (
    "<?xml version='1.0'?><rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
    "<channel><title>Daily</title><link>/home</link><image><title>logo</title><url>l.png</url></image>{}</channel></rss>"
)
_ATOM = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='uk_UA' xml:base='https://a.example/'>{}</feed>"
BODIES = [
    _RSS.format(
        "<item><title>One &amp;amp; two</title><title>again</title><link>https://a.example/1?a=1&amp;copy=3</link>"
        "<guid>https://a.example/1</guid><pubDate>Fri, 03 Jan 2025 10:00:00 GMT</pubDate>"
        "<description>short</description><description>&lt;p&gt;longer&lt;/p&gt;</description><content:encoded><![CDATA[<p>whole</p>]]></content:encoded>"
        "<source url='https://s.example/'>The Source</source><category>c</category><enclosure url='' type='audio/mp3'/>"
        "<media:content url='p.jpg'><media:title>picture</media:title></media:content><odd k='v'>o</odd></item>"
        "<item><description>no title</description><dc:date>2025-01-03</dc:date></item>"
    ),
    _ATOM.format(
        "<title type='html'>&lt;b&gt;T&lt;/b&gt;</title><entry><id>tag:1</id><title>E</title>"
        "<updated>2025-01-03T10:00:00Z</updated><link rel='self' url='' href='/1'/>"
        "<content mode='base64' type='application/x'>aGVsbG8=</content>"
        "<summary type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x</p><svg><title>s</title></svg></div></summary>"
        "<source><id>s</id><title>S</title><link url='' href=''/><link rel='license' href='/l'/></source></entry>"
    ),
    _RSS.format("<item><title>broken & <b>off</title><description>the body ends in the mid"),
    "no feed at all",
]
_ALONE = """
import io, json, sys, feedparser
for body in json.load(sys.stdin):
    found = feedparser.parse(io.BytesIO(body.encode()), response_headers={"content-type": "application/xml"},
        sanitize_html=False, resolve_relative_uris=False)
    print(json.dumps([repr(found.feed), repr(found.entries), found.version, bool(found.bozo)]))
"""


@pytest.mark.process
def test_feeds_are_parsed_as_by_the_parser_that_nobody_touched() -> None:
    command = [sys.executable, "-W", "ignore", "-c", _ALONE]
    told = subprocess.run(command, input=json.dumps(BODIES), stdout=subprocess.PIPE, text=True, check=True).stdout
    untouched = [json.loads(line) for line in told.splitlines()]
    for body, theirs in zip(BODIES, untouched, strict=True):
        found = parse(body.encode(), {"content-type": "application/xml", "content-location": "https://a.example/feed"})
        assert [repr(found.feed), repr(found.entries), found.version, bool(found.bozo)] == theirs
    assert "The Source" in untouched[0][1]  # they are feeds that hold something
    assert "hello" in untouched[1][1]


def _untouched() -> Any:
    """The parser's dictionary as it comes: its module once more."""
    spec = importlib.util.spec_from_file_location("untouched", feedparser.util.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FeedParserDict


ORIGINAL, OURS = _untouched(), feedparser.util.FeedParserDict
_NAMES = st.sampled_from([*ORIGINAL.keymap, "summary", "id", "updated", "updated_parsed", "published", "type", "value"])
_TEXTS = st.sampled_from(["", "text/html", "2025-01-03"])
_VALUES = st.one_of(st.none(), st.booleans(), st.integers(), _TEXTS, st.lists(_TEXTS, max_size=2))
_DICTS = st.dictionaries(_NAMES, st.one_of(_VALUES, st.dictionaries(_NAMES, _VALUES, max_size=3)), max_size=6)


def _both(held: dict[str, Any]) -> list[Any]:
    return [
        kind({name: kind(value) if isinstance(value, dict) else value for name, value in held.items()})
        for kind in (ORIGINAL, OURS)
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@given(_DICTS, _NAMES)
def test_a_dictionary_gives_what_it_gave(held: dict[str, Any], name: str) -> None:
    theirs, ours = _both(held)
    assert ours.get(name, "none") == theirs.get(name, "none")
    assert ours.get(name) == theirs.get(name)


@given(_DICTS)
def test_a_copy_is_equal_and_shares_nothing(held: dict[str, Any]) -> None:
    theirs, ours = _both(held)
    copied = deepcopy(ours)
    assert repr(copied) == repr(deepcopy(theirs))
    assert type(copied) is OURS
    changeable = (list, dict)
    before = {id(value) for value in dict.values(ours) if isinstance(value, changeable)}
    assert not before & {id(value) for value in dict.values(copied) if isinstance(value, changeable)}
