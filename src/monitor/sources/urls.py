"""Which URLs name the same article.

Written on urllib alone: w3lib does half of this, but re-encodes and sorts the query, and a sorted query is a different
page on some news servers. Only what surely doesn't choose the article is dropped.
"""

import hashlib
import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

# Parameters that say how a reader came, not what is read.
_TRACKER_PREFIXES = ("utm_", "at_", "ns_", "mc_", "pk_", "mtm_", "hsa_", "_hs", "vero_", "oly_", "ga_", "__twitter")
_TRACKERS = frozenset(
    """
    fbclid gclid gclsrc dclid msclkid yclid twclid igshid igsh mkt_tok wt_mc wt.mc_id xtor cmp cmpid cmp_id
    icid ncid ocid smid smtyp sr_share traffic_source ref_src ref_url referrer source_ref guccounter
    guce_referrer guce_referrer_sig ito cvid taid ftag linkid s_cid soc_src soc_trk srnd spm sref trk
    feedtype fromrss
    """.split()
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "net", "ne", "or", "org"})
# What nearly all addresses look like: nothing in them needs to be looked at twice.
_PLAIN = re.compile(r"(https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(/[^?#]*)?(?:\?([^#]*))?(?:#.*)?")
_SECRETIVE = re.compile("[?#@]")
"""Without one of these an address has no user, password, query or fragment."""
_BREAK = re.compile(r"\s*[\x00-\x1f]+\s*|[^\S ]+")


def canonical_url(url: str) -> str:
    """`url` with a lower-case host and without fragment, default port, credentials and tracker parameters.

    The order and the encoding of what is left are kept. A text that is no http(s) URL comes back only trimmed.
    """
    bare = _bare(url)
    plain = _PLAIN.fullmatch(bare)
    if plain is not None:
        return _plain(plain)
    parts = _split(bare)
    return url.strip() if parts is None else _canonical(parts)


def _bare(url: str) -> str:
    """`url` in one piece, as browsers read it: line ends with their indentation go, a blank within becomes %20."""
    if " " not in url and url.isprintable():
        return url  # nothing of the kind, said in no time
    return _BREAK.sub("", url.strip()).replace(" ", "%20")


def _plain(found: re.Match[str]) -> str:
    """What _canonical makes of such an address, in a fraction of the time."""
    query = _without_trackers(found[3]) if found[3] else ""
    return f"{found[1]}{found[2] or '/'}{'?' if query else ''}{query}"


def _canonical(parts: SplitResult) -> str:
    query = _without_trackers(parts.query)
    return urlunsplit((parts.scheme.lower(), _authority(parts), parts.path or "/", query, ""))


def absolute_url(base: str, link: str) -> str:
    """`link` seen from `base`, canonical; "" when it is no http(s) address."""
    bare = _bare(link)
    plain = _PLAIN.fullmatch(bare)
    if plain is not None:
        return _plain(plain)
    try:
        joined = bare if bare.startswith(("http://", "https://")) else urljoin(base, bare)
    except ValueError:
        return ""
    parts = _split(joined)
    return "" if parts is None else _canonical(parts)


def whole_url(base: str, link: str) -> str:
    """`link` seen from `base`, with all that it has; only for what absolute_url understands."""
    bare = _bare(link)
    return bare if bare.startswith(("http://", "https://")) else urljoin(base, bare)


def shown_url(url: str) -> str:
    """`url` without user name, password, query and fragment, which may hold secrets: fit for messages and tables.

    One that can't be understood loses everything up to its last "@". A text without "://" comes back as it is.
    """
    scheme, found, rest = url.partition("://")
    if not found or not _SECRETIVE.search(rest):
        return url
    if _split(url) is None:
        # A password with a bare "/", "?" or "#" in it is no proper URL: the host is what follows the last "@".
        return f"{scheme}://{before_query(rest.rpartition('@')[2])}"
    authority, slash, path = before_query(rest).partition("/")
    return f"{scheme}://{authority.rpartition('@')[2]}{slash}{path}"


def kept_url(url: str) -> str:
    """`url` as it may be stored: shown_url, and behind a "#" a mark that tells when what was left out is another one.

    The mark is two hexadecimal digits: too few to try guesses of a password against.
    """
    shown = shown_url(url)
    return shown if shown == url else f"{shown}#{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:2]}"


def same_site(one: str, other: str) -> bool:
    """True when both URLs belong to one registered domain (news.example.co.uk and www.example.co.uk do)."""
    first, second = _split(one), _split(other)
    if first is None or second is None:
        return False
    return _registered(first.hostname or "") == _registered(second.hostname or "")


def _registered(host: str) -> str:
    """The registered domain, near enough: news outlets don't live on exotic public suffixes."""
    labels = host.lower().rstrip(".").split(".")
    if labels[-1].isdigit():
        return host
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-keep:])


def before_query(text: str) -> str:
    """An address without its query and its place on the page."""
    return re.split("[?#]", text, maxsplit=1)[0]


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in _DEFAULT_PORTS and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:
        return None
    return parts if usable else None


def _authority(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    name = f"[{host}]" if ":" in host else host
    if parts.port is None or parts.port == _DEFAULT_PORTS[parts.scheme.lower()]:
        return name
    return f"{name}:{parts.port}"


def _without_trackers(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if pair and not _is_tracker(pair.partition("=")[0]))


def _is_tracker(parameter: str) -> bool:
    name = parameter.lower()
    return name in _TRACKERS or name.startswith(_TRACKER_PREFIXES)
