"""Scenarios: servers that answer, but with no feed: refusals, absences, pleas to wait."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.wire_documents import BRIDGE, FERRY, at, http, rss
from tests.flows.wire_scenario import Scenario, Seen, failed, read, refused, unchanged
from tests.flows.wire_server import reply

FEED = reply(200, rss(BRIDGE))
DAILY = (20.0, 24.01)  # at most a day, less what it may come early


def nothing_lost(seen: Seen) -> None:
    """What came while it failed is read as soon as it is well."""
    assert [e["title"] for e in seen.entries] == ["Bridge closed after flood", "Ferry starts on Monday"]
    assert seen.feed["last_error"] is None


def told(seen: Seen) -> None:
    """A failure is shown, with its address and the status."""
    assert "500" in seen.feed["last_error"]
    assert [(f["stage"], f["reason"], f["url"]) for f in seen.failures] == [
        ("poll", "http_500", seen.feed["feed_url"]) for _ in seen.polls
    ]


def refusing(status: int, hours: tuple[float, float], *, times: int = 1, **headers: str) -> Scenario:
    """The same refusal on each poll; when the next poll is after the last of them."""
    told_as = " ".join(f"{name.replace('_', '-')} {value}" for name, value in headers.items())
    return Scenario(
        name=f"{status} {'without Retry-After' if not headers else told_as} {times} in a row",
        answers=(reply(status, b"no", **headers),),
        polls=(refused(status),) * times,
        next_hours=hours,
    )


STATUSES = (
    refusing(401, (0.8, 1.0)),
    refusing(403, (0.8, 1.0)),
    refusing(403, (3.3, 4.0), times=3),
    refusing(418, (0.8, 1.0)),
    refusing(451, (0.8, 1.0)),
    refusing(300, (0.3, 1.0)),
    refusing(502, (0.2, 0.25)),
    refusing(999, (0.42, 0.5)),  # of a host that takes us for a robot
    Scenario(
        name="500 three in a row",
        answers=(reply(500, b"oops"),),
        polls=(refused(500),) * 3,
        next_hours=(0.8, 1.0),
        because="after 3 failures (http_500)",
        check=told,
    ),
    Scenario(
        name="500 and well again",
        answers=(FEED, reply(500), reply(200, rss(BRIDGE, FERRY))),
        polls=(read(1), refused(500), read(1)),
        check=nothing_lost,
    ),
    Scenario(
        name="404 once",
        answers=(FEED, reply(404), FEED),
        polls=(read(1), refused(404), unchanged(200)),
    ),
    Scenario(
        name="404 for three days",
        answers=(reply(404),),
        polls=(refused(404),) * 7,
        gone_in=6,
        next_hours=DAILY,
        because="gone: tried daily",
    ),
    Scenario(
        name="404 for two days",
        answers=(FEED, reply(404)),
        polls=(read(1), *(refused(404),) * 5),
        next_hours=(13.0, 24.01),
        because="after 5 failures (http_404)",
    ),
    Scenario(
        name="404 for days and back",
        answers=(*(reply(404),) * 7, FEED),
        polls=(*(refused(404),) * 7, read(1)),
        next_hours=(0.05, 6.1),
    ),
    Scenario(
        name="410",
        answers=(reply(410),),
        polls=(refused(410),),
        gone_in=0,
        next_hours=DAILY,
        because="gone: tried daily",
    ),
    Scenario(
        name="410 and back",
        answers=(FEED, reply(410), reply(200, rss(BRIDGE, FERRY))),
        polls=(read(1), refused(410), read(1)),
        check=nothing_lost,
    ),
    Scenario(
        name="410 then 500 stays gone",
        answers=(reply(410), reply(500)),
        polls=(refused(410), refused(500)),
        gone_in=0,
        next_hours=DAILY,
    ),
    refusing(429, (1.5, 1.51), Retry_After="5400"),
    refusing(429, (3.0, 3.01), Retry_After=http(at(0) + timedelta(hours=3))),
    refusing(429, (0.8, 1.0)),
    refusing(429, (1.6, 2.0), times=2),
    refusing(503, (4.0, 4.01), Retry_After="14400"),
    refusing(503, (5.0, 5.01), Retry_After=http(at(0) + timedelta(hours=5))),
    refusing(503, (0.2, 0.25)),
    refusing(503, (24.0, 24.01), Retry_After="999999999999999999999"),
    refusing(503, (24.0, 24.01), Retry_After="Fri, 31 Dec 9999 23:59:59 GMT"),
    refusing(503, (0.05, 1.0), Retry_After="0"),
    refusing(503, (0.2, 0.25), Retry_After="soon"),
    refusing(429, (0.8, 1.0), Retry_After="-60"),
    refusing(404, (0.8, 1.0), Retry_After="36000"),  # only 429 and 503 ask to wait with it
    Scenario(
        name="204 without a body",
        answers=(reply(204),),
        polls=(failed("not_a_feed", 204),),
    ),
)
