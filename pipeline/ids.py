"""What identifies a thing: stable ids and normal forms of addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import Final
from urllib.parse import unquote, unquote_plus, urlsplit

import idna

_WEB = re.compile(r"(https?)://([^/?#\\]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|([^\x21-\x7e]|[\"%<>\\^`{|}\[\]])")
_UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}
# A rewriting can make room for another (an AMP cache that holds a mobile address): rounds until nothing changes.
_ROUNDS: Final = 5

# Parameters that say where a reader came from, never what is read; compared in lower case.
TRACKING_PREFIXES: Final = (
    "utm_",  # Google Analytics: utm_source=rss
    "at_",  # AT Internet, on BBC links: at_medium=RSS&at_campaign=KARANGA
    "ns_",  # comScore, on older BBC links: ns_mchannel=rss
    "pk_",  # Piwik
    "mtm_",  # Matomo
    "piwik_",
    "hsa_",  # HubSpot ads
    "_hs",  # HubSpot: _hsenc, _hsmi
    "vero_",  # Vero mail
    "oly_",  # Omeda mail: oly_enc_id
    "wt_",  # Webtrekk: wt_mc=rss
    "wt.",  # WebTrends: WT.mc_id
    "itm_",  # internal campaigns
    "guce_",  # Yahoo's consent page: guce_referrer
)
TRACKING: Final = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid",  # clicks
    "ttclid", "igsh", "igshid", "li_fat_id", "_branch_match_id", "sr_share", "__twitter_impression",  # shares
    "_ga", "_gl", "_openstat", "zanpid", "s_cid", "s_kwcid", "ef_id", "icid", "intcid", "int_cid", "campaign_id",
    "mc_cid", "mc_eid", "mkt_tok",  # Mailchimp, Marketo
    "xtor", "xtref",  # Xiti, French press: xtor=RSS-3208
    "cmp", "cmpid", "ncmp", "ncid", "ocid", "icmp",  # campaign: CMP=rss (Guardian), ncid=rss (AOL), ocid (MSN)
    "ftag",  # CBS, CNET: ftag=CNM-00-10aab7e
    "smid", "emc", "partner",  # New York Times: partner=rss&emc=rss
    "fsrc",  # Economist: fsrc=rss
    "ito",  # Daily Mail: ito=1490&ns_mchannel=rss
    "maca",  # Deutsche Welle: maca=en-rss-en-all-1573-rdf
    "traffic_source",  # Al Jazeera: traffic_source=rss
    "feedtype", "feedname", "rpc",  # Reuters: feedType=RSS&feedName=worldNews
    "ref_src", "ref_url",  # embedded tweets
    "tpcc",  # TechCrunch
    "guccounter",  # Yahoo's consent page
    "wprov",  # Wikipedia: wprov=rss1
    "rss", "isrss", "fromrss", "from_rss", "rssfeed", "rss_feed",  # ?rss=1
    "amp", "outputtype",  # ?amp=1, ?outputType=amp (AMP pages of Arc Publishing)
})  # fmt: skip
# Names that mean something on some sites; tracking only where the value says so: source=rss, ref=feed.
TRACKING_IF_FEED: Final = frozenset({"ref", "src", "source", "from", "f", "via", "cid", "origin", "referrer", "output"})
_FEED_VALUE = re.compile(r"(?:rss|feeds?|atom|newsfeed|amp)(?:[-_.:].*|\d*)", re.IGNORECASE)
# Parameters that are tracking on these sites (and below them) only.
TRACKING_BY_SITE: Final = {
    "wsj.com": frozenset({"mod"}),  # mod=rss_world_news; elsewhere `mod` is the page: index.php?mod=news&id=7
    "marketwatch.com": frozenset({"mod"}),
    "barrons.com": frozenset({"mod"}),
    "nytimes.com": frozenset({"ref", "rref", "src"}),
    "washingtonpost.com": frozenset({"wpisrc", "wpmm", "tid", "itid", "nid"}),
    "bloomberg.com": frozenset({"srnd", "sref", "leadsource"}),
    "yahoo.com": frozenset({".tsrc", "soc_src", "soc_trk"}),
    "medium.com": frozenset({"source"}),  # source=rss----abc---4
    "youtube.com": frozenset({"feature", "si", "pp", "ab_channel"}),
    "spiegel.de": frozenset({"sara_ref", "sara_ecid"}),
}
# Google's AMP cache, Bing's, and Google's viewer: /c/s/host/path; "s" stands for https.
_AMP_CACHE = re.compile(r"(?:^|\.)(?:cdn\.ampproject\.org|bing-amp\.com)$")
_CACHED = re.compile(r"/(?:c|v|r|wp)/(s/)?([^/]+\.[^/]+)(/.*)?$")
_GOOGLE = re.compile(r"(?:www\.|news\.)?google(?:\.[a-z]{2,3}){1,2}$")
_VIEWED = re.compile(r"/amp/(s/)?([^/]+\.[^/]+)(/.*)?$")
VARIANT_HOSTS: Final = ("m.", "mobile.", "touch.", "amp.")  # of www.: m.news.example, amp.news.example
# …/flood-kills-12/amp/, …/story.amp.html, …_101700_amp.html; the segment before looks like a story's: a page
# /guitars/amp is about amplifiers.
AMP_ENDS: Final = ((".amp.html", ".html"), ("_amp.html", ".html"), (".amp.htm", ".htm"), (".amp", ""))
_STORY = re.compile(r"[-_\d]")
_AMP_START = re.compile(r"/amp(?=/.*[-_\d])")  # /amp/2025/06/10/story.html
_SESSION = re.compile(r";jsessionid=[^/?;]*", re.IGNORECASE)  # Java servers without cookies: ;jsessionid=0A1B


def stable_id(*parts: object) -> str:
    """16 hex digits of a hash over `parts`, equal for equal parts on any machine (None differs from "")."""
    return hashed(id_parts(*parts))


def id_parts(*parts: object) -> bytes:
    """What `stable_id` hashes, so that the first parts may be put before the others later.

    >>> hashed(id_parts("article") + id_parts(3, 8)) == stable_id("article", 3, 8)
    True
    """
    told = "".join(["\x00\x1f" if part is None else f"\x01{part}\x1f" for part in parts])
    return told.encode("utf-8", "surrogatepass")


def is_front_page(url: str) -> bool:
    """Whether a normal address has no path: as the address that a page gives as its own it is a mistake.

    >>> is_front_page("https://news.example/"), is_front_page("https://news.example/2026/flood")
    (True, False)
    """
    return url.count("/") <= 3 and url.endswith("/")


def hashed(parts: bytes) -> str:
    """The id that such parts make."""
    return blake2b(parts, digest_size=8).hexdigest()


@lru_cache(maxsize=8192)  # identity, sightings and rows ask for the same links within a poll: 72 µs each
def normal_url(url: str) -> str:
    """The address in its normal form: what identifies a page, however a feed writes its link (RFC 3986, 6.2.2 f.).

    Scheme and host in lower case, IDNA hosts in ASCII, no default port, no dot segments, percent-encoding only
    where it must be; no fragment (but `#!…`, which is an address), no tracking parameters, the others sorted by name
    (no site tells pages apart by their order); AMP, cached and mobile variants become the plain address. It is an
    identity: the page is fetched from the address as written. What is no http(s) address comes back stripped.
    Never raises; a normal form is its own.

    >>> normal_url("HTTP://News.Example:80/a/./b/../%7ejo?utm_source=rss&id=7#top")
    'http://news.example/a/~jo?id=7'
    >>> normal_url("https://m.news.example/2025/flood-kills-12/amp/?outputType=amp")
    'https://www.news.example/2025/flood-kills-12/'
    >>> normal_url("https://www-news-example.cdn.ampproject.org/c/s/www.news.example/story-1.amp.html")
    'https://www.news.example/story-1.html'
    >>> normal_url("https://zürich.example")
    'https://xn--zrich-kva.example/'
    >>> normal_url(" urn:newsml:agency.example:20250610:quake ")
    'urn:newsml:agency.example:20250610:quake'
    """
    text = url.strip()
    for _ in range(_ROUNDS):
        before, text = text, _normal(text)
        if text == before:
            break
    return text


def host_of(url: str) -> str:
    """Host name in lower case, "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def site_of(url: str) -> str:
    """Host name without `www.` and the prefixes of mobile and AMP variants, for "the same publisher's host"; or "".

    >>> site_of("https://amp.News.Example/a"), site_of("http://www.news.example:8080/"), site_of("https://m.co/x")
    ('news.example', 'news.example', 'm.co')
    """
    host = _ascii_host(host_of(url))
    while (shorter := _without(host, ("www.", *VARIANT_HOSTS))) != host:
        host = shorter
    return host


def _normal(url: str) -> str:
    """One round of rewriting."""
    match = _WEB.fullmatch(re.sub(r"[\t\r\n]", "", url))
    if not match:
        return url
    scheme, authority, path, query, fragment = match[1].lower(), match[2], match[3], match[4] or "", match[5] or ""
    user, at, place = authority.rpartition("@")
    host, port = _host_and_port(place, scheme)
    if not host:
        return url
    path = _without_dots(_SESSION.sub("", _escaped(re.sub(r"/{2,}", "/", path.replace("\\", "/"))))) or "/"
    if inner := _inner_address(host, path, query):
        return inner
    if not port:
        host = _plain_host(host)
    path, query = _plain_path(path), _plain_query(query, host)
    shebang = f"#{_escaped(fragment)}" if fragment.startswith("!") and len(fragment) > 1 else ""
    return f"{scheme}://{user}{at}{host}{port}{path}{query}{shebang}"


def _host_and_port(place: str, scheme: str) -> tuple[str, str]:
    """Host in ASCII and lower case, and ":8080"; "" for a default port, and for none."""
    match = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::(\d*))?", place.strip())
    if not match:
        return "", ""
    port = (match[2] or "").lstrip("0")
    return _ascii_host(match[1]), f":{port}" if port and port != _DEFAULT_PORTS[scheme] else ""


def _ascii_host(host: str) -> str:
    """Lower case, in IDNA's ASCII form where there is one (RFC 5891), without the root's dot."""
    host = unquote(host).strip().rstrip(".").lower()
    if host.isascii() or len(host) > 253:  # the longest name there is (RFC 1035, 2.3.4)
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii").rstrip(".").lower()
    except UnicodeError:
        return host


def _escaped(text: str) -> str:
    """Percent-encoded where it must be and nowhere else, in upper case (RFC 3986, 6.2.2.1 and 6.2.2.2)."""
    return _ESCAPE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    if match[1]:
        byte = int(match[1], 16)
        return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"
    return "".join(f"%{byte:02X}" for byte in match[2].encode("utf-8", "surrogatepass"))


def _without_dots(path: str) -> str:
    """Without `.` and `..` segments (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    closing = [""] if segments and segments[-1] in (".", "..") else []
    return "".join(f"/{segment}" for segment in kept + closing)


def _inner_address(host: str, path: str, query: str) -> str:
    """The address that an AMP cache's or a Google redirect's address holds, "" for others."""
    if _GOOGLE.match(host):
        if path == "/url":  # Google Alerts: https://www.google.com/url?rct=j&sa=t&url=https://news.example/a
            pairs = (pair.partition("=") for pair in query.split("&"))
            return next((unquote(to) for key, _, to in pairs if key in ("url", "q") and _WEB.match(unquote(to))), "")
        match = _VIEWED.fullmatch(path)
    else:
        match = _CACHED.fullmatch(path) if _AMP_CACHE.search(host) else None
    if not match:
        return ""
    return f"{'https' if match[1] else 'http'}://{match[2]}{match[3] or '/'}" + (f"?{query}" if query else "")


def _plain_host(host: str) -> str:
    """`www.` for a mobile or AMP host; Wikipedia's and its sisters' `.m.` goes."""
    bare = _without(host, VARIANT_HOSTS)
    return f"www.{bare}" if bare != host else re.sub(r"\.m\.(wik[a-z]+\.org)$", r".\1", host)


def _without(host: str, prefixes: tuple[str, ...]) -> str:
    """The host without the first prefix that it has, unless what is left is a public suffix (m.co, m.co.uk)."""
    bare = next((host.removeprefix(prefix) for prefix in prefixes if host.startswith(prefix)), host)
    return host if "." not in bare or re.fullmatch(r"(?:com?|org|net|gov|ac|edu)\.[a-z]{2}", bare) else bare


def _plain_path(path: str) -> str:
    """Without what marks an AMP page."""
    path = _AMP_START.sub("", path, count=1) if path.startswith("/amp/") else path
    before, _, last = path.removesuffix("/").rpartition("/")
    if last == "amp" and _STORY.search(before.rpartition("/")[2]):
        return before + ("/" if path.endswith("/") else "")
    ending = next(((end, plain) for end, plain in AMP_ENDS if last.endswith(end) and last != end), None)
    return path.removesuffix("/").removesuffix(ending[0]) + ending[1] if ending else path


def _plain_query(query: str, host: str) -> str:
    """ "?…" without tracking, sorted by name; "" where nothing is left."""
    kept = [pair for pair in query.split("&") if pair and not _tracks(pair, host)]
    pairs = sorted(map(_escaped, kept), key=lambda pair: pair.partition("=")[0])
    return "?" + "&".join(pairs) if pairs else ""


def _tracks(pair: str, host: str) -> bool:
    """Whether a parameter says only how the reader came here."""
    name, _, value = pair.partition("=")
    name = unquote_plus(name).strip().lower().removeprefix("amp;")  # "&amp;" that was written twice
    if name in TRACKING or name.startswith(TRACKING_PREFIXES):
        return True
    if name in TRACKING_IF_FEED and _FEED_VALUE.fullmatch(unquote_plus(value)):
        return True
    return any(name in names and f".{host}".endswith(f".{site}") for site, names in TRACKING_BY_SITE.items())
