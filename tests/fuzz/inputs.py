"""What a reader is tried on, and what counts as a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import DatelineError

CASES = Path(__file__).parents[1] / "cases"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Parser:
    """A reader, and the inputs that damage begins with."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    read: Callable[[bytes], object]

    def try_on(self, body: bytes) -> None:
        """Read; a refusal is fine where it is one line."""
        refusal = self.refusal(body)
        assert refusal is None or refusal, "a refusal says why"
        assert "\n" not in (refusal or ""), f"a refusal is one line: {refusal!r}"

    def refusal(self, body: bytes) -> str | None:
        """What the reader says of an input that it does not take."""
        try:
            self.read(body)
        except DatelineError as error:
            return str(error)
        return None


def cases(folder: str, *words: str) -> Callable[[], Sequence[bytes]]:
    """The recorded inputs of a stage whose names begin or end with one of the words."""

    @cache
    def read() -> Sequence[bytes]:
        found = sorted(p for p in (CASES / folder).iterdir() if p.is_file() and not p.name.endswith(".expect.json"))
        return [p.read_bytes() for p in found if p.name.startswith(words) or p.name.endswith(words)]

    return read


def made(*texts: str) -> Callable[[], Sequence[bytes]]:
    """Inputs written here."""
    return lambda: [text.encode() for text in texts]


def in_file(read: Callable[[Path], object], name: str) -> Callable[[bytes], None]:
    """The reader of a file, given bytes."""

    def written(body: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(body)
            read(path)

    return written
