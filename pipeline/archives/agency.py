"""Agencies' files (NewsML-G2, NITF, ninjs): handed on whole, for their parser."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipeline.archives.html import read_whole
from pipeline.archives.items import AgencyFile, Broken, Item


def read_agency(path: Path, start: int, max_bytes: int) -> Iterator[Item]:
    """The file, nothing where `start` is behind it. Raises OSError for the file itself."""
    if start:
        return
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    try:
        body = read_whole(path, max_bytes)
    except (EOFError, zlib.error) as error:
        yield Broken(start=0, end=1, reason="malformed", detail=str(error))
        return
    if len(body) > max_bytes:
        yield Broken(start=0, end=1, reason="too_large", detail=f"a file of more than {max_bytes} bytes")
        return
    yield AgencyFile(start=0, end=1, body=body, address=path.resolve().as_uri(), modified_at=changed)
