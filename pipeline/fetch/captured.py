"""A capture as WARC records, and back: what each record says, in the format's fields and a few of our own.

| field | says |
|---|---|
| Dateline-Requested-URI | the address that was asked, before redirects |
| Dateline-Redirects | the hops between: `301 https://a.example/ 302 https://b.example/` |
| Dateline-Elapsed-Ms | how long the exchange took |
| Dateline-Refers-To-File, -Offset | on a revisit: where the record with the body lies, file relative to the home |

Bodies are stored decoded. Headers that then no longer fit are kept under pywb's name for that, `X-Archive-Orig-…`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pipeline.fetch.warc import (
    BLOCK_DIGEST,
    CODINGS,
    HTTP_REQUEST,
    HTTP_RESPONSE,
    PAYLOAD_DIGEST,
    SAME_PAYLOAD,
    WARC_FIELDS,
    HttpAnswer,
    Pairs,
    Record,
    Stored,
    as_uri,
    digest_of,
    fields_block,
    http_head,
    is_digest_of,
    read_answer,
    status_line,
)
from pipeline.records import Redirect, Response

REQUESTED: Final = "Dateline-Requested-URI"
REDIRECTS: Final = "Dateline-Redirects"
ELAPSED: Final = "Dateline-Elapsed-Ms"
HELD_IN: Final = "Dateline-Refers-To-File"
HELD_AT: Final = "Dateline-Refers-To-Offset"
KEPT: Final = "X-Archive-Orig-"

_UNFIT: Final = CODINGS | {"content-length"}
_WEB = re.compile(r"https?://([^/?#]*)([^#]*)", re.IGNORECASE)
_UNTYPED = "application/octet-stream"  # RFC 9110, 8.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A record that holds a body, and where it lies."""

    file: str  # relative to the home
    offset: int
    stored: Stored


def run_record(name: str, run_id: str, at: datetime) -> Record:
    """The record that a file begins with: who wrote it, and how it is to be read."""
    info = (
        ("software", "Dateline"),
        ("format", "WARC File Format 1.1"),
        ("isPartOf", run_id),
        ("conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        ("description", f"Bodies are stored decoded; headers that said otherwise are kept as {KEPT}*"),
    )
    named = (("WARC-Filename", name),)
    return Record(kind="warcinfo", at=at, content_type=WARC_FIELDS, payload=fields_block(info), fields=named)


def text_response(url: str, html: str, at: datetime) -> Response:
    """An article that a feed carried as HTML, as the page that nobody had to fetch."""
    body = f"<!doctype html><html><body><article>{html}</article></body></html>".encode("utf-8", "replace")
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Response(url=url, final_url=url, status=200, headers=headers, body=body, fetched_at=at, elapsed_ms=0)


def text_record(response: Response) -> Record:
    """A body that no HTTP exchange brought: from a feed, or from a watched folder."""
    return Record(
        kind="resource",
        at=response.fetched_at,
        content_type=response.header("Content-Type") or _UNTYPED,
        uri=as_uri(response.final_url),
        payload=response.body,
        fields=_own_fields(response),
    )


def exchange_records(response: Response, holder: Holder | None) -> tuple[Record, ...]:
    """What was asked, then what was answered: whole, or as a revisit of the record that holds the same body.

    What was asked is left out where it is not known. The request comes first, so that an answer which a kill spared
    has its request.
    """
    if not _WEB.match(response.final_url):
        return (text_record(response),)
    answer = Record(
        kind="revisit" if holder else "response",
        at=response.fetched_at,
        content_type=HTTP_RESPONSE,
        uri=as_uri(response.final_url),
        head=http_head(status_line(response.status), _stored_headers(response)),
        payload=b"" if holder else response.body,
        fields=_own_fields(response) + (_revisit_fields(holder, response.body) if holder else ()),
    )
    return (_request(response, answer), answer) if response.request_headers else (answer,)


def place_of_body(stored: Stored) -> tuple[str, int] | None:
    """File and offset of the record that holds the body; None: this one does. ValueError when that is not said."""
    if stored.kind != "revisit":
        return None
    return stored.needed(HELD_IN), int(stored.needed(HELD_AT))


def read_response(stored: Stored, holder: Stored) -> Response:
    """The response that `stored` keeps, with the body of `holder`: the same record, or the one it refers to.

    Headers are those that the body came with, less those that do not fit it as it is. ValueError when the records are
    of another kind, or the body is not the one they were written with.
    """
    held = _content(holder)
    told = held if stored is holder else _content(stored)
    claimed = stored.field(BLOCK_DIGEST if stored.kind == "resource" else PAYLOAD_DIGEST)
    if holder.kind == "revisit":
        raise ValueError("it refers to a record that holds no body itself")
    # Another maker's digest may be that of the body as it was packed.
    if claimed and not held.is_coded and not is_digest_of(claimed, held.body):
        raise ValueError("the body is not the one that was written")
    length = () if stored.kind == "resource" else (("Content-Length", str(len(held.body))),)
    return _response(stored, told.status, _fitting(told.headers) + length, held.body)


def _own_fields(response: Response) -> Pairs:
    hops = " ".join(f"{hop.status} {as_uri(hop.url)}" for hop in response.redirects)
    named = (REQUESTED, response.url), (REDIRECTS, hops), (ELAPSED, str(response.elapsed_ms))
    return tuple((name, value) for name, value in named if value)


def _revisit_fields(holder: Holder, body: bytes) -> Pairs:
    """What names the record with the body: to every reader, and where to find it, to ours (ISO 28500, 6.7.2)."""
    stored = holder.stored
    return (
        ("WARC-Profile", SAME_PAYLOAD),
        ("WARC-Refers-To", stored.needed("WARC-Record-ID")),
        ("WARC-Refers-To-Target-URI", stored.needed("WARC-Target-URI")),
        ("WARC-Refers-To-Date", stored.needed("WARC-Date")),
        (PAYLOAD_DIGEST, digest_of(body)),
        (HELD_IN, holder.file),
        (HELD_AT, str(holder.offset)),
    )


def _request(response: Response, answer: Record) -> Record:
    """The last hop's request; a `Host` that HTTP/2 sent as a pseudo-header is written out (RFC 9112, 3.2)."""
    match = _WEB.match(as_uri(response.final_url))
    host, target = match.groups() if match else ("", "")
    target = target if target.startswith("/") else f"/{target}"
    headers = tuple((k, v) for k, v in response.request_headers if not k.startswith(":"))
    if all(name.lower() != "host" for name, _ in headers):
        headers = (("Host", host.rpartition("@")[2]), *headers)
    return Record(
        kind="request",
        at=response.fetched_at,
        content_type=HTTP_REQUEST,
        uri=answer.uri,
        head=http_head(f"GET {target} HTTP/1.1", headers),
        fields=(("WARC-Concurrent-To", answer.record_id),),
    )


def _stored_headers(response: Response) -> Pairs:
    """The headers that fit the decoded body; those that do not are kept under another name."""
    kept = ((KEPT + k if k.lower() in _UNFIT else k, v) for k, v in response.headers)
    return (*kept, ("Content-Length", str(len(response.body))))


def _fitting(headers: Pairs) -> Pairs:
    """The headers that the body came with, less those that no longer fit it."""
    return tuple((k, v) for k, v in headers if k.removeprefix(KEPT).lower() not in _UNFIT)


def _content(stored: Stored) -> HttpAnswer:
    """What a record of a capture holds; ValueError for another."""
    if stored.kind == "resource":
        headers = (("Content-Type", stored.field("Content-Type") or _UNTYPED),)
        return HttpAnswer(status=200, headers=headers, body=stored.block)
    if stored.kind in ("response", "revisit"):
        return read_answer(stored)
    raise ValueError(f"a {stored.kind} record is no capture")


def _response(stored: Stored, status: int, headers: Pairs, body: bytes) -> Response:
    final_url = stored.needed("WARC-Target-URI")
    url = stored.field(REQUESTED) or final_url
    return Response(
        url=url,
        final_url=url if as_uri(url) == final_url else final_url,
        status=status,
        headers=headers,
        body=body,
        fetched_at=datetime.fromisoformat(stored.needed("WARC-Date")),
        elapsed_ms=int(stored.field(ELAPSED) or 0),
        redirects=_redirects(stored.field(REDIRECTS) or ""),
    )


def _redirects(written: str) -> tuple[Redirect, ...]:
    words = written.split()
    return tuple(Redirect(int(status), url) for status, url in zip(words[::2], words[1::2], strict=True))
