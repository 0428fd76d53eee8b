"""A small internet on loopback: every host name leads to one server, whose every byte a scenario writes itself.

It speaks HTTP only as far as its answers do, so it can also break the protocol: cut, drip, reset, lie.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpcore

_MOST_HEAD_BYTES = 100_000
_CLOSED_PORT = 1  # tcpmux: nobody listens
SILENCE = ("silence",)  # addresses of a host whose DNS server says nothing
_HELD_SECONDS = 5.0  # how long an answer may hold its connection: longer than any limit of the client


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client has asked. `round`: on which poll; `headers` in lower case."""

    round: int
    host: str
    target: str
    headers: Mapping[str, str]

    @property
    def is_conditional(self) -> bool:
        """Does it ask "has it changed?"?"""
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass(frozen=True, slots=True)
class Line:
    """The server's end of a connection."""

    socket: socket.socket
    over: threading.Event  # the server is being closed

    def send(self, data: bytes) -> None:
        """Send all of it; OSError when the client has gone."""
        self.socket.sendall(data)

    def wait(self, seconds: float) -> None:
        """Say nothing for so long."""
        self.over.wait(seconds)

    def reset(self) -> None:
        """End the connection with a TCP reset instead of a proper close."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Answer = Callable[[Request, Line], bool]  # says whether the connection goes on


def reply(status: int, body: bytes = b"", **headers: str) -> Answer:
    """A proper answer with its length and these headers (Retry_After stands for Retry-After); it keeps the line."""

    def answer(_: Request, line: Line) -> bool:
        lines = [f"HTTP/1.1 {status} Whatever"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if status != 304:
            lines.append(f"Content-Length: {len(body)}")
        line.send("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        return headers.get("Connection") != "close"

    return answer


def raw(*pieces: bytes, pause: float = 0.0, hang: bool = False, reset: bool = False) -> Answer:
    """Bytes as they are, a pause after each; then the connection ends: properly, after a silence, or by a reset."""

    def answer(_: Request, line: Line) -> bool:
        for piece in pieces:
            line.send(piece)
            line.wait(pause)
        if hang:
            line.wait(_HELD_SECONDS)
        if reset:
            line.reset()
        return False

    return answer


def endless(head: bytes, piece: bytes, *, pause: float = 0.0) -> Answer:
    """The head, then the piece again and again for as long as the client listens."""

    def answer(_: Request, line: Line) -> bool:
        line.send(head)
        while not line.over.is_set():
            line.send(piece)
            line.wait(pause)
        return False

    return answer


def if_asked(conditional: Answer, plain: Answer) -> Answer:
    """One answer to "has it changed?", another one to a plain request."""
    return lambda request, line: (conditional if request.is_conditional else plain)(request, line)


@dataclass(slots=True)
class World:
    """What the server answers: by host and path a sequence, one answer a round, the last one repeated."""

    sites: dict[tuple[str, str], Sequence[Answer]] = field(default_factory=dict)
    addresses: dict[str, Sequence[Sequence[str]]] = field(default_factory=dict)  # of a host, likewise
    asked: dict[str, list[Request]] = field(default_factory=lambda: defaultdict(list))  # by host
    round: int = 0

    def answer(self, request: Request, line: Line) -> bool:
        """Answer a request; what nobody has written is a 404."""
        self.asked[request.host].append(request)
        site = self.sites.get((request.host, request.target), (reply(404),))
        return self._of_round(site)(request, line)

    def resolve(self, host: str, _: int) -> Sequence[str]:
        """Addresses of a host in this round; a literal address is its own. OSError where there is none."""
        if host not in self.addresses:
            return [host]
        found = self._of_round(self.addresses[host])
        if found == SILENCE:
            threading.Event().wait(_HELD_SECONDS)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return found

    def forget(self, hosts: Collection[str]) -> None:
        """Unlearn what these hosts were asked in this round."""
        for host in hosts:
            self.asked[host] = [r for r in self.asked[host] if r.round != self.round]

    def _of_round(self, sequence: Sequence[Any]) -> Any:
        return sequence[min(self.round, len(sequence) - 1)]


class Server:
    """The server of a world, for plain HTTP and for TLS. Use as a context manager."""

    def __init__(self, world: World, tls: ssl.SSLContext) -> None:
        self._world, self._tls, self._over = world, tls, threading.Event()
        self._listeners = {80: socket.create_server(("127.0.0.1", 0)), 443: socket.create_server(("127.0.0.1", 0))}

    @property
    def ports(self) -> dict[int, int]:
        """Where the ports of the open internet are on loopback."""
        found = {known: int(listener.getsockname()[1]) for known, listener in self._listeners.items()}
        return {**found, 8080: found[80]}

    def __enter__(self) -> Server:
        for known, listener in self._listeners.items():
            tls = self._tls if known == 443 else None
            threading.Thread(target=self._listen, args=(listener, tls), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for listener in self._listeners.values():
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _listen(self, listener: socket.socket, tls: ssl.SSLContext | None) -> None:
        with contextlib.suppress(OSError):
            while not self._over.is_set():
                connection, _ = listener.accept()
                threading.Thread(target=self._serve, args=(connection, tls), daemon=True).start()

    def _serve(self, connection: socket.socket, tls: ssl.SSLContext | None) -> None:
        """One connection to its end; a client that hangs up is what many scenarios are about."""
        with contextlib.suppress(OSError), connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            wrapped = tls.wrap_socket(connection, server_side=True) if tls else connection
            with wrapped:
                while (request := self._read(wrapped)) and self._world.answer(request, Line(wrapped, self._over)):
                    pass

    def _read(self, connection: socket.socket) -> Request | None:
        head = bytearray()
        while b"\r\n\r\n" not in head and len(head) < _MOST_HEAD_BYTES:
            piece = connection.recv(65_536)
            if not piece:
                return None
            head += piece
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (text.partition(":") for text in lines if text)}
        target = first.split(" ")[1]
        return Request(round=self._world.round, host=headers["host"], target=target, headers=headers)


class Internet(httpcore.SyncBackend):
    """Sockets that reach the loopback server whatever address they are to connect to, and note which one that was.

    Nobody listens at `DEAD`, and at no port but the two that the server has.
    """

    DEAD = "9.9.9.99"

    def __init__(self, ports: Mapping[int, int]) -> None:
        self._ports, self.reached = ports, list[tuple[str, int]]()

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):  # type: ignore[no-untyped-def]
        self.reached.append((host, port))
        there = _CLOSED_PORT if host == self.DEAD else self._ports.get(port, _CLOSED_PORT)
        return super().connect_tcp("127.0.0.1", there, timeout, local_address, socket_options)
