"""What a backup says of itself: every file with its size and SHA-256."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from pipeline.errors import DatelineError

NAME = "manifest.json"
VERSION = 1
PIECE = 1 << 20


class BackupError(DatelineError):
    """A backup is not whole, or cannot be made or put back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file of a backup."""

    path: str  # in a home
    stored: str  # in the backup
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A backup: when it was made, of what, and its files."""

    made_at: str  # UTC, ISO 8601
    program_version: str
    source: str  # what was copied of the warehouse: "live/warehouse.duckdb", or a readers' copy
    settings: dict[str, str]  # what the operator had set, for a person to set again
    items: tuple[Item, ...]
    home: str | None = None  # whose it is; None: made before that was written down

    @property
    def size_bytes(self) -> int:
        """All of it."""
        return sum(item.size_bytes for item in self.items)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup; BackupError when there is none, or it is of another form."""
    try:
        told = json.loads((folder / NAME).read_text("utf-8"))
        if told.pop("version") != VERSION:
            raise BackupError(f"{folder / NAME}: of another version of Dateline")
        return Manifest(**{**told, "items": tuple(Item(**item) for item in told["items"])})
    except FileNotFoundError as error:
        raise BackupError(f"{folder}: no backup here: it has no {NAME}") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError(f"{folder / NAME}: cannot be read: {error}") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest in place by rename: from then on the backup is this one."""
    text = json.dumps({"version": VERSION, **asdict(manifest)}, indent=1, ensure_ascii=False)
    fresh = folder / f".{NAME}.tmp"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / NAME)


def faults(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What is missing or changed in a backup, a line a file."""
    for item in manifest.items:
        path = folder / item.stored
        if not path.is_file():
            yield f"{item.stored} is missing"
        elif (size := path.stat().st_size) != item.size_bytes:
            yield f"{item.stored} has {size:,} bytes of {item.size_bytes:,}"
        elif digest_of(path) != item.sha256:
            yield f"{item.stored} holds other bytes than were backed up"


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
