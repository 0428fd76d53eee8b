"""Which entry is which: a guid is a hint, an address another; a policy per feed says which one to trust.

By default the guid identifies an entry. Feeds whose guids do not hold (one guid for all, a new one with each new
headline, none) are identified by address from then on: a changed headline is then a new version, not a new entry.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress, product
from typing import Final, Literal
from urllib.parse import urlsplit

from pipeline.ids import normal_url, stable_id
from pipeline.parse.text import plain_text
from pipeline.records import Entry

IdentityPolicy = Literal["guid", "link"]
Hint = tuple[Literal["guid", "url"], str | None]

REUSED_GUIDS: Final = 2  # entries that share their guid with another address, before guids are mistrusted
RENAMED_ENTRIES: Final = 2  # known addresses under a new guid, before guids are mistrusted …
RENAMED_SHARE: Final = 0.2  # … or this share of the document: a headline feed of three shows but one at a time
SHARED_SHARE: Final = 0.2  # entries on a shared address, from which on addresses identify nothing
LANDING_ENTRIES: Final = 3  # entries on one address that make it a landing page (a live blog, "all our bulletins")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What is known of an entry that the feed has shown. `url` is the normal form of its link."""

    entry_id: str
    guid: str | None = None
    url: str | None = None
    title: str | None = None


def choose_policy(
    current: IdentityPolicy | None, entries: Sequence[Entry], known: Sequence[Sighting]
) -> tuple[IdentityPolicy, str]:
    """What identifies this feed's entries, and why, in a line for a person.

    `entries` are one document's, as parsed; `known` what the feed has shown before under their guids and addresses.
    "link" is kept once chosen: going back would double what was matched by address.
    """
    if current == "link":
        return "link", "by address, as chosen before"
    if landing := _shared_links(entries):
        return "guid", f"by guid: {landing} of {len(entries)} entries share their address with another"
    if entries and all(e.link and not e.guid for e in entries):
        return "link", "by address: no entry has a guid"
    if (reused := _reused_guids(entries)) >= REUSED_GUIDS:
        return "link", f"by address: {reused} entries have a guid that stands for another address too"
    renamed = _renamed(entries, known)
    if renamed >= RENAMED_ENTRIES or (renamed and renamed >= RENAMED_SHARE * len(entries)):
        return "link", f"by address: {renamed} of {len(entries)} entries were known under another guid"
    return "guid", "by guid: nothing speaks against it"


def match(policy: IdentityPolicy, entries: Sequence[Entry], known: Sequence[Sighting]) -> tuple[Entry, ...]:
    """The entries, in their order, with the ids that they must have: a known entry's own, else the parser's.

    No two of them have the same id, and none has that of another known entry. The ids depend neither on the order of
    `entries` nor on that of `known`; matching what was matched changes nothing. Of twins, the same guid, address and
    title but for tracking, one stays.
    """
    entries = _without_twins(entries)
    owners = {sighting.entry_id: sighting for sighting in known}
    ids: dict[int, str] = {}
    for claimants, claimed in _groups(policy, entries, known):
        ids |= _pairs({i: entries[i] for i in claimants}, claimed)
    taken = set(ids.values())
    for i in sorted(set(range(len(entries))) - set(ids), key=lambda i: _order(entries[i])):
        ids[i] = _own_id(entries[i], taken, owners)
        taken.add(ids[i])
    return tuple(replace(entry, entry_id=ids[i]) for i, entry in enumerate(entries))


def _without_twins(entries: Sequence[Entry]) -> list[Entry]:
    twins: dict[tuple[str | None, ...], Entry] = {}
    for entry in entries:
        key = (entry.guid, _url(entry), entry.title) if entry.link or entry.guid else (entry.entry_id,)
        twins[key] = min(twins.get(key, entry), entry, key=_order)
    return list(twins.values())


def is_restless(entries: Sequence[Entry]) -> bool:
    """Whether the entries' dates of change are the document's own: most carry the same, and were not published at once.

    `updated_at` then says nothing about the entries.
    """
    if len(entries) < 3:
        return False
    commonest, count = Counter(e.updated_at for e in entries).most_common(1)[0]
    published = {e.published_at for e in entries if e.updated_at == commonest}
    return commonest is not None and count > len(entries) / 2 and len(published) > 1


def says(entry: Entry) -> str:
    """A hash of what the entry says: two sightings of an entry that differ in it are a changed entry.

    Words only: dates, markup, pictures' addresses (which hold tokens that expire) and tracking parameters may change.
    """
    texts = (plain_text(text) if text else None for text in (entry.title, entry.summary, entry.content_html))
    return stable_id(*texts, entry.version, entry.status, _url(entry))


def _url(entry: Entry) -> str | None:
    return normal_url(entry.link) if entry.link else None


def _page(sighting: Sighting) -> str | None:
    """The sighting's web address; entries without a link are known under a urn:."""
    return sighting.url if sighting.url and sighting.url.startswith(("http://", "https://")) else None


def _shared_links(entries: Sequence[Entry]) -> int:
    """Entries that share their address with another, if they are so many that addresses do not identify; else 0."""
    holders = Counter(url for e in entries if (url := _url(e)))
    shared = sum(count for count in holders.values() if count > 1)
    many = max(holders.values(), default=0) >= LANDING_ENTRIES or shared >= SHARED_SHARE * len(entries)
    return shared if many else 0


def _reused_guids(entries: Sequence[Entry]) -> int:
    """Entries beyond the first address of each guid."""
    urls: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.guid and (url := _url(entry)):
            urls[entry.guid].add(url)
    return sum(len(found) - 1 for found in urls.values())


def _renamed(entries: Sequence[Entry], known: Sequence[Sighting]) -> int:
    """Entries whose address is known under other guids only. Landing pages, which show new items, do not count."""
    guids: dict[str, set[str]] = defaultdict(set)
    for sighting in known:
        if sighting.guid and (url := _page(sighting)):
            guids[url].add(sighting.guid)
    return sum(
        1
        for e in entries
        if e.guid and (url := _url(e)) and e.guid not in guids.get(url, {e.guid}) and not _is_landing(url, guids[url])
    )


def _is_landing(url: str, guids: set[str]) -> bool:
    """A front page, or a page that has shown so many items that it is none's own."""
    parts = urlsplit(url)
    return (parts.path == "/" and not parts.query) or len(guids) >= LANDING_ENTRIES


def _groups(
    policy: IdentityPolicy, entries: Sequence[Entry], known: Sequence[Sighting]
) -> Iterable[tuple[list[int], list[Sighting]]]:
    """Entries (by index) beside the known ones that they may be: those of the same guid, or of the same address."""
    claimed: dict[Hint, list[Sighting]] = defaultdict(list)
    for sighting in known:
        claimed[_hint(policy, sighting.guid, _page(sighting))].append(sighting)
    claimants: dict[Hint, list[int]] = defaultdict(list)
    for i, entry in enumerate(entries):
        claimants[_hint(policy, entry.guid, _url(entry))].append(i)
    return ((found, claimed[hint]) for hint, found in claimants.items() if hint[1] and hint in claimed)


def _hint(policy: IdentityPolicy, guid: str | None, url: str | None) -> Hint:
    """What identifies: the policy's, else the other where that one is missing."""
    if policy == "link":
        return ("url", url) if url else ("guid", guid)
    return ("guid", guid) if guid else ("url", url)


def _pairs(claimants: dict[int, Entry], claimed: list[Sighting]) -> dict[int, str]:
    """Who is who: the likest first, each once. Of many under one guid, only the address tells which one it is."""
    ids: dict[int, str] = {}
    left, alone = {s.entry_id: s for s in claimed}, len(claimed) == 1
    for parts in product((True, False), repeat=4):
        if not left or len(ids) == len(claimants):
            break
        if not (parts[0] or alone):
            continue
        places: dict[tuple[str | None, ...], list[str]] = defaultdict(list)
        for s in sorted(left.values(), key=lambda s: s.entry_id, reverse=True):
            places[tuple(compress((_page(s), s.guid, s.title, s.entry_id), parts))].append(s.entry_id)
        for i, e in sorted(claimants.items(), key=lambda pair: _order(pair[1])):
            if i not in ids and (found := places[tuple(compress((_url(e), e.guid, e.title, e.entry_id), parts))]):
                ids[i] = found.pop()
                del left[ids[i]]
    return ids


def _order(entry: Entry) -> tuple[str, ...]:
    """A place in line that does not depend on the document's order."""
    return (entry.entry_id, entry.guid or "", entry.link or "", entry.title or "")


def _own_id(entry: Entry, taken: set[str], owners: dict[str, Sighting]) -> str:
    """The parser's id, unless another entry has it; else one of the address, else of all that the entry has."""
    url = _url(entry)
    candidates = (entry.entry_id, stable_id(url or entry.guid), stable_id(entry.guid, url, entry.title))
    for candidate in candidates:
        if candidate not in taken and not _is_anothers(entry, url, owners.get(candidate)):
            return candidate
    number = 2
    while (last := stable_id(entry.guid, url, entry.title, number)) in taken or last in owners:
        number += 1
    return last


def _is_anothers(entry: Entry, url: str | None, owner: Sighting | None) -> bool:
    """Whether a known entry with that id is not this one: neither of its guid at its address, nor of its only hint."""
    if owner is None:
        return False
    return (url is not None and _page(owner) is not None and _page(owner) != url) or (
        entry.guid is not None and owner.guid is not None and entry.guid != owner.guid and _page(owner) != url
    )
