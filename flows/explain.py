"""`dateline tag --explain`: texts with the parts of their events marked, and why each was coded so. For people."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

from rich.console import Console

from flows.answers import wide_console
from flows.coding import facts_of
from flows.contracts import Bad, document_of_line, record_id, record_of, tagged
from flows.reading import own_rules
from flows.showing import show_aside, show_facts, show_heading, show_legend, show_sentence
from pipeline.errors import ConfigError
from pipeline.extract.language import language_of
from pipeline.records import Document, Event, Tags
from pipeline.settings import Settings

LINES = (".jsonl", ".ndjson")  # names of files that hold the contract's records, one a line


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text and the events of it: a coded sentence, or what stands between two of them."""

    start: int
    end: int
    events: tuple[Event, ...] = ()


def write_explanations(path: Path | None, settings: Settings, target: IO[str], *, events_only: bool) -> int:
    """Print each document's events; the number of records that could not be read."""
    documents = documents_in(text_of(path), path)
    console = wide_console(target)
    show_legend(console)
    bad = 0
    for document, tags in tagged(iter(documents), settings, most=len(documents)):
        if isinstance(document, Document) and isinstance(tags, Tags):
            show_document(console, document, tags, own_rules(settings), events_only=events_only)
        else:
            bad += 1
            show_heading(console, f"{record_id(document) or 'a record'}: {tags}")
    return bad


def text_of(path: Path | None) -> str:
    """A file's text, or that of standard input, with its line ends as they are: offsets count them."""
    where = str(path or "standard input")
    try:
        data = path.read_bytes() if path else sys.stdin.buffer.read()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(where, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(where, f"no UTF-8 at byte {error.start}", "save it as UTF-8") from error


def documents_in(text: str, path: Path | None) -> list[Document | Bad]:
    """The records of JSON Lines, or the whole as one text."""
    if is_lines(text, path):
        return [document_of_line(line) for line in text.split("\n") if line.strip()]
    name = path.name if path else "standard input"
    return [Document(document_id=name, text=text, language=language_of(text))]


def is_lines(text: str, path: Path | None) -> bool:
    """Is it JSON Lines? By its name, else by its first line; a .txt file is text whatever it says."""
    if path and path.suffix.lower() in (*LINES, ".txt"):
        return path.suffix.lower() in LINES
    first = next((line for line in text.split("\n") if line.strip()), "")
    return not isinstance(record_of(first, "text"), Bad)


def show_document(console: Console, document: Document, tags: Tags, rules: Path | None, *, events_only: bool) -> None:
    """A text from its beginning to its end, its coded sentences once for each event."""
    show_heading(console, heading_of(document, tags))
    names = {m.entity_id: m.name for m in tags.mentions if m.entity_id and m.name}
    after_event = False
    for passage in passages(document.text, tags.events):
        words = document.text[passage.start : passage.end]
        if not passage.events and not events_only and words.strip():
            if after_event:
                console.print()
            show_aside(console, words.strip())
            after_event = False
        for event in passage.events:
            console.print()
            show_event(console, words, event, tags, names, rules)
            after_event = True
    console.print()


def heading_of(document: Document, tags: Tags) -> str:
    """What the text is called, and what came of it."""
    count = len(tags.events)
    found = "no events" if not count else "1 event" if count == 1 else f"{count} events"
    status = "" if tags.status == "tagged" else f" ({tags.status})"
    return ": ".join(filter(None, (document.document_id, document.title, found + status)))


def passages(text: str, events: tuple[Event, ...]) -> Iterator[Passage]:
    """The text cut into coded sentences and what stands between them, line by line; nothing of it is left out."""
    reached = 0
    ordered = sorted(events, key=lambda e: (e.sentence_start, e.sentence_end))
    for (start, end), coded in groupby(ordered, key=lambda e: (e.sentence_start, e.sentence_end)):
        yield from lines_between(text, reached, start)
        yield Passage(start, end, tuple(sorted(coded, key=lambda e: e.trigger.start)))
        reached = max(reached, end)
    yield from lines_between(text, reached, len(text))


def lines_between(text: str, start: int, end: int) -> Iterator[Passage]:
    """The lines of a stretch of text."""
    for line in text[start:end].splitlines(keepends=True):
        yield Passage(start, start + len(line))
        start += len(line)


def show_event(
    console: Console, sentence: str, event: Event, tags: Tags, names: Mapping[str, str], rules: Path | None
) -> None:
    """One event: its sentence marked, and what was made of it. Numbers are characters of the text."""
    trigger = event.trigger
    coded = " ".join(filter(None, (event.type, event.mode)))
    show_heading(
        console,
        f"{coded} · characters {event.sentence_start} to {event.sentence_end}, "
        f"trigger {trigger.start} to {trigger.end}",
    )
    here = [q for q in tags.quantities if event.sentence_start <= q.start < event.sentence_end]
    show_sentence(console, event, sentence, tags.dates, here)
    show_facts(console, facts_of(event, names, rules))
