"""A real HTTP server on loopback whose every answer a test writes itself."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

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

ANY_PORT = range(65_536)  # the loopback server's is none of the web's


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


def reset(*pieces: bytes) -> Answer:
    """Bytes as they are; then the connection is reset, not closed."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        raw(*pieces)(handler)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.rfile.close()
        handler.connection.close()

    return answer


def endless(head: bytes, piece: bytes, over: threading.Event, pause: float = 0.0) -> Answer:
    """The head, then the same piece again and again until the client hangs up."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(head)
        while not over.wait(pause):
            handler.wfile.write(piece)

    return answer


@dataclass
class Site:
    """The server: its routes, and the request headers it has seen."""

    port: int
    routes: dict[str, Answer] = field(default_factory=dict)
    seen: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    scheme: str = "http"

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def serve(self, path: str, answer: Answer) -> str:
        self.routes[path] = answer
        return self.url(path)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what many of these tests are about."""


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A server on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            here.seen.append((self.path, dict(self.headers)))
            here.routes.get(self.path, reply(404))(self)

        def log_message(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    here = Site(server.server_port, scheme="https" if tls else "http")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield here
    finally:
        here.over.set()
        server.shutdown()
        server.server_close()


@contextmanager
def listening(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A bare TCP server that does `talk` on each connection; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    threading.Thread(target=serve, args=(connection,), daemon=True).start()

        def serve(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                talk(connection)

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


def certificate(folder: Path, name: str) -> Path:
    """A fresh self-signed certificate for the name, with its key, as one PEM file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


class Elsewhere(httpcore.SyncBackend):
    """Sockets that note the address asked for and reach the loopback server instead: the open internet, in small."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):  # type: ignore[no-untyped-def]
        self.asked.append(host)
        return super().connect_tcp("127.0.0.1", port, timeout, local_address, socket_options)
