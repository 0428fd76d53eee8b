"""Which entry is which, across polls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ids import normal_url, stable_id
from pipeline.parse.identity import IdentityPolicy, Sighting, choose_policy, is_restless, match, says
from pipeline.records import Entry

NOON = datetime(2025, 6, 10, 12, tzinfo=UTC)


def entry(guid: str | None, path: str | None, title: str = "Title", *, entry_id: str | None = None) -> Entry:
    """An entry as parsed, with an id of its guid, else its link, else its title."""
    link = f"https://news.example/{path}" if path is not None else None
    return Entry(entry_id=entry_id or stable_id(guid or link or title), guid=guid, link=link, title=title)


def seen(entries: Sequence[Entry]) -> list[Sighting]:
    """What is known of these entries afterwards; entries without a link are known under a urn:."""
    return [
        Sighting(entry_id=e.entry_id, guid=e.guid, url=normal_url(e.link or f"urn:x:{e.entry_id}"), title=e.title)
        for e in entries
    ]


def ids(entries: Sequence[Entry]) -> list[str]:
    return [e.entry_id for e in entries]


FOUR = [entry(f"g{n}", f"story-{n}") for n in range(4)]


@pytest.mark.parametrize(
    ("current", "entries", "known", "policy", "why"),
    [
        (None, FOUR, [], "guid", "nothing speaks against it"),
        (None, [], [], "guid", "nothing speaks against it"),
        ("link", FOUR, [], "link", "as chosen before"),
        ("link", [entry(f"g{n}", "live") for n in range(4)], [], "link", "as chosen before"),
        (None, [entry(None, f"story-{n}") for n in range(3)], [], "link", "no entry has a guid"),
        (None, [entry("one", f"story-{n}") for n in range(3)], [], "link", "2 entries have a guid that stands"),
        (None, [*FOUR, entry("g0", "story-9")], [], "guid", "nothing speaks against it"),
        ("guid", [entry(f"g{n}", "live") for n in range(4)], [], "guid", "4 of 4 entries share their address"),
        (None, [entry("one", "live", f"t{n}") for n in range(4)], [], "guid", "share their address"),
        ("guid", FOUR, seen([entry("old0", "story-0"), entry("old1", "story-1")]), "link", "2 of 4 entries were known"),
        ("guid", FOUR, seen([entry("old0", "story-0")]), "link", "1 of 4 entries were known"),
        ("guid", [*FOUR, entry("g4", "x-4"), entry("g5", "x-5")], seen([entry("old", "x-4")]), "guid", "nothing"),
        ("guid", FOUR, seen(FOUR), "guid", "nothing speaks against it"),
        ("guid", FOUR, seen([*FOUR, entry("old0", "story-0"), entry("old1", "story-1")]), "guid", "nothing"),
        ("guid", [entry("g1", "")], seen([entry("g0", "")]), "guid", "nothing speaks against it"),
        ("guid", [entry("g9", "radio")], seen([entry(f"g{n}", "radio") for n in range(3)]), "guid", "nothing"),
        ("guid", [entry("g1", None)], seen([entry("g0", None)]), "guid", "nothing speaks against it"),
    ],
)
def test_a_policy_follows_the_evidence_and_says_why(
    current: IdentityPolicy | None,
    entries: list[Entry],
    known: list[Sighting],
    policy: IdentityPolicy,
    why: str,
) -> None:
    chosen, reason = choose_policy(current, entries, known)
    assert chosen == policy
    assert why in reason
    assert "\n" not in reason


def test_by_address_a_new_guid_for_a_known_address_is_the_known_entry() -> None:
    old, new = entry("headline-1", "story-1", "Flood"), entry("headline-2", "story-1?utm_source=rss", "Flood kills 12")
    (matched,) = match("link", [new], seen([old]))
    assert matched == replace(new, entry_id=old.entry_id)
    assert match("guid", [new], seen([old])) == (new,)


def test_by_guid_a_changed_address_is_the_known_entry() -> None:
    old, new = entry("g", "old-address", entry_id="first"), entry("g", "new-address")
    assert ids(match("guid", [new], seen([old]))) == ["first"]


def test_without_guid_a_changed_tracking_parameter_is_the_known_entry() -> None:
    old, new = entry(None, "story-1?utm_campaign=mon"), entry(None, "story-1?utm_campaign=tue")
    assert old.entry_id != new.entry_id
    assert ids(match("guid", [new], seen([old]))) == [old.entry_id]


def test_by_address_news_under_a_used_guid_is_new() -> None:
    old, new = entry("one", "story-1"), entry("one", "story-2")
    assert old.entry_id == new.entry_id
    first, second = match("link", [new, old], seen([old]))
    assert second.entry_id == old.entry_id
    assert first.entry_id not in ("", old.entry_id)
    assert ids(match("link", [old, new], seen([old]))) == [second.entry_id, first.entry_id]


def test_by_guid_the_address_tells_which_of_many_under_one_guid_is_known() -> None:
    known = [entry("one", "story-1", entry_id="a"), entry("one", "story-2", entry_id="b")]
    new = entry("one", "story-3", entry_id="a")
    matched = match("guid", [new, *known], seen(known))
    assert ids(matched)[1:] == ["a", "b"]
    assert ids(matched)[0] not in ("a", "b")


def test_two_entries_of_one_document_never_get_one_id() -> None:
    old = entry("g0", "story-1", "Flood")
    twins = [entry("g1", "story-1", "Flood"), entry("g2", "story-1", "Flood: pictures")]
    matched = match("link", twins, seen([old]))
    assert ids(matched)[0] == old.entry_id
    assert len(set(ids(matched))) == 2


ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from([None, "g0", "g1", "g2", "g3"]),
        st.sampled_from([None, "", "s0", "s1", "s2", "s1?utm_source=x"]),
        st.sampled_from(["A", "B", "C"]),
    ),
    max_size=8,
    unique_by=lambda e: (e.guid, normal_url(e.link) if e.link else None, e.title),
)
POLICIES = st.sampled_from(["guid", "link"])


def parsed(entries: list[Entry]) -> list[Entry]:
    """With distinct ids, as the parser gives them: the first has that of the guid."""
    taken: set[str] = set()
    result = []
    for e in entries:
        own = e if e.entry_id not in taken else replace(e, entry_id=stable_id(e.guid, e.link, e.title))
        taken.add(own.entry_id)
        result.append(own)
    return result


DOCUMENTS = ENTRIES.map(parsed)


@settings(max_examples=300, deadline=None)
@given(POLICIES, DOCUMENTS, DOCUMENTS, st.randoms())
def test_ids_are_distinct_stable_and_depend_on_no_order(
    policy: IdentityPolicy, earlier: list[Entry], entries: list[Entry], random: object
) -> None:
    known = seen(match(policy, earlier, []))
    matched = match(policy, entries, known)
    assert len(set(ids(matched))) == len(entries)
    assert match(policy, matched, known) == matched
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = match(policy, shuffled, known[::-1])
    assert sorted(map(repr, again)) == sorted(map(repr, matched))


@settings(max_examples=300, deadline=None)
@given(POLICIES, DOCUMENTS, DOCUMENTS)
def test_the_same_document_twice_gives_the_same_ids(
    policy: IdentityPolicy, earlier: list[Entry], entries: list[Entry]
) -> None:
    known = {s.entry_id: s for s in seen(match(policy, earlier, []))}
    first = match(policy, entries, list(known.values()))
    known |= {s.entry_id: s for s in seen(first)}
    assert match(policy, entries, list(known.values())) == first


@settings(deadline=None)  # the machine may be busy
@given(DOCUMENTS, DOCUMENTS)
def test_a_switch_to_addresses_doubles_nothing_that_was_known_by_address(
    earlier: list[Entry], entries: list[Entry]
) -> None:
    known = seen(match("guid", earlier, []))
    by_url = {s.url for s in known}
    fresh = [e for e in match("link", entries, known) if e.entry_id not in {s.entry_id for s in known}]
    urls = [normal_url(e.link) for e in entries if e.link]
    # What is new has an address that was not known, or shares it with others of the document.
    assert all(not e.link or normal_url(e.link) not in by_url or urls.count(normal_url(e.link)) > 1 for e in fresh)


def dated(*minutes: int | None, published: bool = True) -> list[Entry]:
    """Entries that were changed so many minutes after noon, published an hour apart."""
    return [
        replace(
            entry(f"g{n}", f"s{n}"),
            updated_at=None if minute is None else NOON + timedelta(minutes=minute),
            published_at=NOON - timedelta(hours=n) if published else NOON,
        )
        for n, minute in enumerate(minutes)
    ]


@pytest.mark.parametrize(
    ("entries", "restless"),
    [
        (dated(0, 0, 0), True),
        (dated(0, 0, 0, 7, 9), True),
        (dated(0, 0, 7, 9), False),
        (dated(0, 0), False),
        (dated(0, 1, 2), False),
        (dated(None, None, None), False),
        (dated(None, None, None, 0), False),
        (dated(0, 0, 0, published=False), False),
        ([], False),
    ],
)
def test_a_document_is_restless_when_most_entries_changed_at_one_moment(entries: list[Entry], restless: bool) -> None:
    assert is_restless(entries) is restless


STORY = replace(
    entry("g", "s?id=1", "Flood"), summary="Twelve died.", content_html='<p>Twelve <b>died</b>.<img src="/a?t=1"></p>'
)


@pytest.mark.parametrize(
    "changed",
    [
        replace(STORY, title="Flood kills 12"),
        replace(STORY, summary="Thirteen died."),
        replace(STORY, summary=None),
        replace(STORY, content_html="<p>Thirteen died.</p>"),
        replace(STORY, version=2),
        replace(STORY, status="canceled"),
        replace(STORY, link="https://news.example/s?id=2"),
    ],
)
def test_an_entry_that_says_something_else_has_changed(changed: Entry) -> None:
    assert says(changed) != says(STORY)


@pytest.mark.parametrize(
    "same",
    [
        replace(STORY, updated_at=NOON),
        replace(STORY, published_at=NOON, published_raw="noon"),
        replace(STORY, guid="other", entry_id="other"),
        replace(STORY, link="https://news.example/s?id=1&utm_source=rss#top"),
        replace(STORY, content_html='<div><p>Twelve died.<img src="/a?t=2"></p></div>'),
    ],
)
def test_dates_markup_and_tracking_say_nothing(same: Entry) -> None:
    assert says(same) == says(STORY)


def test_twins_but_for_tracking_are_one_entry() -> None:
    twins = [entry("g0", "s1", "A"), entry("g0", "s1?utm_source=x", "A", entry_id="other")]
    assert len(match("guid", twins, [])) == 1
    assert match("link", twins, []) == match("link", twins[::-1], [])
