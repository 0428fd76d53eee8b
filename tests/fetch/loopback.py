"""A real HTTP server on loopback whose every answer a test writes itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore

from pipeline.fetch import Limits

Answer = Callable[[BaseHTTPRequestHandler], None]

FAST = Limits(
    connect_seconds=0.5,
    read_seconds=0.4,
    total_seconds=0.8,
    max_bytes=100_000,
    host_interval_seconds=0.0,
    host_connections=4,
    connections=8,
    max_redirects=3,
)


def reply(status: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer with its length and these headers (Retry_After stands for Retry-After)."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def raw(*pieces: bytes, hang: threading.Event | None = None, pause: float = 0.0) -> Answer:
    """Bytes as they are, a pause after each; then the connection ends, or hangs until the event."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        waiting = threading.Event()
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            waiting.wait(pause)
        if hang:
            hang.wait(5)

    return answer


@dataclass
class Site:
    """The server: its routes, and the request headers it has seen."""

    port: int
    routes: dict[str, Answer] = field(default_factory=dict)
    seen: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, answer: Answer) -> str:
        self.routes[path] = answer
        return self.url(path)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what many of these tests are about."""


class Elsewhere(httpcore.SyncBackend):
    """Sockets that note the address asked for and reach the loopback server instead: the open internet, in small."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):  # type: ignore[no-untyped-def]
        self.asked.append(host)
        return super().connect_tcp("127.0.0.1", port, timeout, local_address, socket_options)
