"""The extractor's name: trafilatura's version, the number of our rules, a digest of all that decides what is read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

import trafilatura

from pipeline.extract.cleaner import rules_version


@cache
def extractor_version() -> str:
    """Such as "trafilatura 2.3.1 / rules 4.9f31c2aa". Any change to code or rules of this package changes it."""
    parts = sorted(_parts(files("pipeline.extract"), ""))
    digest = blake2b(b"\n".join(name.encode() + text for name, text in parts), digest_size=4).hexdigest()
    return f"trafilatura {trafilatura.__version__} / rules {rules_version()}.{digest}"


def _parts(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Code and data below a folder, by path."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _parts(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".toml", ".txt")):
            yield prefix + entry.name, entry.read_bytes()
