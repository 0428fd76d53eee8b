"""Scenarios: names without addresses, doors without anybody, and servers that break or wear out the protocol."""

from __future__ import annotations

import gzip

import brotli
import zstandard

from tests.flows.wire_documents import BRIDGE, FERRY, rss
from tests.flows.wire_scenario import ALLOWED, PUBLIC, Scenario, Seen, failed, read, unchanged
from tests.flows.wire_server import SILENCE, Answer, Internet, endless, raw, reply

BODY = rss(BRIDGE)
FEED = reply(200, BODY)
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ZEROS = bytes(30_000_000)
BOMBS = {
    "gzip": gzip.compress(ZEROS),
    "br": brotli.compress(ZEROS, quality=3),
    "zstd": zstandard.compress(ZEROS),
    "gzip, gzip": gzip.compress(gzip.compress(ZEROS)),
}


def chunked(*chunks: bytes) -> bytes:
    """As Transfer-Encoding: chunked has them."""
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


def private_only(seen: Seen) -> None:
    """Nobody was asked, and the message names the address."""
    assert not seen.requests
    assert "10.0.0.7" in seen.feed["last_error"]


def no_second_request(seen: Seen) -> None:
    """The second answer of DNS was judged anew, and nothing sent."""
    assert [r.round for r in seen.requests] == [0]


def no_private(seen: Seen) -> None:
    assert "10.0.0.9" not in seen.reached


def cut_is_told(seen: Seen) -> None:
    assert seen.polls[0]["problems"]


def breaking(name: str, reason: str, *answers: Answer) -> Scenario:
    """An exchange that fails on the first poll and is well on the next."""
    return Scenario(name=name, answers=(*answers, FEED), polls=(failed(reason), read(1)))


CONNECTIONS = (
    Scenario(
        name="name that DNS does not know for a while",
        addresses=((), (PUBLIC,)),
        answers=(FEED,),
        polls=(failed("dns"), read(1)),
    ),
    Scenario(
        name="DNS that says nothing",
        addresses=(SILENCE, (PUBLIC,)),
        answers=(FEED,),
        polls=(failed("timeout"), read(1)),
    ),
    Scenario(
        name="domain that has lapsed",
        addresses=((PUBLIC,), ()),
        answers=(reply(200, BODY, Connection="close"),),
        polls=(read(1), failed("dns"), failed("dns"), failed("dns")),
        next_hours=(0.8, 1.0),
        because="after 3 failures (dns)",
    ),
    Scenario(
        name="name of a private address",
        addresses=(("10.0.0.7",),),
        polls=(failed("refused_address"),) * 2,
        next_hours=(10, 12),
        check=private_only,
    ),
    Scenario(
        name="name of an IPv4 address in IPv6", addresses=(("::ffff:10.0.0.7",),), polls=(failed("refused_address"),)
    ),
    Scenario(name="name of a link-local address", addresses=(("fe80::1",),), polls=(failed("refused_address"),)),
    Scenario(
        name="private address that the operator allows",
        addresses=((ALLOWED,),),
        answers=(FEED,),
        allow_private=True,
        polls=(read(1),),
    ),
    Scenario(
        name="DNS that turns to a private address",
        addresses=((PUBLIC,), ("127.0.0.1",)),
        answers=(reply(200, BODY, Connection="close"),),
        polls=(read(1), failed("refused_address")),
        check=no_second_request,
    ),
    Scenario(
        name="public address among private ones",
        addresses=(("10.0.0.9", PUBLIC),),
        answers=(FEED,),
        polls=(read(1),),
        check=no_private,
    ),
    Scenario(
        name="second address when the first is dead",
        addresses=((Internet.DEAD, PUBLIC),),
        answers=(FEED,),
        polls=(read(1),),
    ),
    Scenario(
        name="connection refused",
        addresses=((Internet.DEAD,),),
        polls=(failed("connect"), failed("connect")),
        next_hours=(0.27, 0.34),
    ),
    Scenario(name="listed port of mail", port=25, polls=(failed("refused_port"),), next_hours=(20, 24.01)),
    Scenario(name="listed port 8080", port=8080, answers=(FEED,), polls=(read(1),)),
    Scenario(name="TLS", scheme="https", answers=(FEED,), polls=(read(1),)),
    Scenario(name="certificate of another host", scheme="https", answers=(FEED,), polls=(failed("tls"),)),
    breaking("reset in mid-header", "protocol", raw(OK + b"Content-Ty", reset=True)),
    breaking("reset in mid-body", "protocol", raw(OK + b"Content-Length: 900\r\n\r\n" + BODY[:90], reset=True)),
    breaking("end in mid-header", "protocol", raw(OK + b"Content-Ty")),
    breaking("end in mid-body", "protocol", raw(OK + b"Content-Length: 900\r\n\r\n" + BODY[:90])),
    breaking("hangs up at once", "protocol", raw()),
    breaking("silent server", "timeout", raw(hang=True)),
    breaking("silent after the headers", "timeout", raw(OK + b"Content-Length: 900\r\n\r\n", hang=True)),
    breaking("drip of headers", "timeout", endless(OK + b"X-Slow: ", b"x", pause=0.1)),
    breaking("drip of the body", "timeout", endless(OK + b"Content-Length: 900\r\n\r\n<rss>", b" ", pause=0.1)),
    breaking("drip of chunks", "timeout", endless(CHUNKED, b"1\r\n \r\n", pause=0.1)),
    breaking("body that never ends", "too_large", endless(OK + b"\r\n", b"<!-- and on -->" * 1000)),
    breaking("length beyond the limit", "too_large", raw(OK + b"Content-Length: 99999999999\r\n\r\n", hang=True)),
    *(
        breaking(f"bomb in {coding}", "too_large", reply(200, bomb, Content_Encoding=coding))
        for coding, bomb in BOMBS.items()
    ),
    breaking("length too long", "protocol", raw(OK + b"Content-Length: %d\r\n\r\n" % (len(BODY) + 9) + BODY)),
    Scenario(
        name="length too short",
        answers=(raw(OK + b"Content-Length: %d\r\n\r\n" % (len(rss(FERRY, BRIDGE)) - 40) + rss(FERRY, BRIDGE)),),
        polls=(read(1),),  # what comes after the length is none of the answer, and half an entry is none
        check=cut_is_told,
    ),
    breaking("length that is no number", "protocol", raw(OK + b"Content-Length: many\r\n\r\n" + BODY)),
    breaking("two lengths", "protocol", raw(OK + b"Content-Length: 3\r\nContent-Length: 900\r\n\r\n" + BODY)),
    Scenario(
        name="chunks",
        answers=(raw(CHUNKED + chunked(BODY[:50], BODY[50:])),),
        polls=(read(1), unchanged(200)),
    ),
    breaking("chunks that are garbage", "protocol", raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + BODY)),
    breaking("chunks without an end", "protocol", raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")),
    Scenario(
        name="gzip",
        answers=(reply(200, gzip.compress(BODY), Content_Encoding="gzip"),),
        polls=(read(1),),
    ),
    breaking("gzip declared and plain sent", "protocol", reply(200, BODY, Content_Encoding="gzip")),
    breaking("gzip cut off", "protocol", reply(200, gzip.compress(BODY)[:-20], Content_Encoding="gzip")),
    breaking("coding that nobody knows", "protocol", reply(200, BODY, Content_Encoding="compress")),
    Scenario(
        name="gzip twice and declared twice",
        answers=(reply(200, gzip.compress(gzip.compress(BODY)), Content_Encoding="gzip, gzip"),),
        polls=(read(1),),
    ),
    Scenario(
        name="gzip twice and declared once",  # a feed.xml.gz, sent compressed
        answers=(reply(200, gzip.compress(gzip.compress(BODY)), Content_Encoding="gzip"),),
        polls=(read(1),),
    ),
    Scenario(
        name="HTTP 1.0 without a length",
        answers=(raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n" + BODY),),
        polls=(read(1), unchanged(200)),
    ),
    Scenario(
        name="keeps the line and then hangs up",
        answers=(raw(OK + b"Connection: keep-alive\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY),),
        polls=(read(1), unchanged(200), unchanged(200)),
    ),
    breaking("one header of a megabyte", "protocol", raw(OK + b"X-Big: " + b"x" * 1_000_000 + b"\r\n\r\n" + BODY)),
    breaking("headers without an end", "protocol", endless(OK, b"X-Again: and again\r\n" * 100)),
    breaking("another protocol", "protocol", raw(b"SSH-2.0-OpenSSH_9.6\r\n")),
    breaking("body without any headers", "protocol", raw(BODY)),
)
