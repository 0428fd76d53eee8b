"""JSON Lines: one `{"url": …, "html": … or "text": …}` a line, with title, published_at, language and fetched_at
where they are known. Places are counted in lines, also in packed files (.gz, .zst)."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, cast

import zstandard

from pipeline.archives.items import (
    ArchivedPage,
    Broken,
    Item,
    as_page,
    html_of,
    is_address,
    moment,
    title_of,
    told_page,
)

_DAMAGE = (OSError, EOFError, zlib.error, zstandard.ZstdError)
_ESCAPES = 6  # bytes of JSON that one byte of a page may take: \u0000


def read_json_lines(path: Path, start: int, max_bytes: int) -> Iterator[Item]:
    """The lines behind line `start`. A page of more than `max_bytes` is broken. Raises OSError for the file itself."""
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    number, most = 0, max_bytes * _ESCAPES
    with ExitStack() as closing:
        file = _opened(path, closing)
        try:
            while line := file.readline(most + 1):
                number += 1
                is_whole = _skip_rest(file, line, most)
                if number > start and (line.strip() or not is_whole):
                    yield _page(line, number, changed, max_bytes) if is_whole else _too_large(number, max_bytes)
        except _DAMAGE as error:
            detail = f"the rest of the file cannot be unpacked ({error})"
            yield Broken(start=number + 1, end=number + 1, reason="cut_off", detail=detail)


def _opened(path: Path, closing: ExitStack) -> IO[bytes]:
    file = closing.enter_context(path.open("rb"))
    if path.suffix.lower() == ".gz":
        return cast(IO[bytes], closing.enter_context(gzip.GzipFile(fileobj=file)))
    if path.suffix.lower() == ".zst":
        unpacked = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        return BufferedReader(cast(Any, closing.enter_context(unpacked)))
    return file


def _skip_rest(file: IO[bytes], line: bytes, most: int) -> bool:
    """Whether `line` is whole; what stands behind its first `most` bytes is passed over."""
    is_whole = len(line) <= most
    while len(line) > most and not line.endswith(b"\n"):
        line = file.readline(most + 1)
    return is_whole


def _page(line: bytes, number: int, changed: datetime, max_bytes: int) -> Item:
    """The page that a line tells of."""
    try:
        told = json.loads(line, strict=False)
    except (ValueError, RecursionError) as error:
        return Broken(start=number, end=number, reason="malformed", detail=f"no JSON: {error}"[:200])
    if not isinstance(told, dict) or not is_address(told.get("url")):
        return Broken(start=number, end=number, reason="no_address", detail="no object with an address as its url")
    html, text = told.get("html"), told.get("text")
    if not isinstance(html, str) or not html.strip():
        html = html_of(text) if isinstance(text, str) else ""
    if not html:
        return Broken(start=number, end=number, reason="no_text", detail="neither html nor text is there")
    language = told.get("language")
    page = as_page(html, language if isinstance(language, str) else None)
    if len(page) > max_bytes:
        return _too_large(number, max_bytes)
    return ArchivedPage(
        start=number,
        end=number,
        response=told_page(told["url"].strip(), page, moment(told.get("fetched_at")) or changed),
        title=title_of(told),
        published_at=moment(told.get("published_at")),
    )


def _too_large(number: int, max_bytes: int) -> Broken:
    return Broken(start=number, end=number, reason="too_large", detail=f"a page of more than {max_bytes} bytes")
