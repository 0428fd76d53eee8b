"""One GET on its way through its redirects: what it may ask for, and what it makes of each answer."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from urllib.request import Request

import httpx

from pipeline.errors import FetchError
from pipeline.fetch.decode import decoded
from pipeline.records import Redirect, Response

_REDIRECTS = {301, 302, 303, 307, 308}
_DETAIL_CHARS = 300  # h11 quotes the line that it does not like, up to 64 KB of it
_MAX_HEADER_LINES = 200  # Python's own client takes 100; h11 and httpcore count none
_HOST = re.compile(rb"[a-z0-9._-]+|[0-9A-Fa-f:.]+")  # a name or IPv4, or IPv6: what all readers of an address agree on
_DEFAULT_PORTS = {"http": 80, "https": 443}


class _PlainCookies(DefaultCookiePolicy):
    """Takes no cookies that httpx cannot send back: one with an ÿ in it makes it raise UnicodeEncodeError."""

    def set_ok(self, cookie: Cookie, request: Request) -> bool:
        return f"{cookie.name}{cookie.value}".isascii() and super().set_ok(cookie, request)


def _cookies() -> httpx.Cookies:
    return httpx.Cookies(CookieJar(_PlainCookies()))


@dataclass(slots=True)
class Exchange:
    """What is asked for, within which bounds, and how far it has come."""

    url: str
    headers: list[tuple[bytes, bytes]]  # of every hop
    conditional: bool
    allow_private: bool
    ports: Container[int]
    max_bytes: int
    truncate: bool
    redirects: list[Redirect] = field(default_factory=list)
    cookies: httpx.Cookies = field(default_factory=_cookies)  # kept for this exchange only
    spent_seconds: float = 0.0

    def error(self, reason: str, detail: str, *, status: int | None = None, retryable: bool = True) -> FetchError:
        """A failure of this exchange, to be raised; `detail` becomes one line of bounded length."""
        line = " ".join(detail.split())
        line = line if len(line) <= _DETAIL_CHARS else f"{line[:_DETAIL_CHARS]}…"
        return FetchError(self.url, reason, line, status=status, retryable=retryable)

    def parsed(self, url: str, base: httpx.URL | None = None, *, status: int | None = None) -> httpx.URL:
        """The address, absolute and without its fragment; FetchError bad_url or refused_port, with the `status` that
        led here."""
        try:
            parsed = (base.join(url) if base else httpx.URL(url.strip())).copy_with(fragment=None)
            host = parsed.host  # decoded only here, which fails for http://xn--/
        except (httpx.InvalidURL, ValueError) as error:
            raise self.error("bad_url", f"{url[:200]!r}: {error}", status=status, retryable=False) from error
        wrong = _wrong_with(parsed)
        if wrong:
            raise self.error("bad_url", wrong, status=status, retryable=False)
        port = _DEFAULT_PORTS[parsed.scheme] if parsed.port is None else parsed.port
        if port not in self.ports and not self.allow_private:
            detail = f"port {port} of {host} is not one of the web's"
            raise self.error("refused_port", detail, status=status, retryable=False)
        return parsed

    def target(self, answer: httpx.Response) -> httpx.URL | None:
        """Where the answer sends us on to, noted with its cookies; None where it is the last.

        FetchError protocol for too many header lines, and those of `parsed`.
        """
        lines = len(answer.headers.raw)
        if lines > _MAX_HEADER_LINES:
            raise self.error("protocol", f"{lines} header lines")
        locations = answer.headers.get_list("location")
        if answer.status_code not in _REDIRECTS or not locations:
            return None
        self.cookies.extract_cookies(answer)
        target = self.parsed(locations[0], base=answer.request.url, status=answer.status_code)
        self.redirects.append(Redirect(answer.status_code, str(target)))
        return target

    def body(self, answer: httpx.Response) -> bytes:
        """The whole body, decompressed, or as much as is asked for; FetchError too_large as soon as it is."""
        claimed = answer.headers.get("content-length", "")
        if not self.truncate and claimed.isascii() and claimed.isdigit() and int(claimed[:18]) > self.max_bytes:
            raise self._too_large()
        body = bytearray()
        for piece in decoded(self._as_sent(answer), answer.headers.get("content-encoding")):
            body += piece
            if len(body) > self.max_bytes:
                if self.truncate:
                    break
                raise self._too_large()
        return bytes(body[: self.max_bytes])

    def _as_sent(self, answer: httpx.Response) -> Iterator[bytes]:
        """The body's bytes before decompression: gzip made of empty blocks has no end, and unpacks to nothing."""
        size = 0
        for piece in answer.iter_raw():
            size += len(piece)
            if size > self.max_bytes and not self.truncate:
                raise self._too_large()
            yield piece

    def _too_large(self) -> FetchError:
        return self.error("too_large", f"more than {self.max_bytes} bytes", retryable=False)

    def response(self, answer: httpx.Response, body: bytes, fetched_at: datetime, seconds: float) -> Response:
        """The record of the last answer."""
        return Response(
            url=self.url,
            final_url=str(answer.request.url),
            status=answer.status_code,
            headers=_as_text(answer.headers),
            body=body,
            fetched_at=fetched_at,
            elapsed_ms=round(seconds * 1000),
            redirects=tuple(self.redirects),
            request_headers=_as_text(answer.request.headers),
        )


def _wrong_with(url: httpx.URL) -> str | None:
    if url.scheme not in _DEFAULT_PORTS:
        return f"only http and https are fetched, not {url.scheme or 'an address without a scheme'}"
    if not url.raw_host:
        return "no host in it"
    if url.userinfo:
        return "a name or password in an address is not sent"
    if not _HOST.fullmatch(url.raw_host):  # http://127.0.0.1\\.news.example/ is 127.0.0.1 to browsers
        return f"{url.host!r} is no host name"
    return None


def _as_text(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)
