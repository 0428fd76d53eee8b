"""What identifies a thing: stable ids and normal forms of addresses."""

from __future__ import annotations

from hashlib import blake2b
from urllib.parse import urlsplit

from courlan import normalize_url as _normalize


def stable_id(*parts: object) -> str:
    """16 hex digits of a hash over `parts`, equal for equal parts on any machine (None differs from "")."""
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(b"\x00" if part is None else b"\x01" + str(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\x1f")
    return digest.hexdigest()


def normal_url(url: str) -> str:
    """The address without tracking parameters and fragment, host in lower case.

    >>> normal_url("https://News.Example/a?utm_source=rss&id=7#top")
    'https://news.example/a?id=7'
    """
    return str(_normalize(url.strip(), strict=False).split("#", 1)[0])


def host_of(url: str) -> str:
    """Host name in lower case, "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
