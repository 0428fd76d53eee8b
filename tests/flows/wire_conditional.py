"""Scenarios: "has it changed?" asked and answered, truly or not."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.wire_documents import BRIDGE, DAM, DAWN, FERRY, at, http, rss
from tests.flows.wire_scenario import Scenario, Seen, failed, read, refused, unchanged
from tests.flows.wire_server import if_asked, reply

ODD_ETAG = 'W/"0xF00,\'é;\\ö=-gzip"'
SHORT_DATE = "Thu, 1 Jan 2026 7:00:00 GMT"  # not what RFC 9110 asks for, so its letters tell whether they are kept
ONE, TWO = rss(BRIDGE), rss(BRIDGE, FERRY)
NOT_MODIFIED = reply(304)


def no_validators(seen: Seen) -> None:
    assert not seen.asked(1).is_conditional
    assert (seen.feed["etag"], seen.feed["last_modified"]) == (None, None)


def replayed(seen: Seen) -> None:
    assert seen.asked(1).headers["if-none-match"] == ODD_ETAG
    assert seen.asked(1).headers["if-modified-since"] == SHORT_DATE
    assert not seen.asked(0).is_conditional


def full_after_a_day(seen: Seen) -> None:
    assert [r.is_conditional for r in seen.requests] == [False, True, False, True]
    assert [p["asked_fully"] for p in seen.polls] == [True, False, True, False]


def distrusted(seen: Seen) -> None:
    assert seen.feed["distrusted_until"] == at(2) + timedelta(days=7)
    assert [r.is_conditional for r in seen.requests] == [False, True, False, False, False]


def trusted(seen: Seen) -> None:
    assert seen.feed["distrusted_until"] is None
    assert seen.requests[3].is_conditional


def validators_renewed(seen: Seen) -> None:
    assert (seen.feed["etag"], seen.feed["last_modified"]) == ('"b"', http(at(1)))
    assert seen.asked(2).headers["if-none-match"] == '"b"'


def only_the_date(seen: Seen) -> None:
    assert seen.asked(1).headers["if-modified-since"] == SHORT_DATE
    assert "if-none-match" not in seen.asked(1).headers


def old_etag_dropped(seen: Seen) -> None:
    """An ETag of another body says nothing of this one."""
    assert (seen.feed["etag"], seen.feed["last_modified"]) == (None, http(at(1)))


def etag_kept(seen: Seen) -> None:
    assert seen.feed["etag"] == '"a"'


def new_etag(seen: Seen) -> None:
    """Also of a 304: it says which validators the stored answer has from now on (RFC 9111, 3.2)."""
    assert seen.feed["etag"] == '"b"'


CONDITIONAL = (
    Scenario(
        name="200 without validators is asked for plainly again",
        answers=(reply(200, ONE), reply(200, TWO)),
        polls=(read(1), read(1)),
        check=no_validators,
    ),
    Scenario(
        name="odd validators are replayed to the letter",
        answers=(reply(200, ONE, ETag=ODD_ETAG, Last_Modified=SHORT_DATE), NOT_MODIFIED),
        polls=(read(1), unchanged()),
        check=replayed,
    ),
    Scenario(
        name="304 and a full document after a day",
        answers=(if_asked(NOT_MODIFIED, reply(200, ONE, ETag='"a"')),),
        polls=(read(1), unchanged(), unchanged(200), unchanged()),
        check=full_after_a_day,
    ),
    Scenario(
        name="304 that nobody asked for",
        answers=(NOT_MODIFIED,),
        polls=(failed("http_304", 304),),
        because="after 1 failure (http_304)",
    ),
    Scenario(
        name="304 that lies",
        answers=(
            reply(200, ONE, ETag='"a"'),
            if_asked(NOT_MODIFIED, reply(200, rss(BRIDGE, FERRY, DAM), ETag='"a"')),
        ),
        polls=(read(1), unchanged(), read(2), unchanged(200), unchanged(200)),
        check=distrusted,
    ),
    Scenario(
        name="304 that was true",
        answers=(
            reply(200, ONE, ETag='"a"'),
            NOT_MODIFIED,
            reply(200, rss(BRIDGE, DAWN), ETag='"b"'),
            NOT_MODIFIED,
        ),
        polls=(read(1), unchanged(), read(1), unchanged()),
        check=trusted,
    ),
    Scenario(
        name="new validators with the same body",
        answers=(
            reply(200, ONE, ETag='"a"', Last_Modified=http(at(0))),
            reply(200, ONE, ETag='"b"', Last_Modified=http(at(1))),
            NOT_MODIFIED,
        ),
        polls=(read(1), unchanged(200), unchanged()),
        check=validators_renewed,
    ),
    Scenario(
        name="validators missing with the same body",
        answers=(reply(200, ONE, ETag='"a"'), reply(200, ONE)),
        polls=(read(1), unchanged(200)),
        check=etag_kept,
    ),
    Scenario(
        name="ETag missing with another body",
        answers=(reply(200, ONE, ETag='"a"'), reply(200, TWO, Last_Modified=http(at(1)))),
        polls=(read(1), read(1)),
        check=old_etag_dropped,
    ),
    Scenario(
        name="304 with a new ETag",
        answers=(reply(200, ONE, ETag='"a"'), reply(304, ETag='"b"')),
        polls=(read(1), unchanged()),
        check=new_etag,
    ),
    Scenario(
        name="validators outlive a failure",
        answers=(reply(200, ONE, ETag='"a"'), reply(500)),
        polls=(read(1), refused(500)),
        check=etag_kept,
    ),
    Scenario(
        name="200 to a conditional request",
        answers=(reply(200, ONE, ETag='"a"'), reply(200, TWO, ETag='"b"')),
        polls=(read(1), read(1)),
        check=new_etag,
    ),
    Scenario(
        name="Last-Modified alone",
        answers=(if_asked(NOT_MODIFIED, reply(200, ONE, Last_Modified=SHORT_DATE)),),
        polls=(read(1), unchanged()),
        check=only_the_date,
    ),
)
