"""Scenarios: feeds that move, wander or lead astray."""

from __future__ import annotations

from tests.flows.wire_documents import BRIDGE, FERRY, at, rss
from tests.flows.wire_scenario import Check, Scenario, Seen, column, failed, read, refused, unchanged
from tests.flows.wire_server import Answer, if_asked, reply

FEED = (reply(200, rss(BRIDGE)),)
SAME = unchanged(200)
METADATA = "169.254.169.254"


def to(status: int, location: str) -> Answer:
    """A redirect."""
    return reply(status, Location=location)


def history(*expected: tuple[str, int]) -> Check:
    """The addresses that the feed has had: why, and from which round on."""

    def check(seen: Seen) -> None:
        assert [(a["reason"], a["used_from"]) for a in seen.addresses] == [(why, at(n)) for why, n in expected]

    return check


NEVER_MOVED = history(("listed", 0))


def not_believed(seen: Seen) -> None:
    NEVER_MOVED(seen)
    assert seen.feed["move_url"] is None


def suspected(seen: Seen) -> None:
    """Seen, and waiting to be confirmed."""
    NEVER_MOVED(seen)
    assert (seen.feed["move_seen"], seen.feed["move_since"]) == (2, at(0))
    assert seen.feed["move_url"].endswith("/new")


def asked_over_there(seen: Seen) -> None:
    """After the move the old address is asked no more."""
    history(("listed", 0), ("moved", 2))(seen)
    assert [r.target for r in seen.requests if r.round == 3] == ["/new"]


def replayed_over_there(seen: Seen) -> None:
    """The validators that the new address gave are good there."""
    history(("listed", 0), ("moved", 2))(seen)
    assert [(r.target, r.headers.get("if-none-match")) for r in seen.requests if r.round == 3] == [("/new", '"n"')]


def cookie_for_one_exchange(seen: Seen) -> None:
    assert [r.headers.get("cookie") for r in seen.requests] == [None, "seen=yes"] * 2


def came_back(seen: Seen) -> None:
    history(("listed", 0), ("moved", 2), ("returned", 7))(seen)
    asked = [url.rsplit("/", 1)[1] for url in column(seen.polls, "asked_url")]
    assert asked == ["feed"] * 3 + ["new"] * 5 + ["feed"]


def by_the_way(status: int) -> Scenario:
    """A redirect that is for this once, however often it is seen."""
    return Scenario(
        name=f"{status} again and again",
        answers=(to(status, "/new"),),
        paths={"/new": FEED},
        polls=(read(1), SAME, SAME, SAME),
        check=not_believed,
    )


def astray(name: str, location: str, reason: str, *, address: str | None = None) -> Scenario:
    """A redirect to where no feed may lead; `address`: what DNS says of the host there."""
    host = location.split("/")[2]
    return Scenario(
        name=name,
        answers=(to(302, location),),
        others={host: ((address,),)} if address else {},
        polls=(failed(reason),),
        because=f"({reason})",
        check=not_believed,
    )


REDIRECTS = (
    Scenario(
        name="301 once",
        answers=(to(301, "/new"), *FEED),
        paths={"/new": FEED},
        polls=(read(1), SAME),
        check=not_believed,
    ),
    Scenario(
        name="301 twice within a day",
        answers=(to(301, "/new"),),
        paths={"/new": FEED},
        polls=(read(1), SAME),
        check=suspected,
    ),
    Scenario(
        name="301 on three polls over a day",
        answers=(to(301, "/new"),),
        paths={"/new": (*FEED, *FEED, *FEED, reply(200, rss(BRIDGE, FERRY)))},
        polls=(read(1), SAME, SAME, read(1)),
        polled_at="/new",
        check=asked_over_there,
    ),
    Scenario(
        name="308 to another host",
        answers=(to(308, "http://new-home.example/rss"),),
        paths={"new-home.example/rss": FEED},
        polls=(read(1), SAME, SAME, SAME),
        polled_at="http://new-home.example/rss",
        check=history(("listed", 0), ("moved", 2)),
    ),
    Scenario(
        name="301 beside 304",
        answers=(to(301, "/new"),),
        paths={"/new": (if_asked(reply(304), reply(200, rss(BRIDGE), ETag='"n"')),)},
        polls=(read(1), unchanged(), SAME, unchanged()),
        polled_at="/new",
        check=replayed_over_there,
    ),
    Scenario(
        name="cookie wall",  # a cookie lives for one exchange
        answers=(reply(302, Location="/feed?seen", Set_Cookie="seen=yes; Path=/"),),
        paths={"/feed?seen": FEED},
        polls=(read(1), SAME),
        check=cookie_for_one_exchange,
    ),
    Scenario(
        name="301 that stops before it is confirmed",
        answers=(to(301, "/new"), to(301, "/new"), *FEED, to(301, "/new")),
        paths={"/new": FEED},
        polls=(read(1), SAME, SAME, SAME),
        check=NEVER_MOVED,
    ),
    Scenario(
        name="301 that points elsewhere each time",
        answers=(to(301, "/a"), to(301, "/b"), to(301, "/a"), to(301, "/b")),
        paths={"/a": FEED, "/b": FEED},
        polls=(read(1), SAME, SAME, SAME),
        check=NEVER_MOVED,
    ),
    by_the_way(302),
    by_the_way(303),
    by_the_way(307),
    Scenario(
        name="301 then 302",  # only what the unbroken chain of permanent redirects reaches is for good
        answers=(to(301, "/new"),),
        paths={"/new": (to(302, "/today"),), "/today": FEED},
        polls=(read(1), SAME, SAME, SAME),
        polled_at="/new",
        check=history(("listed", 0), ("moved", 2)),
    ),
    Scenario(
        name="302 then 301",
        answers=(to(302, "/today"),),
        paths={"/today": (to(301, "/new"),), "/new": FEED},
        polls=(read(1), SAME, SAME, SAME),
        check=not_believed,
    ),
    Scenario(
        name="301 to http from https",
        scheme="https",
        answers=(to(301, "http://301-to-http-from-https.example/plain"),),
        paths={"/plain": FEED},
        polls=(read(1), SAME, SAME, SAME),
        check=not_believed,
    ),
    Scenario(
        name="301 to https from http",
        answers=(to(301, "https://301-to-https-from-http.example/safe"),),
        paths={"/safe": FEED},
        polls=(read(1), SAME, SAME, SAME),
        polled_at="https://301-to-https-from-http.example/safe",
        check=history(("listed", 0), ("moved", 2)),
    ),
    Scenario(
        name="moved and then lost over there",
        answers=(*[to(301, "/new")] * 3, *FEED),
        paths={"/new": (*FEED * 3, reply(500))},
        polls=(read(1), SAME, SAME, *[refused(500)] * 5, read(0)),
        check=came_back,
    ),
    Scenario(
        name="301 to a login page",
        answers=(to(301, "/login"),),
        paths={"/login": (reply(200, b"<!doctype html><title>Guest network</title><p>Log in"),)},
        polls=(*[failed("not_a_feed", 200)] * 4,),
        check=not_believed,
    ),
    Scenario(
        name="301 in a circle",
        answers=(to(301, "/a"),),
        paths={"/a": (to(301, "/feed"),)},
        polls=(failed("redirects"), failed("redirects")),
        because="(redirects)",
        next_hours=(10, 12),
        check=not_believed,
    ),
    Scenario(
        name="chain of five redirects",
        answers=(to(302, "/1"),),
        paths={**{f"/{n}": (to(302, f"/{n + 1}"),) for n in range(1, 5)}, "/5": FEED},
        polls=(read(1),),
    ),
    Scenario(
        name="chain without an end in sight",
        answers=(to(302, "/1"),),
        paths={**{f"/{n}": (to(302, f"/{n + 1}"),) for n in range(1, 30)}, "/30": FEED},
        polls=(failed("redirects"),),
    ),
    Scenario(name="301 that names no address", answers=(reply(301),), polls=(refused(301),)),
    astray(
        "redirect to a private name",
        "http://intranet.example/",
        "refused_address",
        address="10.0.0.8",
    ),
    astray(
        "redirect to a metadata name",
        "http://metadata.google.example/computeMetadata/v1/",
        "refused_address",
        address=METADATA,
    ),
    astray("redirect to loopback in one number", "http://2130706433/feed", "refused_address"),
    astray("redirect to loopback in hexadecimal", "http://0x7f.1/feed", "refused_address"),
    astray("redirect to loopback in IPv6", "http://[::1]/feed", "refused_address"),
    astray("redirect to metadata in IPv6", f"http://[::ffff:{METADATA}]/", "refused_address"),
    astray("redirect to a private address by NAT64", "http://[64:ff9b::a00:8]/", "refused_address"),
    astray("redirect to loopback", "http://127.0.0.1:80/feed", "refused_address"),
    astray("redirect to the cloud's metadata", f"http://{METADATA}/latest/meta-data/", "refused_address"),
    astray("redirect to a port of mail", "http://redirect-to-a-port-of-mail.example:25/", "refused_port"),
    astray("redirect to ftp", "ftp://redirect-to-ftp.example/feed", "bad_url"),
    astray("redirect to a file", "file:///etc/hostname", "bad_url"),
    astray("redirect to a name that is none", "http://xn--/feed", "bad_url"),
    astray("redirect with a password", "http://reader:secret@redirect-with-a-password.example/new", "bad_url"),
)
