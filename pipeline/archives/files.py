"""Which files of the given paths are archives, of which kind, and the reader of each kind."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.archives.agency import read_agency
from pipeline.archives.html import read_html, sidecars
from pipeline.archives.items import Item
from pipeline.archives.json_lines import read_json_lines
from pipeline.archives.warc import read_warc
from pipeline.errors import ConfigError

Kind = Literal["warc", "json_lines", "html", "agency"]
Unit = Literal["byte", "line", "item"]
Reader = Callable[[Path, int, int], Iterator[Item]]

READERS: dict[Kind, tuple[Reader, Unit]] = {
    "warc": (read_warc, "byte"),
    "json_lines": (read_json_lines, "line"),
    "html": (read_html, "item"),
    "agency": (read_agency, "item"),
}
ENDINGS: dict[str, Kind] = {
    ".warc": "warc", ".warc.gz": "warc",
    ".jsonl": "json_lines", ".jsonl.gz": "json_lines", ".jsonl.zst": "json_lines",
    ".ndjson": "json_lines", ".ndjson.gz": "json_lines", ".ndjson.zst": "json_lines",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".html.gz": "html", ".htm.gz": "html",
    ".xml": "agency", ".json": "agency", ".xml.gz": "agency", ".json.gz": "agency",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """An archive's file as it was when it was listed."""

    path: Path  # absolute
    root: Path  # the path that was given, in which it lies
    kind: Kind
    size_bytes: int
    modified_ns: int

    @property
    def unit(self) -> Unit:
        """What places in it are counted in."""
        return READERS[self.kind][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """All that was found: files in the order in which they are read, and how many of each other ending were left."""

    files: tuple[InputFile, ...]
    others: Counter[str]


def find_inputs(paths: Sequence[Path]) -> Archived:
    """The archives at the paths and in folders below them, by name. Links in folders and hidden names are passed over.

    Raises ConfigError for a path that is not there, or a file of a kind that nobody here can read.
    """
    files, others = dict[Path, InputFile](), Counter[str]()
    for given in paths:
        root = given.resolve()
        if root.is_file():
            kind = kind_of(root.name)
            if kind is None:
                raise ConfigError(str(given), "is no archive", f"the endings are {', '.join(ENDINGS)}")
            files.setdefault(root, _input(root, root, kind))
        elif root.is_dir():
            for path in _below(root):
                if kind := kind_of(path.name):
                    files.setdefault(path, _input(path, root, kind))
                else:
                    others[path.suffix or path.name] += 1
        else:
            raise ConfigError(str(given), "there is no such file or folder")
    beside = {sidecar for path, file in files.items() if file.kind == "html" for sidecar in sidecars(path)}
    return Archived(files=tuple(file for path, file in files.items() if path not in beside), others=others)


def read_archive(file: InputFile, start: int, max_bytes: int) -> Iterator[Item]:
    """What lies in the file from `start` on, in the file's unit. Raises OSError for the file itself."""
    return READERS[file.kind][0](file.path, start, max_bytes)


def kind_of(name: str) -> Kind | None:
    """The kind that a name's ending says.

    >>> kind_of("CC-NEWS-20210301000000-00001.warc.gz"), kind_of("notes.pdf")
    ('warc', None)
    """
    name = name.lower()
    return next((ENDINGS[ending] for ending in sorted(ENDINGS, key=len, reverse=True) if name.endswith(ending)), None)


def _below(folder: Path) -> Iterator[Path]:
    """Files of a folder and of those below it, by name."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here) / name
            if not name.startswith(".") and not path.is_symlink() and path.is_file():
                yield path


def _input(path: Path, root: Path, kind: Kind) -> InputFile:
    status = path.stat()
    return InputFile(path=path, root=root, kind=kind, size_bytes=status.st_size, modified_ns=status.st_mtime_ns)
