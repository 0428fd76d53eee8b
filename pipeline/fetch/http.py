"""The HTTP client: one polite, bounded, checked GET at a time, from as many threads as the caller likes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol, Self

import httpcore
import httpx

from pipeline.errors import FetchError
from pipeline.fetch.address import Resolver, is_loopback_host, system_resolver
from pipeline.fetch.connect import CheckedBackend, Deadline, RefusedAddressError, TlsError, Transport, UnknownHostError
from pipeline.fetch.decode import ACCEPT_ENCODING, DecodeError, decoded
from pipeline.fetch.gate import Gate
from pipeline.records import Response, Validators

_REDIRECTS = {301, 302, 303, 307, 308}
_RETRYABLE_4XX = {408, 425, 429}

_Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one client may take of time, memory and other people's servers."""

    connect_seconds: float  # for reaching one address of a server, and for DNS
    read_seconds: float  # for one silent stretch of an answer
    total_seconds: float  # for a whole exchange with its redirects; waiting for a turn does not count
    max_bytes: int  # largest body, after decompression
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
    ) -> Response:
        """The answer to one GET; FetchError where there is no usable one."""


@dataclass(slots=True)
class _Exchange:
    """One `get` on its way through its redirects."""

    url: str
    headers: _Headers
    conditional: bool
    allow_private: bool
    max_bytes: int
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)  # kept for this exchange only
    spent_seconds: float = 0.0

    def error(self, reason: str, detail: str, *, retryable: bool = True) -> FetchError:
        return FetchError(self.url, reason, detail, retryable=retryable)


class Client:
    """A `Fetcher` over HTTP/1.1 and HTTP/2. Use as a context manager; `get` may be called from many threads.

    Only http and https; addresses that are not of the open internet are refused at connect time, on every
    hop, unless `allow_private` is given (see `pipeline.fetch.connect`, also on proxies). Hosts are asked
    politely (see `Limits`); a loopback host fetched with `allow_private` is the developer's own and is not
    made to wait.
    """

    def __init__(
        self,
        limits: Limits,
        user_agent: str,
        *,
        resolve: Resolver = system_resolver,
        sockets: httpcore.NetworkBackend | None = None,
    ) -> None:
        """`resolve` and `sockets` stand in for DNS and TCP; only tests have a reason to give them."""
        self._limits, self._user_agent = limits, user_agent
        self._deadline = Deadline()
        self._gate = Gate(host_connections=limits.host_connections, connections=limits.connections)
        tls = httpx.create_ssl_context()
        self._transports = {
            allow: Transport(
                CheckedBackend(resolve, self._deadline, allow_private=allow, sockets=sockets), tls, limits.connections
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
    ) -> Response:
        """The answer to a GET of `url`, after redirects (followed here, each hop checked) and decompression.

        `validators` are replayed to the letter (RFC 9110, 13.1); a 304 is then an answer with an empty body.
        The body's bytes are as sent, whatever their charset. `fetched_at` is when the last hop was asked.

        Raises FetchError with reason dns, connect, timeout, tls, too_large (more than `max_bytes`, by default
        the limits'), refused_address, redirects, protocol or bad_url, and StatusError (http_404 …) for any
        other status than 2xx; it carries Retry-After.
        """
        exchange = _Exchange(
            url=url,
            headers=_headers(self._user_agent, accept, validators),
            conditional=bool(validators and (validators.etag or validators.last_modified)),
            allow_private=allow_private,
            max_bytes=self._limits.max_bytes if max_bytes is None else max_bytes,
        )
        hop = _parsed(exchange, url)
        for _ in range(self._limits.max_redirects + 1):
            answer = self._take_turn(exchange, hop)
            if isinstance(answer, Response):
                return answer
            hop = answer
        raise exchange.error(
            "redirects", f"more than {self._limits.max_redirects} redirects, last to {hop}", retryable=False
        )

    def _take_turn(self, exchange: _Exchange, hop: httpx.URL) -> Response | httpx.URL:
        own = exchange.allow_private and is_loopback_host(hop.host)
        interval = 0.0 if own else self._limits.host_interval_seconds
        with self._gate.turn(hop.host, interval):
            started = time.monotonic()
            self._deadline.start(self._limits.total_seconds - exchange.spent_seconds)
            try:
                return self._ask(exchange, hop, started)
            except RefusedAddressError as error:
                raise exchange.error("refused_address", str(error), retryable=False) from error
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                raise exchange.error(*_reason(error)) from error
            except DecodeError as error:
                raise exchange.error("protocol", str(error)) from error
            finally:
                self._deadline.clear()
                exchange.spent_seconds += time.monotonic() - started

    def _ask(self, exchange: _Exchange, hop: httpx.URL, started: float) -> Response | httpx.URL:
        request = httpx.Request("GET", hop, headers=exchange.headers, extensions={"timeout": self._timeouts()})
        exchange.cookies.set_cookie_header(request)
        fetched_at = datetime.now(UTC)
        answer = self._transports[exchange.allow_private].handle_request(request)
        try:
            if answer.status_code in _REDIRECTS and "location" in answer.headers:
                exchange.cookies.extract_cookies(answer)
                return _parsed(exchange, answer.headers["location"], base=hop)
            good = answer.is_success
            body = _body(exchange, answer) if good else b""
        finally:
            answer.close()
        spent = exchange.spent_seconds + time.monotonic() - started
        response = _response(exchange.url, answer, body, fetched_at, spent)
        if not good and not (answer.status_code == 304 and exchange.conditional):
            raise StatusError(response)
        return response

    def _timeouts(self) -> dict[str, float]:
        connect, read = self._limits.connect_seconds, self._limits.read_seconds
        return {"connect": connect, "read": read, "write": read, "pool": connect}


def user_agent(version: str, contact: str | None) -> str:
    """Who is asking: `Dateline/0.1.0 (+contact)`, so that a publisher can reach the operator."""
    return f"Dateline/{version}" + (f" (+{contact})" if contact else "")


def _headers(agent: str, accept: str, validators: Validators | None) -> _Headers:
    pairs = {"User-Agent": agent, "Accept": accept, "Accept-Encoding": ACCEPT_ENCODING}
    if validators and validators.etag:
        pairs["If-None-Match"] = validators.etag
    if validators and validators.last_modified:
        pairs["If-Modified-Since"] = validators.last_modified
    # Headers came in as Latin-1, and go out so; only the operator's own words can hold other letters.
    return [(name.encode(), value.encode("latin-1", "replace")) for name, value in pairs.items()]


def _parsed(exchange: _Exchange, url: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        parsed = (base.join(url) if base else httpx.URL(url.strip())).copy_with(fragment=None)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise exchange.error("bad_url", f"{url!r}: {error}", retryable=False) from error
    if parsed.scheme not in ("http", "https"):
        wrong = f"only http and https are fetched, not {parsed.scheme or 'an address without a scheme'}"
    elif not parsed.host:
        wrong = "no host in it"
    elif parsed.userinfo:
        wrong = "a name or password in an address is not sent"
    else:
        return parsed
    raise exchange.error("bad_url", wrong, retryable=False)


def _body(exchange: _Exchange, answer: httpx.Response) -> bytes:
    """The whole body, decompressed; stops as soon as it is too large."""
    claimed = answer.headers.get("content-length", "")
    if claimed.isascii() and claimed.isdigit() and int(claimed[:18]) > exchange.max_bytes:
        raise _too_large(exchange)
    body = bytearray()
    for piece in decoded(answer.iter_raw(), answer.headers.get("content-encoding")):
        body += piece
        if len(body) > exchange.max_bytes:
            raise _too_large(exchange)
    return bytes(body)


def _too_large(exchange: _Exchange) -> FetchError:
    return exchange.error("too_large", f"more than {exchange.max_bytes} bytes", retryable=False)


def _response(url: str, answer: httpx.Response, body: bytes, fetched_at: datetime, seconds: float) -> Response:
    return Response(
        url=url,
        final_url=str(answer.request.url),
        status=answer.status_code,
        headers=tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in answer.headers.raw),
        body=body,
        fetched_at=fetched_at,
        elapsed_ms=round(seconds * 1000),
    )


def _reason(error: Exception) -> tuple[str, str]:
    """Reason and detail of a transport's exception."""
    detail = str(error) or type(error).__name__
    match error:
        case UnknownHostError():
            return "dns", detail
        case httpcore.TimeoutException():
            return "timeout", detail
        case httpcore.ProtocolError():
            return "protocol", detail
        case TlsError():
            return "tls", detail
    return "connect", detail
