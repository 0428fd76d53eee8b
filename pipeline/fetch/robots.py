"""robots.txt: which pages a host lets us fetch, and how fast (RFC 9309; `Crawl-delay` as protego reads it)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego

from pipeline.errors import FetchError
from pipeline.fetch.http import Fetcher

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: what a crawler must be ready to read
FRESH = timedelta(hours=24)  # RFC 9309, 2.4
RETRY = timedelta(hours=1)  # of an origin whose robots.txt could not be had
FORGIVEN = timedelta(days=30)  # RFC 9309, 2.3.1.4: unreachable for so long counts as none
MAX_DELAY_SECONDS = 60.0
_KEPT_ORIGINS = 256  # parsed ones
_KEPT_CHARS = 4 * 1024 * 1024  # of their text: 500 KB of rules with wildcards take 17 MB parsed, and 256 such 4 GB
_LOCKS = 64  # two origins that share one wait for each other's robots.txt, at worst
_REFUSED = {"bad_url", "refused_address", "refused_port"}
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsText:
    """What an origin answered when it was asked for its robots.txt. `status` None: it could not be reached."""

    origin: str  # scheme, host and port
    status: int | None
    body: str
    fetched_at: datetime
    unreachable_since: datetime | None = None

    @property
    def is_known(self) -> bool:
        """Does the answer say anything? 429, 5xx and silence do not (RFC 9309, 2.3.1.4)."""
        return self.status is not None and self.status != 429 and self.status < 500


class RobotsStore(Protocol):
    """Where robots.txt is kept between runs."""

    def get(self, origin: str) -> RobotsText | None:
        """What the origin said last; None when it was never asked."""

    def put(self, text: RobotsText) -> None:
        """Keep it."""


def is_fresh(text: RobotsText, now: datetime) -> bool:
    """Need it not be asked for again yet?"""
    return abs(now - text.fetched_at) < (FRESH if text.is_known else RETRY)


def origin_of(url: str) -> str:
    """Scheme, host and port, one spelling for all addresses that share a robots.txt."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removesuffix(".")
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{parts.port or _PORTS.get(parts.scheme, 0)}"


class Robots:
    """Asks each origin's robots.txt once a day, and judges addresses by it; may be used from many threads."""

    def __init__(
        self,
        client: Fetcher,
        store: RobotsStore,
        agent: str,
        *,
        exempt: frozenset[str] = frozenset(),
        clock: Callable[[], datetime],
    ) -> None:
        """`agent` is the user agent; its first word is what robots.txt knows us by. `exempt`: hosts not asked."""
        self._client, self._store, self._clock, self._exempt = client, store, clock, exempt
        self._token = agent.split("/", 1)[0]
        self._rules: dict[str, tuple[RobotsText, Protego]] = {}
        self._keeping = threading.Lock()
        self._locks = tuple(threading.Lock() for _ in range(_LOCKS))

    def permit(self, url: str, *, allow_private: bool = False) -> float:
        """Least seconds between two requests to the address's host, 0 where none are asked for, at most a minute.

        FetchError "robots" where the page may not be fetched, "robots_unreachable" where nobody can tell just now,
        and those of an address that may not be asked at all.
        """
        parts = urlsplit(url)
        if (parts.hostname or "").removesuffix(".") in self._exempt:
            return 0.0
        origin = origin_of(url)
        text, rules = self._known(origin, allow_private)
        if not text.is_known:
            return self._unknown(url, text)
        if not rules.can_fetch(url, self._token):
            raise FetchError(url, "robots", f"{origin}/robots.txt does not let us fetch it", retryable=False)
        return min(max(_delay(rules, self._token), 0.0), MAX_DELAY_SECONDS)

    def _unknown(self, url: str, text: RobotsText) -> float:
        since = text.unreachable_since or text.fetched_at
        if text.fetched_at - since >= FORGIVEN:
            return 0.0
        answer = f"answered {text.status}" if text.status else "could not be had"
        raise FetchError(url, "robots_unreachable", f"{text.origin}/robots.txt {answer}, so nobody knows if we may")

    def _known(self, origin: str, allow_private: bool) -> tuple[RobotsText, Protego]:
        with self._locks[hash(origin) % _LOCKS]:  # many pages of a host come at once: one of them asks
            known = self._rules.get(origin)
            if known is None or not is_fresh(known[0], self._clock()):
                text = self._text(origin, allow_private)
                known = (text, Protego.parse(text.body if _is_success(text.status) else ""))
                self._keep(origin, known)
            return known

    def _keep(self, origin: str, known: tuple[RobotsText, Protego]) -> None:
        with self._keeping:
            self._rules.pop(origin, None)
            self._rules[origin] = known
            chars = sum(len(text.body) for text, _ in self._rules.values())
            while len(self._rules) > _KEPT_ORIGINS or chars > _KEPT_CHARS:
                oldest, _ = self._rules.pop(next(iter(self._rules)))
                chars -= len(oldest.body)

    def _text(self, origin: str, allow_private: bool) -> RobotsText:
        stored = self._store.get(origin)
        if stored and is_fresh(stored, self._clock()):
            return stored
        text = self._ask(origin, allow_private)
        if not text.is_known:
            since = stored.unreachable_since if stored and not stored.is_known else None
            text = RobotsText(
                origin=origin,
                status=text.status,
                body="",
                fetched_at=text.fetched_at,
                unreachable_since=since or text.fetched_at,
            )
        self._store.put(text)
        return text

    def _ask(self, origin: str, allow_private: bool) -> RobotsText:
        at = self._clock()
        try:
            response = self._client.get(
                f"{origin}/robots.txt",
                accept="text/plain, */*;q=0.5",
                allow_private=allow_private,
                max_bytes=MAX_BYTES,
                truncate=True,
            )
        except FetchError as error:
            if error.reason in _REFUSED and error.status is None:  # true of the page as well
                raise
            # A redirect to an address that may not be asked is as good as none (RFC 9309, 2.3.1.2): status 302, say.
            return RobotsText(origin=origin, status=error.status, body="", fetched_at=at)
        return RobotsText(origin=origin, status=response.status, body=text_of(response.body), fetched_at=at)


def text_of(body: bytes) -> str:
    """The body as text (RFC 9309, 2.3: UTF-8), of a cut one its whole lines: half of "Disallow: /old" is "/"."""
    if len(body) >= MAX_BYTES:
        body = body[: body.rfind(b"\n") + 1]
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("latin-1")
    return text.replace("\0", "")  # DuckDB's shell ends a text there


def _is_success(status: int | None) -> bool:
    return status is not None and 200 <= status < 300


def _delay(rules: Protego, token: str) -> float:
    """`Crawl-delay`, or the pace of `Request-rate`, in seconds."""
    rate = rules.request_rate(token)
    paced = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return max(float(rules.crawl_delay(token) or 0.0), float(paced))
