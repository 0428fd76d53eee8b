"""`dateline why`: how a row of the published warehouse came to be, from its sentence to the bytes of its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import IO

from rich.console import Console

from flows.answers import cell, wide_console
from flows.coding import facts_of
from flows.parts import Fact
from flows.showing import show_aside, show_facts, show_heading, show_legend, show_sentence
from warehouse.evidence import Answered, Evidence, Report, Source, evidence_for

SHOWN_REPORTS = 5  # other sentences of the same event; the event's own id shows them all


def write_why(published: Path, wanted: str, most: int, target: IO[str], rules: Path | None = None) -> None:
    """Print what stands behind an id; ConfigError where it stands for nothing or for several.

    `rules` are the operator's own entries.
    """
    answered = evidence_for(published, wanted)
    show_answer(wide_console(target), answered, most, rules)


def show_answer(console: Console, answered: Answered, most: int, rules: Path | None = None) -> None:
    """Each coded sentence, then its article; of more than `most` sentences the first."""
    show_heading(console, title_of(answered))
    if answered.article is not None:
        return show_aside(console, answered.article)
    show_legend(console)
    shown = answered.evidence[:most]
    is_whole = answered.found.kind == "event" and len(shown) == len(answered.evidence)
    for _, sentences in groupby(shown, key=lambda e: e.source.article_id):
        show_article(console, list(sentences), rules, with_others=not is_whole)
    if len(shown) < len(answered.evidence):
        console.print(f"\n… and {len(answered.evidence) - len(shown)} more: a higher --limit shows them", style="dim")
    return None


def title_of(answered: Answered) -> str:
    """What was found, and how much of it does not count any more."""
    count = len(answered.evidence)
    gone = sum(not found.source.is_latest for found in answered.evidence)
    sentences = "1 coded sentence" if count == 1 else f"{count} coded sentences"
    standing = f" ({count - gone} of texts that stand, {gone} of superseded ones)" if gone else ""
    return f"{answered.found.kind} {answered.found.id}: {sentences}{standing}"


def show_article(console: Console, sentences: Sequence[Evidence], rules: Path | None, *, with_others: bool) -> None:
    """The coded sentences of one article, and then where the article is from."""
    for found in sentences:
        console.print()
        show_heading(console, heading_of(found))
        show_sentence(console, found.event, found.sentence, found.dates, found.quantities)
        show_facts(console, facts_of(found.event, found.names, rules))
        if with_others:
            show_facts(console, other_facts(found.others))
    console.print()
    show_facts(console, source_facts(sentences[0].source))


def heading_of(found: Evidence) -> str:
    """The ids of a coded sentence; what is denied, planned or supposed is counted in no event."""
    event = found.event
    counted = f"event {found.event_id}" if found.event_id else f"in no event ({event.polarity}, {event.modality})"
    return f"{event.type} {event.mode or ''}".strip() + f" · event mention {found.event_mention_id} · {counted}"


def other_facts(others: Sequence[Report]) -> Iterator[Fact]:
    """The other sentences that report the event."""
    if not others:
        yield Fact("also", "no other sentence reports this event")
    for other in others[:SHOWN_REPORTS]:
        publisher = (other.agency or other.feed_id) + ("" if other.is_latest else " (superseded)")
        yield Fact("also", f"{other.event_mention_id} {publisher}, {minute(other.published_at)}: {other.sentence}")
    if len(others) > SHOWN_REPORTS:
        yield Fact("also", f"… and {len(others) - SHOWN_REPORTS} more: ask for the event")


def source_facts(source: Source) -> Iterator[Fact]:
    """The article, its address, feed, page and run."""
    version = f"version {source.version}" + ("" if source.is_latest else ", superseded")
    yield Fact("article", f"{source.article_id} “{source.title or 'without a title'}” ({version})")
    yield Fact("published", f"{minute(source.published_at)} by {source.agency or 'no named agency'}")
    yield Fact("url", source.url)
    yield Fact("feed", source.feed_id + (f" ({source.feed_title})" if source.feed_title else ""))
    if source.warc_file:
        yield Fact("capture", f"{source.warc_file} at byte {source.warc_offset}, fetched {minute(source.fetched_at)}")
        if source.final_url != source.url:
            yield Fact("answered", f"{source.final_url}")
    yield Fact("tagger", source.tagger)
    yield Fact("run", ", ".join(filter(None, (source.run_id, source.flow, program(source), began(source)))))


def program(source: Source) -> str | None:
    """The program that ran."""
    return f"dateline {source.program_version}" if source.program_version else None


def began(source: Source) -> str | None:
    """When the run began."""
    return f"started {minute(source.started_at)}" if source.started_at else None


def minute(moment: datetime | None) -> str:
    """A time, to the second, as the tables show it."""
    return cell(moment, "at an unknown time")
