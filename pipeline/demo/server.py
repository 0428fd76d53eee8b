"""The made-up wire on loopback: every feed and page, with the manners of a real server."""

from __future__ import annotations

import contextlib
import gzip
import sys
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from pipeline.demo.feeds import MEDIA_TYPES, latest, render_feed
from pipeline.demo.houses import channels
from pipeline.demo.site import render_page
from pipeline.demo.stories import Story, load_stories
from pipeline.records import Feed

_HTML = "text/html; charset=utf-8"
_IDLE_SECONDS = 30  # a kept-alive connection without a request is closed then


@dataclass(frozen=True, slots=True)
class _Document:
    body: bytes
    media_type: str
    changed: datetime

    @property
    def etag(self) -> str:
        """Weak, for the compressed and the plain form share it."""
        return f'W/"{blake2b(self.body, digest_size=8).hexdigest()}"'


class DemoWire:
    """The wire, served while the block runs; `slow_paths` answer after so many seconds, `fail_paths` with a status.

    `requests` counts what was asked, by path without query, refusals and 304s included.
    """

    def __init__(
        self,
        stories: Sequence[Story] | None = None,
        *,
        slow_paths: Mapping[str, float] | None = None,
        fail_paths: Mapping[str, int] | None = None,
        port: int = 0,
    ) -> None:
        self.stories = tuple(load_stories() if stories is None else stories)
        self.slow_paths, self.fail_paths = dict(slow_paths or {}), dict(fail_paths or {})
        self.requests: Counter[str] = Counter()
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), self)
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.feeds: tuple[Feed, ...] = tuple(channel.feed(self.base_url) for channel in channels())
        self.documents = self._documents()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def count(self, path: str) -> None:
        """One more request for that path."""
        with self._lock:
            self.requests[path] += 1

    def _documents(self) -> dict[str, _Document]:
        """What is served, by path. Missing stories have none."""
        found = {"/robots.txt": _Document(b"User-agent: *\nAllow: /\n", "text/plain", datetime(2026, 1, 1, tzinfo=UTC))}
        for channel in channels():
            listed = [story for story in self.stories if channel.feed_id in story.feeds]
            text = render_feed(channel, self.stories, self.base_url)
            changed = latest(listed) or datetime(2026, 1, 1, tzinfo=UTC)
            found[channel.path] = _Document(text.encode("utf-8"), MEDIA_TYPES[channel.dialect], changed)
        for story in self.stories:
            if story.kind != "missing":
                page = render_page(story, self.stories, self.base_url)
                found[story.path] = _Document(page, _HTML, story.updated or story.published)
        return found


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], wire: DemoWire) -> None:
        self.wire = wire
        self._open: set[socket] = set()
        super().__init__(address, _Handler)

    def process_request(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Remembers the connection, so that a kept-alive one ends with the server."""
        if isinstance(request, socket):
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket | tuple[bytes, socket]) -> None:
        """Forgets it."""
        if isinstance(request, socket):
            self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Hangs up on clients that keep their connection open."""
        super().server_close()
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Quiet about clients that hung up; loud about faults of the wire."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "DemoWire/1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = _IDLE_SECONDS
    server: _Server

    def do_GET(self) -> None:  # the name that http.server calls
        """Answers, late or with a failure where the wire was told to."""
        wire, path = self.server.wire, urlsplit(self.path).path
        wire.count(path)
        if delay := wire.slow_paths.get(path):
            wire.closing.wait(delay)
        document = wire.documents.get(path)
        if status := wire.fail_paths.get(path) or (0 if document else HTTPStatus.NOT_FOUND):
            self._send(int(status), f"<html><body><h1>{int(status)}</h1></body></html>\n".encode())
        elif document and self._unchanged(document):
            self._send(HTTPStatus.NOT_MODIFIED, b"", document)
        elif document:
            self._send(HTTPStatus.OK, document.body, document)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the wire is quiet."""

    def _unchanged(self, document: _Document) -> bool:
        """RFC 9110, 13.2.2: If-Modified-Since counts only without If-None-Match."""
        if (tags := self.headers.get("If-None-Match")) is not None:
            return tags.strip() == "*" or document.etag in {tag.strip() for tag in tags.split(",")}
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and parsedate_to_datetime(since) >= document.changed.replace(microsecond=0)
        except (TypeError, ValueError):
            return False

    def _send(self, status: int, body: bytes, document: _Document | None = None) -> None:
        self.send_response(status)
        if document:
            self.send_header("ETag", document.etag)
            self.send_header("Last-Modified", format_datetime(document.changed, usegmt=True))
            self.send_header("Vary", "Accept-Encoding")
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", document.media_type if document else _HTML)
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, mtime=0)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
