"""HTML files of a folder. Their address stands in a sidecar (`page.html.json` or `page.json`), else in the page itself
(`<link rel="canonical">`, then `og:url`), else it is the file's own `file:` address, which says so."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.archives.items import HTML, ArchivedPage, Broken, Item, is_address, moment, title_of
from pipeline.ids import is_front_page, normal_url
from pipeline.records import Response

LOOKED_AT = 200_000  # bytes of a page in which its own address is looked for
GZIP = b"\x1f\x8b"


def read_html(path: Path, start: int, max_bytes: int) -> Iterator[Item]:
    """The page in the file, nothing where `start` is behind it. Raises OSError for the file itself."""
    if start:
        return
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    try:
        body, told = read_whole(path, max_bytes), _sidecar(path)
    except (ValueError, RecursionError, EOFError, zlib.error) as error:
        yield Broken(start=0, end=1, reason="malformed", detail=str(error)[:200])
        return
    if len(body) > max_bytes:
        yield Broken(start=0, end=1, reason="too_large", detail=f"a page of more than {max_bytes} bytes")
        return
    url = told["url"].strip() if is_address(told.get("url")) else own_address(body) or path.resolve().as_uri()
    at = moment(told.get("fetched_at")) or changed
    yield ArchivedPage(
        start=0,
        end=1,
        response=Response(url=url, final_url=url, status=200, headers=HTML, body=body, fetched_at=at, elapsed_ms=0),
        title=title_of(told),
        published_at=moment(told.get("published_at")),
    )


def read_whole(path: Path, max_bytes: int) -> bytes:
    """A file's bytes, unpacked where it is gzip; at most one more than `max_bytes`."""
    with path.open("rb") as file:
        body = file.read(max_bytes + 1)
    if not body.startswith(GZIP):
        return body
    with gzip.open(path, "rb") as unpacked:
        return unpacked.read(max_bytes + 1)


def sidecars(path: Path) -> tuple[Path, Path]:
    """Where it may stand what is known of an HTML file: `page.html.json`, then `page.json`."""
    return path.with_name(f"{path.name}.json"), path.with_suffix(".json")


def own_address(body: bytes) -> str | None:
    """The web address that a page gives as its own, None where it gives none. A front page's is a mistake.

    >>> own_address(b'<head><meta property="og:url" content="https://a.example/1"></head>')
    'https://a.example/1'
    """
    head = _Head()
    parser: Any = etree.HTMLParser(target=head, encoding="utf-8", recover=True, no_network=True)
    with suppress(etree.XMLSyntaxError):  # a page without a tag
        parser.feed(body[:LOOKED_AT].decode("utf-8", "replace").replace("\0", "").encode())
        parser.close()
    return head.canonical or head.og_url


@dataclass(slots=True)
class _Head:
    """Receives a page's elements as they are parsed; a damaged page breaks nothing."""

    canonical: str | None = None
    og_url: str | None = None

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """A `link` or `meta` with an address counts, the first of each."""
        if tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.canonical = self.canonical or _of_page(given.get("href", ""))
        elif tag == "meta" and "og:url" in (given.get("property"), given.get("name")):
            self.og_url = self.og_url or _of_page(given.get("content", ""))

    def close(self) -> None:
        """The page ends."""


def _of_page(address: str) -> str | None:
    """The address where it can be that of one page of the web."""
    address = address.strip()
    is_web = address.lower().startswith(("http://", "https://")) and is_address(address)
    return address if is_web and not is_front_page(normal_url(address)) else None


def _sidecar(path: Path) -> dict[str, Any]:
    """What is known of the file; ValueError where a sidecar is no JSON object."""
    for candidate in sidecars(path):
        if candidate.exists():
            told = json.loads(candidate.read_bytes(), strict=False)
            if not isinstance(told, dict):
                raise ValueError(f"{candidate.name} is no JSON object")
            return told
    return {}
