"""One stage at a time, JSON Lines out: `dateline parse-feed`, `extract` and `tag`.

One bad record never ends the run: its line carries "error". Keys and their order are a promise to benchmarks.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from flows.parsing import FeedDocument, open_parsers
from flows.reading import TOGETHER, Retagger, tagger_options
from flows.shapes import Json, article_json, feed_json, tags_json
from pipeline.errors import ConfigError, ExtractError
from pipeline.extract import Crash, Grouped, Workers, extract_article
from pipeline.extract.language import language_of
from pipeline.records import Article, Document, Failure, Page, ParsedFeed, Tags
from pipeline.settings import Settings

CHUNK = 256  # records in flight: bounds memory on an endless input


@dataclass(frozen=True, slots=True)
class Bad:
    """A record that could not be read, and why."""

    record_id: str
    error: str


def parse_feed_lines(
    paths: Sequence[Path], url: str | None, content_type: str | None, settings: Settings
) -> Iterator[Json]:
    """One object a feed file, in the order of the input."""
    documents = (document_of_file(path, url, content_type, settings.max_entries) for path in paths)
    with open_parsers(settings.workers, settings.parse_seconds) as parsers:
        for path, (_, result) in zip(paths, in_order(parsers, documents), strict=True):
            if isinstance(result, ParsedFeed):
                yield feed_json(str(path), result, None)
            else:
                error = result.detail if isinstance(result, Failure) else result
                yield feed_json(str(path), ParsedFeed(format="unknown"), error)


def extract_lines(paths: Sequence[Path], settings: Settings) -> Iterator[Json]:
    """One object a page, in the order of the input."""
    pages = map(page_of_file, paths) if paths else map(page_of_line, lines_of(None))
    count, seconds, memory = settings.workers, settings.page_seconds, settings.page_memory_bytes
    with Workers(extract_one, count=count, seconds=seconds, memory_bytes=memory) as workers:
        for page, result in in_order(workers, pages):
            if isinstance(result, Article):
                yield article_json(result, None)
            else:
                empty = Article(page_id=record_id(page), url=None, title=None, text="", extractor="")
                yield article_json(empty, result)


def extract_one(page: Page) -> Article | str:
    """The page's article, or why there is none. Runs in a worker."""
    try:
        return extract_article(page)
    except ExtractError as error:
        return str(error)


def tag_lines(path: Path | None, settings: Settings) -> Iterator[Json]:
    """One object a document, in the order of the input."""
    for document, result in tagged(map(document_of_line, lines_of(path)), settings):
        if isinstance(result, Tags):
            yield tags_json(result, None)
        else:
            yield tags_json(Tags(document_id=record_id(document), tagger=""), result)


def tagged(
    documents: Iterator[Document | Bad], settings: Settings, most: int | None = None
) -> Iterator[tuple[Document | Bad, Tags | str]]:
    """Each document with its tags, or why there are none, in their order. `most`: how many come, where it is known."""
    options = tagger_options(settings)
    retagger = Retagger(options)
    count = settings.workers if most is None else max(1, min(settings.workers, most))
    workers: Workers[tuple[Document, ...], list[Tags]] = Workers(
        retagger, count=count, seconds=settings.tag_seconds, warm_up=retagger.warm_up
    )
    with Grouped(workers, TOGETHER) as grouped:
        yield from in_order(grouped, documents)


def in_order(workers: Workers[Any, Any] | Grouped[Any, Any], items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """(item, its result or why there is none) in the order of the items; bad items never reach a worker."""
    stream = iter(items)
    while chunk := list(islice(stream, CHUNK)):
        results: list[Any] = [item.error if isinstance(item, Bad) else None for item in chunk]
        good = [i for i, item in enumerate(chunk) if not isinstance(item, Bad)]
        for index, result in workers.map([chunk[i] for i in good]):
            results[good[index]] = f"{result.reason}: {result.detail}" if isinstance(result, Crash) else result
        yield from zip(chunk, results, strict=True)


def document_of_file(path: Path, url: str | None, content_type: str | None, max_entries: int) -> FeedDocument | Bad:
    """A feed file, as if it had just been fetched."""
    try:
        body = read_bytes(path)
    except (OSError, EOFError) as error:
        return Bad(str(path), explain(error))
    return FeedDocument(
        body=body, url=url, content_type=content_type, zone=None, max_entries=max_entries, now=datetime.now(UTC)
    )


def page_of_file(path: Path) -> Page | Bad:
    """A page file; its id is its name without `.html` and `.gz`."""
    name = re.sub(r"(\.html?)?(\.gz)?$", "", path.name)
    try:
        return Page(page_id=name, url=None, html=read_bytes(path))
    except (OSError, EOFError) as error:
        return Bad(name, explain(error))


def page_of_line(line: str) -> Page | Bad:
    """A page of the form {"id", "url", "html"}."""
    record = record_of(line, "id", "html")
    if isinstance(record, Bad):
        return record
    return Page(page_id=str(record["id"]), url=record.get("url"), html=str(record["html"]))


def document_of_line(line: str) -> Document | Bad:
    """A document of the form {"id", "title", "text", "published_at", "language"}."""
    record = record_of(line, "id", "text")
    if isinstance(record, Bad):
        return record
    try:
        published = record.get("published_at")
        return Document(
            document_id=str(record["id"]),
            text=str(record["text"]),
            title=record.get("title"),
            published_at=datetime.fromisoformat(published) if published else None,
            language=record.get("language") or language_of(str(record["text"])),
        )
    except (TypeError, ValueError) as error:
        return Bad(str(record["id"]), f"published_at: {error}; an ISO 8601 time is wanted")


def record_of(line: str, *needed: str) -> Json | Bad:
    """A line's object, or what is wrong with the line."""
    try:
        record = json.loads(line)
    except ValueError as error:
        return Bad("", f"not JSON: {error}")
    if not isinstance(record, dict):
        return Bad("", f"a JSON object is wanted, not {type(record).__name__}")
    missing = [key for key in needed if record.get(key) is None]
    return Bad(str(record.get("id") or ""), f"without {', '.join(missing)}") if missing else record


def record_id(item: Page | Document | Bad) -> str:
    """What the record calls itself."""
    if isinstance(item, Bad):
        return item.record_id
    return item.page_id if isinstance(item, Page) else item.document_id


def lines_of(path: Path | None) -> Iterator[str]:
    """The lines of a file, or of standard input, that hold something."""
    if path is None:
        yield from (line for line in sys.stdin if line.strip())
        return
    try:
        with path.open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.strip())
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read ({error.strerror})") from error


def read_bytes(path: Path) -> bytes:
    """A file's bytes, unzipped when its name ends in .gz."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def explain(error: Exception) -> str:
    """An error as one line."""
    return f"cannot be read: {error.strerror}" if isinstance(error, OSError) and error.strerror else str(error)
