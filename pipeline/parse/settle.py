"""Found → ParsedFeed: clean strings, absolute links, read dates, ids; what does not come through is counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipeline.ids import stable_id
from pipeline.parse.document import Found, FoundEntry
from pipeline.parse.text import absolute_url, clean, harmless, plain_text
from pipeline.parse.times import Times, read_times
from pipeline.records import Entry, ItemStatus, ParsedFeed

_EMPTY = re.compile(r"(?:\s|&nbsp;|&#160;|</?(?:p|br|div|span)\s*/?>)*+", re.IGNORECASE)
# NewsML-G2 pubStatus and NITF management-status; an embargoed item is not for publication yet.
STATUSES: dict[str, ItemStatus] = {
    "usable": "usable",
    "canceled": "canceled",
    "cancelled": "canceled",
    "withheld": "withheld",
    "embargoed": "withheld",
}


def settle(
    found: Found,
    *,
    url: str | None,
    max_entries: int,
    problems: tuple[str, ...] = (),
    zone: str | None = None,
    now: datetime | None = None,
) -> ParsedFeed:
    """The document in its final form. `problems` are those met before the dialect read it."""
    written = found.entries[:max_entries]
    times, oddity = read_times(found, written, zone=zone, now=now)
    settler = Settler(url, times)
    link = settler.link(found.link)
    settler = replace(settler, base=url or link)
    entries = _distinct(filter(None, map(settler.entry, written)), settler)
    left_out = found.left_out + len(found.entries) - len(written)
    if left_out:
        problems += (f"more than {max_entries} entries: {left_out} were left out",)
    return ParsedFeed(
        format=found.format,
        title=_plain(found.title),
        link=link,
        language=_line(found.language),
        ttl_minutes=found.ttl_minutes,
        entries=entries,
        broken_off=found.broken_off,
        left_out=left_out,
        problems=tuple(clean(line) for line in (*problems, *found.problems, *oddity, *settler.problems())),
    )


def _distinct(entries: Iterable[Entry], settler: Settler) -> tuple[Entry, ...]:
    """Each id once: the highest version of an item; other news under a used guid gets an id of its own."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        other = kept.get(entry.entry_id)
        if other is None:
            kept[entry.entry_id] = entry
        elif None not in (entry.version, other.version) and entry.version != other.version:
            settler.trouble("version of an item that the document holds in a newer one too", entry.guid or "")
            kept[entry.entry_id] = max(entry, other, key=lambda item: item.version or 0)
        else:
            own = replace(entry, entry_id=stable_id(entry.guid, entry.link, entry.title))
            repeated = own.entry_id in kept or (entry.link, entry.title) == (other.link, other.title)
            kind = "repeated entry, dropped" if repeated else "guid used for different entries"
            settler.trouble(kind, entry.guid or "")
            if not repeated:
                kept[own.entry_id] = own
    return tuple(kept.values())


@dataclass(frozen=True, slots=True)
class Settler:
    """Settles one document, and keeps count of what could not be read."""

    base: str | None  # address that relative links are seen from
    times: Times
    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, str] = field(default_factory=dict)

    def trouble(self, kind: str, sample: str = "") -> None:
        """Count one trouble; the first sample of its kind is shown."""
        self.counts[kind] += 1
        self.samples.setdefault(kind, " ".join(clean(sample).split())[:60])

    def problems(self) -> tuple[str, ...]:
        """One line a kind of trouble."""
        return tuple(
            f"{count} × {kind}" + (f": {self.samples[kind]!r}" if self.samples[kind] else "")
            for kind, count in self.counts.items()
        )

    def link(self, written: str | None) -> str | None:
        """Absolute http(s) address or None."""
        address = absolute_url(written, self.base) if written else None
        if written and written.strip() and address is None:
            self.trouble("link that is no web address", written)
        return address

    def time(self, written: Iterable[str], *, ahead: bool = False) -> datetime | None:
        """The first of the written times that can be read; times to come only where they may lie `ahead`."""
        candidates = [text for text in written if text.strip()]
        trouble = "date that cannot be read"
        for text in candidates:
            if (time := self.times.utc(text)) is None:
                continue
            if ahead or self.times.is_believable(time):
                if assumption := self.times.assumption(text):
                    self.trouble(assumption)
                return time
            trouble = "date in the future"
        if candidates:
            self.trouble(trouble, candidates[0])
        return None

    def version(self, written: str | None) -> int | None:
        """A version's number; versions that are no number are no order."""
        if not written or not written.strip():
            return None
        digits = written.strip()
        if digits.isascii() and digits.isdigit() and len(digits) <= 18:
            return int(digits)
        self.trouble("version that is no number", written)
        return None

    def status(self, written: str | None) -> ItemStatus | None:
        """The code after the last colon or slash of a QCode or URI ("stat:usable")."""
        if not written or not written.strip():
            return None
        status = STATUSES.get(written.strip().replace("/", ":").rsplit(":", 1)[-1].lower())
        if status is None:
            self.trouble("status that is not known", written)
        return status

    def urgency(self, written: str | None) -> int | None:
        """1 (flash) to 9 (IPTC)."""
        if not written or not written.strip():
            return None
        digit = written.strip()
        if digit in tuple("123456789"):
            return int(digit)
        self.trouble("urgency that is not 1 to 9", written)
        return None

    def entry(self, found: FoundEntry) -> Entry | None:
        """The entry, None when it says nothing; its id is not yet held against the others'."""
        title, summary = _plain(found.title), _plain(found.summary)
        guid = _line(found.guid)
        link = self.link(found.link)
        base = link or self.base
        content = _markup(found.content_html, base) or ("" if summary else _markup(found.summary, base))
        status = self.status(found.status)
        raw = next((_line(text) for text in found.published if text.strip()), None)
        if not (link or title or summary or content or (guid and status in ("canceled", "withheld"))):
            self.trouble("entry without link, title and content, dropped", guid or "")
            return None
        return Entry(
            entry_id=identify(guid, link, title or summary or content, raw),
            guid=guid,
            link=link,
            title=title,
            summary=summary,
            content_html=content or None,
            authors=_names(found.authors),
            categories=_names(found.categories),
            published_at=self.time(found.published),
            updated_at=self.time(found.updated),
            published_raw=raw,
            version=self.version(found.version),
            status=status,
            embargoed_until=self.time(found.embargoed, ahead=True),
            urgency=self.urgency(found.urgency),
            subjects=tuple(dict.fromkeys(code for text in found.subjects if (code := _line(text)))),
            agency=_plain(found.agency),
            slug=_plain(found.slug),
        )


def identify(guid: str | None, link: str | None, title: str | None, published_raw: str | None) -> str:
    """Of the guid, else the link, else title (without one: text) and time as written: the same in every poll."""
    return stable_id(guid or link) if guid or link else stable_id(title, published_raw)


def _line(text: str | None) -> str | None:
    return " ".join(clean(text).split()) or None if text else None


def _plain(markup: str | None) -> str | None:
    return plain_text(markup) or None if markup else None


def _markup(written: str | None, base: str | None) -> str:
    """HTML that may show something: words, or a picture ("" for `<p></p>`)."""
    markup = harmless(clean(written or ""), base).strip()
    return "" if _EMPTY.fullmatch(markup) else markup


def _names(written: Iterable[str]) -> tuple[str, ...]:
    """Plain, each once, in order."""
    return tuple(dict.fromkeys(name for text in written if (name := plain_text(text))))
