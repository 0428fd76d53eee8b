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

from pipeline.fetch.address import Resolver, is_public, refusal

HEAD_BYTES = 65_536  # Chrome takes 256 KiB, nginx 8; the largest of news sites are near 20. h11 stops at 100 KiB a head


class UnknownHostError(httpcore.ConnectError):
    """The name has no address."""


class RefusedAddressError(httpcore.ConnectError):
    """The name leads only to addresses that may not be fetched."""


class TlsError(httpcore.ConnectError):
    """No secure connection: the server speaks no TLS, or its certificate is not trusted."""


class Budget(threading.local):
    """What the calling thread's exchange may still take, and what it has taken since it asked.

    A connection outlives an exchange and is handed on, so a limit cannot lie in the connection; and a server that
    sends one byte of its headers a second never ends a single read, so it cannot lie above the reads either.
    """

    at: float = float("inf")  # when the exchange must be over, monotonic seconds
    received: int = 0  # bytes
    in_head: bool = False
    opened: bool = False  # was a connection opened (or tried), or is it a kept one?

    def start(self, seconds: float) -> None:
        """The calling thread's exchange may take this long from now."""
        self.at = time.monotonic() + seconds

    def ask(self) -> None:
        """A request is about to be sent."""
        self.received, self.in_head, self.opened = 0, True, False

    def clear(self) -> None:
        """The calling thread has no exchange."""
        self.at, self.in_head = float("inf"), False

    def cap(self, timeout: float | None) -> float | None:
        """The smaller of `timeout` and what is left; httpcore.ReadTimeout when nothing is left."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole exchange took too long")
        if left == float("inf"):
            return timeout
        return left if timeout is None else min(timeout, left)

    def may_read(self) -> None:
        """httpcore.RemoteProtocolError where the headers have no end: one huge, thousands, or 100 Continue for ever."""
        if self.in_head and self.received > HEAD_BYTES:
            raise httpcore.RemoteProtocolError(f"more than {HEAD_BYTES} bytes of headers")


class _Stream(httpcore.NetworkStream):
    """A network stream that keeps to the calling thread's budget."""

    def __init__(self, inner: httpcore.NetworkStream, budget: Budget) -> None:
        self._inner, self._budget = inner, budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._budget.may_read()
        data = self._inner.read(max_bytes, self._budget.cap(timeout))
        self._budget.received += len(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._budget.cap(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname, self._budget.cap(timeout))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):  # the pool drops the cause
                raise TlsError(str(error)) from error
            raise
        return _Stream(inner, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves, checks and connects; with `allow_private` it does not check.

    Raises UnknownHostError, RefusedAddressError, httpcore.ConnectError or httpcore.TimeoutException.
    """

    def __init__(
        self,
        resolve: Resolver,
        budget: Budget,
        *,
        allow_private: bool,
        sockets: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._resolve, self._budget, self._allow_private = resolve, budget, allow_private
        self._sockets = sockets or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self._budget.opened = True
        failure: Exception = UnknownHostError(f"{host} has no address")
        for address in self._allowed(host, port, timeout):
            try:
                limit = self._budget.cap(timeout)
                stream = self._sockets.connect_tcp(address, port, limit, local_address, socket_options)
                return _Stream(stream, self._budget)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _allowed(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        found = _resolve_within(self._resolve, host, port, self._budget.cap(timeout))
        allowed = [a for a in found if self._allow_private or is_public(a)]
        if found and not allowed:
            named = host if host == found[0] else f"{host} ({found[0]})"
            raise RefusedAddressError(f"{named} is not an address of the open internet: it is {refusal(found[0])}")
        return allowed


def _resolve_within(resolve: Resolver, host: str, port: int, seconds: float | None) -> Sequence[str]:
    """`resolve` with a limit, which getaddrinfo lacks: a dead DNS server can hold it for half a minute.

    The thread is a daemon: one that still waits does not keep the program from ending.
    """
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except (OSError, ValueError) as error:  # ValueError: a label of more than 63 characters, or of none
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

    HTTP/1.1 only: an HTTP/2 connection is shared by several exchanges, and in httpcore 1.0 one waits for another's
    reads and for a free stream without any limit. A server that allows 100 streams, then 1, holds both for ever.

    Raises httpcore's exceptions, and CheckedBackend's; `reason_of` names them.
    """

    def __init__(self, backend: httpcore.NetworkBackend, budget: Budget, tls: ssl.SSLContext, connections: int) -> None:
        self._budget = budget
        self._pool = httpcore.ConnectionPool(ssl_context=tls, max_connections=connections, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request that may be sent twice, and return as soon as the headers are in.

        A server may close a kept connection in the moment that it is used again (RFC 9112, 9.3.1), or have sent
        more on it than was asked for. The request then goes to the next connection; a new one is not tried twice.
        """
        core = _core_request(request)
        while True:  # each round takes a kept connection out of the pool
            self._budget.ask()
            try:
                answer = self._pool.handle_request(core)
            except (httpcore.NetworkError, httpcore.RemoteProtocolError):
                if self._budget.opened or self._budget.received:
                    raise
                continue
            if self._budget.received:
                break
            answer.close()  # it lay there before we asked
        self._budget.in_head = False
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream), request=request)

    def close(self) -> None:
        self._pool.close()


def _core_request(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        extensions=request.extensions,
    )


def reason_of(error: Exception) -> tuple[str, str]:
    """FetchError's reason and detail for a transport's exception.

    A connection that breaks after it stood is "protocol", whether it was reset or closed: which of the two is seen
    depends on what was still under way.
    """
    detail = str(error) or type(error).__name__
    match error:
        case UnknownHostError():
            return "dns", detail
        case httpcore.TimeoutException():
            return "timeout", detail
        case TlsError():
            return "tls", detail
        case httpcore.ConnectError():
            return "connect", detail
    return "protocol", detail
