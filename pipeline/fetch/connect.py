"""Connections that reach only what was checked, and never outlast their exchange.

The check sits where a connection is opened, below redirects, pools and TLS: the name is resolved once, each
address is judged, and the socket goes to that very address, so a name that changes between check and use (DNS
rebinding) gains nothing. TLS still names the host, so certificates are verified as ever.

Proxies of the environment are not used: a proxy resolves names itself, and the address that was checked
would not be the one that is reached. `SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured, so an operator's own
authority works.
"""

from __future__ import annotations

import queue
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import httpcore
import httpx

from pipeline.fetch.address import Resolver, is_public


class UnknownHostError(httpcore.ConnectError):
    """The name has no address."""


class RefusedAddressError(httpcore.ConnectError):
    """The name leads only to addresses that may not be fetched."""


class TlsError(httpcore.ConnectError):
    """No secure connection: the server speaks no TLS, or its certificate is not trusted."""


class Deadline(threading.local):
    """When the exchange of the calling thread must be over (monotonic seconds).

    A connection outlives an exchange and is shared, so the limit cannot lie in the connection; and a server
    that sends one byte of its headers a second never ends a single read, so it cannot lie above the reads
    either.
    """

    at: float = float("inf")

    def start(self, seconds: float) -> None:
        """The calling thread's exchange may take this long from now."""
        self.at = time.monotonic() + seconds

    def clear(self) -> None:
        """The calling thread has no exchange."""
        self.at = float("inf")

    def cap(self, timeout: float | None) -> float | None:
        """The smaller of `timeout` and what is left; httpcore.ReadTimeout when nothing is left."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole exchange took too long")
        if left == float("inf"):
            return timeout
        return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A network stream whose every wait is capped by the calling thread's deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):  # the pool drops the cause
                raise TlsError(str(error)) from error
            raise
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves, checks and connects; with `allow_private` it does not check.

    Raises UnknownHostError, RefusedAddressError, httpcore.ConnectError or httpcore.TimeoutException.
    """

    def __init__(
        self,
        resolve: Resolver,
        deadline: Deadline,
        *,
        allow_private: bool,
        sockets: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._resolve, self._deadline, self._allow_private = resolve, deadline, allow_private
        self._sockets = sockets or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = UnknownHostError(f"{host} has no address")
        for address in self._allowed(host, port, timeout):
            try:
                limit = self._deadline.cap(timeout)
                stream = self._sockets.connect_tcp(address, port, limit, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _allowed(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        found = _resolve_within(self._resolve, host, port, self._deadline.cap(timeout))
        allowed = [a for a in found if self._allow_private or is_public(a)]
        if found and not allowed:
            named = host if host == found[0] else f"{host} ({found[0]})"
            raise RefusedAddressError(f"{named} is not an address of the open internet")
        return allowed


def _resolve_within(resolve: Resolver, host: str, port: int, seconds: float | None) -> Sequence[str]:
    """`resolve` with a limit, which getaddrinfo lacks: a dead DNS server can hold it for half a minute.

    The thread is a daemon: one that still waits does not keep the program from ending.
    """
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except (OSError, UnicodeError) as error:  # UnicodeError: a label of more than 63 characters
            answers.put(UnknownHostError(f"{host} has no address ({error})"))

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise httpcore.ConnectTimeout(f"no answer about {host} from DNS") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


class _Body(httpx.SyncByteStream):
    def __init__(self, inner: Iterable[bytes]) -> None:
        self._inner = inner

    def __iter__(self) -> Iterator[bytes]:
        yield from self._inner

    def close(self) -> None:
        close = getattr(self._inner, "close", None)
        if close is not None:
            close()


class Transport(httpx.BaseTransport):
    """httpx's words over an httpcore pool with a backend of our own, which httpx.HTTPTransport does not take.

    Raises httpcore's exceptions, and CheckedBackend's.
    """

    def __init__(self, backend: httpcore.NetworkBackend, tls: ssl.SSLContext, connections: int) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls, max_connections=connections, http2=True, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and return as soon as the headers are in."""
        url = request.url
        core = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(core)
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream), request=request)

    def close(self) -> None:
        self._pool.close()
