"""The HTTP client: one polite, bounded, checked GET at a time, from as many threads as the caller likes."""

from __future__ import annotations

import time
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, Self

import httpcore
import httpx

from pipeline.errors import FetchError
from pipeline.fetch.address import WEB_PORTS, Resolver, is_loopback_host, system_resolver
from pipeline.fetch.connect import Budget, CheckedBackend, RefusedAddressError, Transport, reason_of
from pipeline.fetch.decode import ACCEPT_ENCODING, DecodeError
from pipeline.fetch.exchange import Exchange
from pipeline.fetch.gate import Gate
from pipeline.records import Response, Validators

_RETRYABLE_4XX = {408, 425, 429}

Permit = Callable[[str], float]
"""Asked before each hop with its absolute address: least seconds between two requests to its host, or FetchError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one client may take of time, memory and other people's servers."""

    connect_seconds: float  # for reaching one address of a server, and for DNS
    read_seconds: float  # for one silent stretch of an answer
    total_seconds: float  # for a whole exchange with its redirects; waiting for a turn does not count
    max_bytes: int  # largest body, as sent and after decompression
    host_interval_seconds: float  # least time between the starts of two requests to one host
    host_connections: int  # most requests at once to one host
    connections: int  # most requests at once in all
    max_redirects: int = 8


class StatusError(FetchError):
    """The server answered, with a status that is no success; `response` holds its headers and no body."""

    def __init__(self, response: Response) -> None:
        self.response = response
        status = response.status
        retryable = status in _RETRYABLE_4XX or status >= 500 or status == 304
        detail = f"the server at {response.final_url} answered {status}"
        super().__init__(response.url, f"http_{status}", detail, status=status, retryable=retryable)

    def __reduce__(self) -> tuple[type[StatusError], tuple[Response]]:
        return StatusError, (self.response,)  # so that it may cross to another process

    @property
    def retry_after(self) -> str | None:
        """The Retry-After header to the letter; `policy.retry_after_seconds` reads it."""
        return self.response.header("Retry-After")


class Fetcher(Protocol):
    """What the flows need of a client; tests and archives may bring their own."""

    def get(
        self,
        url: str,
        *,
        accept: str,
        validators: Validators | None = None,
        allow_private: bool = False,
        max_bytes: int | None = None,
        truncate: bool = False,
        permit: Permit | None = None,
    ) -> Response:
        """The answer to one GET; FetchError where there is no usable one."""


class Client:
    """A `Fetcher` over HTTP/1.1. Use as a context manager; `get` may be called from many threads.

    Only http and https; other ports than the web's, and addresses that are not of the open internet, are
    refused on every hop, the latter when connecting, unless `allow_private` is given (see `pipeline.fetch.address`
    and, also on proxies, `pipeline.fetch.connect`). Hosts are asked politely (see `Limits`); a loopback host
    fetched with `allow_private` is the developer's own and is not made to wait.
    """

    def __init__(
        self,
        limits: Limits,
        user_agent: str,
        *,
        resolve: Resolver = system_resolver,
        sockets: httpcore.NetworkBackend | None = None,
        ports: Container[int] = WEB_PORTS,
    ) -> None:
        """`resolve`, `sockets` and `ports` stand in for DNS, TCP and the web; only tests have a reason to give them."""
        self._limits, self._user_agent, self._ports = limits, user_agent, ports
        self._budget = Budget()
        self._gate = Gate(host_connections=limits.host_connections, connections=limits.connections)
        tls = httpx.create_ssl_context()
        self._transports = {
            allow: Transport(
                CheckedBackend(resolve, self._budget, allow_private=allow, sockets=sockets),
                self._budget,
                tls,
                limits.connections,
            )
            for allow in (False, True)
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        for transport in self._transports.values():
            transport.close()

    def get(
        self,
        url: str,
        *,
        accept: str,
        validators: Validators | None = None,
        allow_private: bool = False,
        max_bytes: int | None = None,
        truncate: bool = False,
        permit: Permit | None = None,
    ) -> Response:
        """The answer to a GET of `url`, after redirects (followed here, each hop checked) and decompression.

        `validators` are replayed to the letter (RFC 9110, 13.1); a 304 is then an answer with an empty body. They
        belong to the address that gave them, but go to every hop: which one answers is not known before, and one
        that redirects must pass over them (13.2.1). A 304 from another `final_url` than theirs proves nothing.

        The body's bytes are as sent, whatever their charset; with `truncate` a longer one than `max_bytes` is cut
        there. `fetched_at` is when the last hop was asked. `permit` is asked before each hop; the longer of its
        wait and the limits' interval is kept. The time that it takes, as that for a turn, is not the exchange's.

        Raises FetchError with reason dns, connect, timeout, tls, too_large (more than `max_bytes`, by default
        the limits', sent or unpacked), refused_address, refused_port, redirects, protocol or bad_url, whatever
        `permit` raises, and StatusError (http_404 …) for any other status than 2xx; it carries Retry-After. An
        address that a redirect names and that may not be asked comes with the redirect's status.
        """
        exchange = Exchange(
            url=url,
            headers=_headers(self._user_agent, accept, validators),
            conditional=bool(validators and (validators.etag or validators.last_modified)),
            allow_private=allow_private,
            ports=self._ports,
            max_bytes=self._limits.max_bytes if max_bytes is None else max_bytes,
            truncate=truncate,
        )
        hop = exchange.parsed(url)
        for _ in range(self._limits.max_redirects + 1):
            answer = self._take_turn(exchange, hop, permit(str(hop)) if permit else 0.0)
            if isinstance(answer, Response):
                return answer
            hop = answer
        too_many = f"more than {self._limits.max_redirects} redirects, last to {hop}"
        raise exchange.error("redirects", too_many, status=exchange.redirects[-1].status, retryable=False)

    def _take_turn(self, exchange: Exchange, hop: httpx.URL, delay_seconds: float) -> Response | httpx.URL:
        own = exchange.allow_private and is_loopback_host(hop.host)
        interval = max(delay_seconds, 0.0 if own else self._limits.host_interval_seconds)
        with self._gate.turn(hop.raw_host.decode("ascii").lower().removesuffix("."), interval):
            started = time.monotonic()
            self._budget.start(self._limits.total_seconds - exchange.spent_seconds)
            try:
                return self._ask(exchange, hop, started)
            except RefusedAddressError as error:
                status = exchange.redirects[-1].status if exchange.redirects else None
                raise exchange.error("refused_address", str(error), status=status, retryable=False) from error
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                raise exchange.error(*reason_of(error)) from error
            except DecodeError as error:
                raise exchange.error("protocol", str(error)) from error
            finally:
                self._budget.clear()
                exchange.spent_seconds += time.monotonic() - started

    def _ask(self, exchange: Exchange, hop: httpx.URL, started: float) -> Response | httpx.URL:
        request = httpx.Request("GET", hop, headers=exchange.headers, extensions={"timeout": self._timeouts()})
        exchange.cookies.set_cookie_header(request)
        fetched_at = datetime.now(UTC)
        answer = self._transports[exchange.allow_private].handle_request(request)
        try:
            target = exchange.target(answer)
            if target is not None:
                return target
            body = exchange.body(answer) if answer.is_success else b""
        finally:
            answer.close()
        seconds = exchange.spent_seconds + time.monotonic() - started
        response = exchange.response(answer, body, fetched_at, seconds)
        if not answer.is_success and not (answer.status_code == 304 and exchange.conditional):
            raise StatusError(response)
        return response

    def _timeouts(self) -> dict[str, float]:
        connect, read = self._limits.connect_seconds, self._limits.read_seconds
        return {"connect": connect, "read": read, "write": read, "pool": connect}


def user_agent(version: str, contact: str | None) -> str:
    """Who is asking: `Dateline/0.1.0 (+contact)`, so that a publisher can reach the operator."""
    return f"Dateline/{version}" + (f" (+{contact})" if contact else "")


def _headers(agent: str, accept: str, validators: Validators | None) -> list[tuple[bytes, bytes]]:
    pairs = {"User-Agent": agent, "Accept": accept, "Accept-Encoding": ACCEPT_ENCODING}
    if validators and validators.etag:
        pairs["If-None-Match"] = validators.etag
    if validators and validators.last_modified:
        pairs["If-Modified-Since"] = validators.last_modified
    # Headers came in as Latin-1, and go out so; only the operator's own words can hold other letters.
    return [(name.encode(), value.encode("latin-1", "replace")) for name, value in pairs.items()]
