"""Scenarios: which entry is which, what has changed, what it says of its time, and whether it is the whole article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.flows.wire_documents import BRIDGE, CUT_TEXT, DAM, FERRY, FULL_TEXT, MARKET, Item, at, atom, many, rss
from tests.flows.wire_scenario import Check, Scenario, Seen, column, read, unchanged
from tests.flows.wire_server import Answer, reply

FLOOD = Item(guid="flood", title="Flood kills 12", link="/flood-kills-12/")
SHARED = Item(guid="shared", title="Told in two feeds", link="http://two-feeds.example/story-1")
NOTES = many(12)
RENAMED = replace(BRIDGE, title="Bridge closed for a month")


def show(*items: Item) -> Answer:
    """RSS 2.0 with these."""
    return reply(200, rss(*items))


def of_guids(*guids: str | None, items: tuple[Item, ...] = (BRIDGE, FERRY, MARKET)) -> Answer:
    """The items under other guids."""
    return show(*(replace(item, guid=guid) for item, guid in zip(items, guids, strict=True)))


def entries(**columns: list[object]) -> Check:
    """Columns of the entries, which are in the order of their titles."""

    def check(seen: Seen) -> None:
        assert {name: column(seen.entries, name) for name in columns} == columns

    return check


def identified_by(policy: str, count: int) -> Check:
    def check(seen: Seen) -> None:
        assert (seen.feed["identity"], len(seen.entries)) == (policy, count), seen.feed["identity_reason"]

    return check


def at_address(path: str) -> Check:
    """One entry, whose normal address that is."""

    def check(seen: Seen) -> None:
        [entry] = seen.entries
        assert entry["url"] == seen.feed["feed_url"].replace("/feed", path)

    return check


def dated(published: datetime | None, raw: str) -> Check:
    """One entry of that time, beside what was written."""
    return entries(published_at=[published], published_raw=[raw])


def date(name: str, written: str, published: datetime | None, *, zone: str | None = None) -> Scenario:
    """An entry whose date is written like that."""
    item = replace(BRIDGE, date=written)
    return Scenario(name=name, answers=(show(item),), polls=(read(1),), zone=zone, check=dated(published, written))


def text(name: str, content: str, *, whole: bool, full_text: bool | None = None) -> Scenario:
    """An entry with a text of its own, which is the whole article or not."""
    item = replace(BRIDGE, content=content, summary="The bridge is closed.")
    return Scenario(
        name=name,
        answers=(show(item),),
        polls=(read(1),),
        full_text=full_text,
        check=entries(full_text=[whole], status=["pending"], reason=[None]),
    )


def link(name: str, written: str, *, path: str) -> Scenario:
    """An entry that is written with another address on the second poll, and stays one."""
    first = replace(FLOOD, guid=None)
    return Scenario(
        name=name,
        answers=(show(first), show(replace(first, link=written))),
        polls=(read(1), read(0)),
        check=at_address(path),
    )


def changed_once(seen: Seen) -> None:
    """It was work again, and its page was fetched again."""
    [entry] = seen.entries
    assert (entry["title"], entry["status"], entry["renewals"]) == (RENAMED.title, "fetched", 1)
    assert entry["first_seen_at"] == at(0)
    assert entry["run_id"] == "round-1"


def still_fetched(seen: Seen) -> None:
    assert column(seen.entries, "status") == ["fetched"] * 3
    assert column(seen.entries, "renewals") == [0] * 3
    assert column(seen.entries, "updated_at") == [None] * 3


def one_again(seen: Seen) -> None:
    """Bridge, Ferry, Market."""
    assert column(seen.entries, "renewals") == [0, 1, 0]


def changed_each_time(seen: Seen) -> None:
    [entry] = seen.entries
    assert (entry["title"], entry["renewals"]) == ("Bridge closed, day 3", 3)


def adopted(seen: Seen) -> None:
    """The other feed's capture serves here too: a second sighting, no second download."""
    [_, shared] = seen.entries
    assert (shared["title"], shared["status"]) == (SHARED.title, "fetched")
    assert shared["capture_id"] is not None


ENTRIES = (
    Scenario(
        name="guid repeated for different links",
        answers=(
            of_guids("same", "same", "same"),
            of_guids("same", "same", "same", "same", items=(DAM, BRIDGE, FERRY, MARKET)),
        ),
        polls=(read(3), read(1)),
        check=identified_by("link", 4),
    ),
    Scenario(
        name="guids that change with the headline",
        answers=(
            of_guids("bridge-closed", "ferry-starts", "market-moves"),
            of_guids(
                "bridge-closed-for-a-month",
                "ferry-is-late",
                "market-moves",
                items=(RENAMED, replace(FERRY, title="Ferry is late"), MARKET),
            ),
        ),
        polls=(read(3), read(0, changed=2)),
        check=identified_by("link", 3),
    ),
    Scenario(
        name="two guids of twelve that change",
        answers=(show(*NOTES), show(*(replace(n, guid=f"{n.guid}-b", title="New") for n in NOTES[:2]), *NOTES[2:])),
        polls=(read(12), read(0, changed=2)),
        check=identified_by("link", 12),
    ),
    Scenario(
        name="guids that are new on each poll",
        answers=(of_guids("1", "2", "3"), of_guids("4", "5", "6"), of_guids("7", "8", "9")),
        polls=(read(3), read(0), read(0)),
        check=identified_by("link", 3),
    ),
    Scenario(
        name="feed of links only",
        answers=(of_guids(None, None, None), of_guids(None, None, None, items=(RENAMED, FERRY, MARKET))),
        polls=(read(3), read(0, changed=1)),
        check=identified_by("link", 3),
    ),
    Scenario(
        name="guids that hold while links move",
        answers=(show(BRIDGE, FERRY), show(replace(BRIDGE, link="/2026/bridge"), FERRY)),
        polls=(read(2), read(0, changed=1)),
        check=identified_by("guid", 2),
    ),
    Scenario(
        name="live blog under one address",
        answers=(
            show(*(replace(item, link="/live") for item in (BRIDGE, FERRY, MARKET))),
            show(*(replace(item, link="/live") for item in (DAM, BRIDGE, FERRY, MARKET))),
        ),
        polls=(read(3), read(1)),
        check=identified_by("guid", 4),
    ),
    Scenario(
        name="entry that is shown twice",
        answers=(show(BRIDGE, BRIDGE, FERRY),),
        polls=(read(2),),
        check=identified_by("guid", 2),
    ),
    Scenario(
        name="entry that leaves and comes back",
        answers=(show(BRIDGE, FERRY), show(FERRY), show(FERRY, BRIDGE)),
        polls=(read(2), read(0), read(0)),
        check=identified_by("guid", 2),
    ),
    Scenario(
        name="entry of a headline alone",
        answers=(show(replace(BRIDGE, guid=None, link=None)), show(replace(BRIDGE, guid=None, link=None), FERRY)),
        polls=(read(1), read(1)),
        check=entries(status=["skipped", "pending"], reason=["no_address", None]),
    ),
    Scenario(
        name="link that is no web address",
        answers=(show(replace(BRIDGE, link="mailto:desk@valley.example")),),
        polls=(read(1),),
        check=entries(link=[None], status=["skipped"], reason=["no_address"]),
    ),
    link("tracking parameters", "/flood-kills-12/?utm_source=rss&at_medium=RSS&fbclid=x#top", path="/flood-kills-12/"),
    link("AMP variant", "/flood-kills-12/amp/?outputType=amp", path="/flood-kills-12/"),
    link("odd spelling of an address", "/x/../%66lood-kills-12/", path="/flood-kills-12/"),
    Scenario(
        name="relative links after a redirect",
        answers=(reply(302, Location="/desk/valley/rss.xml"),),
        paths={"/desk/valley/rss.xml": (show(replace(BRIDGE, link="bridge-1")),)},
        polls=(read(1),),
        check=at_address("/desk/valley/bridge-1"),
    ),
    Scenario(
        name="headline that changes",
        answers=(show(BRIDGE), show(RENAMED)),
        polls=(read(1), read(0, changed=1)),
        fetched=True,
        check=changed_once,
    ),
    Scenario(
        name="headline that changes in every poll",
        answers=tuple(show(replace(BRIDGE, title=f"Bridge closed, day {n}")) for n in range(4)),
        polls=(read(1), *(read(0, changed=1),) * 3),
        fetched=True,
        check=changed_each_time,
    ),
    Scenario(
        name="dates of change that are the document's own",
        answers=tuple(
            reply(200, atom(*(replace(item, updated=at(n).isoformat()) for item in (BRIDGE, FERRY, MARKET))))
            for n in range(3)
        ),
        polls=(read(3), read(0), read(0)),
        fetched=True,
        check=still_fetched,
    ),
    Scenario(
        name="date of change that is an entry's own",
        answers=tuple(
            reply(200, atom(BRIDGE, replace(FERRY, updated=changed.isoformat()), MARKET))
            for changed in (at(-0.5), at(0.5))
        ),
        polls=(read(3), read(0, changed=1)),
        fetched=True,
        check=one_again,
    ),
    Scenario(
        name="address in two feeds, the first",
        answers=(show(SHARED),),
        polls=(read(1),),
        fetched=True,
        check=entries(status=["fetched"]),
    ),
    Scenario(
        name="address in two feeds, the second",
        answers=(show(FERRY), show(FERRY, replace(SHARED, guid="own-7", link=f"{SHARED.link}?utm_source=second"))),
        polls=(read(1), read(1)),
        check=adopted,
    ),
    date("date of RFC 822", "Thu, 19 Nov 2026 21:30:05 +0100", datetime(2026, 11, 19, 20, 30, 5, tzinfo=UTC)),
    date("date in a named zone", "Thu, 19 Nov 2026 15:30:05 EST", datetime(2026, 11, 19, 20, 30, 5, tzinfo=UTC)),
    date(
        "date without a zone in the feed's own",
        "2026-11-19 21:30:05",
        datetime(2026, 11, 19, 12, 30, 5, tzinfo=UTC),
        zone="Asia/Tokyo",
    ),
    date(
        "date with a zone in a feed of another",
        "2026-11-19T21:30:05Z",
        datetime(2026, 11, 19, 21, 30, 5, tzinfo=UTC),
        zone="Asia/Tokyo",
    ),
    date("date without a zone", "2026/11/19 21:30:05", datetime(2026, 11, 19, 21, 30, 5, tzinfo=UTC)),
    date("date in epoch seconds", "1795123805", datetime.fromtimestamp(1795123805, UTC)),
    date("date in the far future", "Fri, 20 Nov 2099 06:00:00 GMT", None),
    date("date of epoch zero", "Thu, 01 Jan 1970 00:00:00 GMT", None),
    date("date of the year 1", "0001-01-01T00:00:00Z", None),
    date("date that is none", "yesterday at tea time", None),
    text("full text that is full", FULL_TEXT, whole=True),
    text("full text that is cut", CUT_TEXT * 2, whole=False),
    text("full text that is a teaser", "<p>The bridge is closed.</p>", whole=False),
    text("cut text that the operator takes", CUT_TEXT, whole=True, full_text=True),
    text("full text that the operator does not take", FULL_TEXT, whole=False, full_text=False),
    Scenario(
        name="full text without a link",
        answers=(show(replace(BRIDGE, link=None, content=FULL_TEXT)),),
        polls=(read(1), unchanged(200)),
        check=entries(full_text=[True], status=["pending"]),
    ),
)
