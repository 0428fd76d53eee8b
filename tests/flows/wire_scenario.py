"""What a scenario of polling is, what it leaves in the warehouse, and what is held against each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from pipeline.records import Feed
from tests.flows.wire_documents import at
from tests.flows.wire_server import Answer, Request

Outcome = Literal["read", "unchanged", "failed"]
Row = Mapping[str, Any]

PUBLIC = "93.184.215.14"
ALLOWED = "10.0.0.6"  # private, and reached by a feed that may


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll must have come to."""

    outcome: Outcome
    status: int | None = None
    reason: str | None = None
    new: int = 0
    changed: int = 0
    left_out: int = 0


def read(new: int = 0, *, changed: int = 0, left_out: int = 0, status: int | None = 200) -> Polled:
    """A document that was read; of a folder (no status) those of its files."""
    return Polled(outcome="read", status=status, new=new, changed=changed, left_out=left_out)


def unchanged(status: int | None = 304) -> Polled:
    """Nothing new: by the server's word, or (200) the same bytes, or (None) no new files."""
    return Polled(outcome="unchanged", status=status)


def failed(reason: str, status: int | None = None) -> Polled:
    """No usable answer."""
    return Polled(outcome="failed", status=status, reason=reason)


def refused(status: int) -> Polled:
    """An answer with a status that is no success."""
    return failed(f"http_{status}", status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a scenario has left: the rows of its feed, and what the server was asked."""

    feed: Row  # feed_health and the feed's own columns
    polls: Sequence[Row]
    entries: Sequence[Row]  # by title
    addresses: Sequence[Row]
    files: Sequence[Row]
    failures: Sequence[Row]
    requests: Sequence[Request]
    reached: Sequence[str]  # addresses of all sockets of all scenarios

    @property
    def targets(self) -> list[str]:
        """Paths that were asked for, in that order."""
        return [request.target for request in self.requests]

    def asked(self, round_: int, target: str = "/feed") -> Request:
        """The one request for that path in that round."""
        [request] = [r for r in self.requests if (r.round, r.target) == (round_, target)]
        return request


Check = Callable[[Seen], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One feed: what its server does on each poll, and what must have come of it."""

    name: str
    answers: Sequence[Answer] = ()  # at its address, one a round, the last one repeated
    polls: Sequence[Polled]
    paths: Mapping[str, Sequence[Answer]] = field(default_factory=dict)  # others: "/new", or "host.example/new"
    scheme: Literal["http", "https"] = "http"
    port: int | None = None
    addresses: Sequence[Sequence[str]] = ((PUBLIC,),)  # of its host, likewise
    others: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)  # of further hosts
    folder: bool = False  # a watched folder instead of a server
    drops: (
        Sequence[Mapping[str, bytes]] | None
    ) = ()  # what is put there before each poll, by file name; None: no folder
    zone: str | None = None
    full_text: bool | None = None
    interval_seconds: int | None = None
    allow_private: bool = False
    fetched: bool = False  # its pages are fetched after each poll
    hasty: bool = False  # parsed under a limit that no document keeps
    # At the end:
    polled_at: str | None = None  # address that is polled from now on, where it is not the listed one
    gone_in: int | None = None  # the round that found it gone
    next_hours: tuple[float, float] | None = None  # from the last poll to the next, least and most
    because: str | None = None  # in the reason of the next poll
    check: Check | None = None

    @property
    def slug(self) -> str:
        """The name as an id."""
        return "-".join("".join(c if c.isalnum() else " " for c in self.name.lower()).split())

    @property
    def host(self) -> str:
        """Its own host name; labels are 63 letters at most."""
        return f"{self.slug[:60].strip('-')}.example"

    @property
    def url(self) -> str:
        """The address as listed."""
        port = "" if self.port is None else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}/feed"

    def feed(self, folder: str) -> Feed:
        """As the operator lists it. `folder`: the address of its folder, should it have one."""
        return Feed(
            feed_id=self.slug,
            url=folder if self.folder else self.url,
            zone=self.zone,
            full_text=self.full_text,
            interval_seconds=self.interval_seconds,
            allow_private=self.allow_private,
        )

    @property
    def failing_since(self) -> datetime | None:
        """First of the failures that the polls end with, UTC."""
        trailing = 0
        while trailing < len(self.polls) and self.polls[-1 - trailing].outcome == "failed":
            trailing += 1
        return at(len(self.polls) - trailing) if trailing else None

    @property
    def health(self) -> str:
        """The word of the health view."""
        return "gone" if self.gone_in is not None else "failing" if self.failing_since else "good"


def column(rows: Sequence[Row], name: str) -> list[Any]:
    """One column of all rows."""
    return [row[name] for row in rows]
