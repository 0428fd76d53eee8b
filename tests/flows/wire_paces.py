"""Scenarios: when the next poll is, by the feed's history, its wishes and the operator's."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.wire_documents import BRIDGE, Item, at, http, many, rss
from tests.flows.wire_scenario import Scenario, Seen, column, read, refused, unchanged
from tests.flows.wire_server import Answer, if_asked, reply

OLD = Item(guid="old-1", title="Well dug", link="/well", hours_ago=20 * 24 + 0.3)
UNHURRIED = (1.5, 3.0)  # hours after which a feed of about an entry a day is polled


def asking(head: str = "", **headers: str) -> Answer:
    """A feed of one entry a day that asks for a pace."""
    return reply(200, rss(BRIDGE, head=head), **headers)


def wish(name: str, answer: Answer, hours: float) -> Scenario:
    """A feed that asks for so many hours: polled then, or up to 15 % sooner."""
    return Scenario(
        name=name,
        answers=(answer,),
        polls=(read(1),),
        next_hours=(0.84 * hours, 0.96 * hours),
        because="the feed asks for",
    )


def ignored(name: str, answer: Answer) -> Scenario:
    """A feed whose wish is none."""
    return Scenario(name=name, answers=(answer,), polls=(read(1),), next_hours=UNHURRIED, because="learnt: ")


def hint_is_kept(seen: Seen) -> None:
    assert seen.feed["hint_seconds"] == 18_000
    assert column(seen.polls, "next_poll_reason") == ["the feed asks for 5 h"] * 2


PACES = (
    Scenario(
        name="busy feed",
        answers=(reply(200, rss(*many(36))),),
        polls=(read(36),),
        next_hours=(0.2, 0.7),
        because="entries a day",
    ),
    Scenario(
        name="very busy feed",
        answers=(reply(200, rss(*many(40, spread_hours=1, first_hours_ago=0))),),
        polls=(read(40),),
        next_hours=(0.07, 0.2),
        because="entries an hour",
    ),
    Scenario(
        name="quiet feed",
        answers=(reply(200, rss(OLD)),),
        polls=(read(1), unchanged(200), unchanged(200)),
        next_hours=(1.5, 5.8),
    ),
    Scenario(
        name="feed that fell asleep",
        answers=(reply(200, rss(OLD)),),
        polls=(read(1), *(unchanged(200),) * 8),
        next_hours=(3.5, 5.8),
    ),
    Scenario(
        name="feed that wakes up",
        answers=(reply(200, rss(OLD)), reply(200, rss(OLD, *many(30, spread_hours=5, first_hours_ago=-12)))),
        polls=(read(1), read(30)),
        next_hours=(0.07, 0.7),
    ),
    wish("ttl", asking("<ttl>300</ttl>"), 5),
    wish("ttl of a week", asking("<ttl>10080</ttl>"), 6),  # the ceiling
    wish(
        "sy:updatePeriod",
        asking("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>6</sy:updateFrequency>"),
        4,
    ),
    wish("max-age", asking(Cache_Control="public, max-age=18000"), 5),
    wish("max-age less its age", asking(Cache_Control="max-age=21600", Age="3600"), 5),
    wish("Expires", asking(Date=http(at(0)), Expires=http(at(0) + timedelta(hours=5))), 5),
    wish(
        "max-age before Expires",
        asking(Cache_Control="max-age=18000", Date=http(at(0)), Expires=http(at(0) + timedelta(hours=4))),
        5,
    ),
    wish("the longest of several wishes", asking("<ttl>240</ttl>", Cache_Control="max-age=18000"), 5),
    ignored("ttl of zero", asking("<ttl>0</ttl>")),
    ignored("ttl that is no number", asking("<ttl>often</ttl>")),
    ignored("ttl shorter than the pace", asking("<ttl>10</ttl>")),
    ignored("max-age of a year", asking(Cache_Control="max-age=31536000")),
    ignored("no-cache", asking(Cache_Control="no-cache, max-age=18000")),
    ignored("Expires at once", asking(Expires="0")),
    Scenario(
        name="ttl that is shorter than the news",  # 18 entries a day: a generator's default is no wish
        answers=(reply(200, rss(*many(36), head="<ttl>360</ttl>")),),
        polls=(read(36),),
        next_hours=(0.84, 0.96),
        because="the feed asks for 60 min",
    ),
    Scenario(
        name="ttl that counts after a 304",
        answers=(if_asked(reply(304), asking("<ttl>300</ttl>", ETag='"a"')),),
        polls=(read(1), unchanged()),
        next_hours=(4.2, 4.8),
        check=hint_is_kept,
    ),
    Scenario(
        name="operator's interval",
        answers=(asking(),),
        interval_seconds=2 * 3600,
        polls=(read(1),),
        next_hours=(1.68, 1.92),
        because="operator's interval of 2 h",
    ),
    Scenario(
        name="operator's interval below the feed's wish",
        answers=(asking("<ttl>1440</ttl>"),),
        interval_seconds=900,
        polls=(read(1),),
        next_hours=(0.84, 0.96),
    ),
    Scenario(
        name="operator's interval while failing",
        answers=(reply(500),),
        interval_seconds=4 * 3600,
        polls=(refused(500),),
        next_hours=(3.3, 3.9),
    ),
)
