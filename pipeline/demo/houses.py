"""Who prints and who is polled: the sites and channels of `wire.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, cast

from pipeline.demo.stories import data
from pipeline.records import Feed

Dialect = Literal["rss20", "rss20-broken", "rss10", "atom", "jsonfeed", "html"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A newspaper's or agency's web site. `labels` are the words of its chrome."""

    site_id: str
    name: str
    template: str
    language: str
    nav: tuple[str, ...]
    labels: dict[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed of the wire, without the server's address."""

    feed_id: str
    title: str
    dialect: Dialect
    path: str
    site: str
    ttl_minutes: int
    agency: str | None = None
    country: str | None = None
    language: str | None = None
    full_text: bool = False

    def feed(self, base_url: str) -> Feed:
        """The entry for a feed list."""
        return Feed(
            feed_id=self.feed_id,
            url=base_url + self.path,
            title=self.title,
            agency=self.agency,
            country=self.country,
            language=self.language,
            interval_seconds=self.ttl_minutes * 60,
            allow_private=True,
            full_text=self.full_text,
            note="made-up news of the demo wire",
        )


@cache
def sites() -> dict[str, Site]:
    """All sites by id."""
    wire = _wire()
    common = cast("dict[str, str]", wire["labels"])
    found = {}
    for site_id, row in wire["sites"].items():
        own = cast("dict[str, str]", row.pop("labels", {}))
        nav = tuple(cast("list[str]", row.pop("nav")))
        found[site_id] = Site(site_id=site_id, nav=nav, labels=common | own, **row)
    return found


@cache
def channels() -> tuple[Channel, ...]:
    """All channels, in the order of the feed list."""
    return tuple(Channel(feed_id=feed_id, **row) for feed_id, row in _wire()["feeds"].items())


def _wire() -> dict[str, dict[str, Any]]:
    return tomllib.loads(data().joinpath("wire.toml").read_text("utf-8"))
