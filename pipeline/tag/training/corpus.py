"""The corpus: made-up wire sentences with their events, one JSON object a line (see GUIDELINE.md).

Spans are written as the words that they cover. Words that stand more than once in the sentence say which is meant:
"police@2" is the second "police". `python -m pipeline.tag.training.corpus [FILE...]` reads files and
says what is wrong.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_args

from pipeline.errors import ConfigError, DatelineError
from pipeline.records import Span
from pipeline.records.tags import Modality, Polarity
from pipeline.tag.events.triggers import EventType, load_lexicon
from pipeline.tag.training.alike import alike

FOLDER = Path(__file__).parent / "corpus"
KINDS = frozenset({"wire", "sport", "business", "culture", "history", "metaphor", "science", "weather", "everyday"})
COUNTS = frozenset({"killed", "wounded", "arrested", "displaced", "captured", "missing"})
TEST_SHARE = 10  # one sentence in so many is kept for testing
WHICH = re.compile(r"^(.+)@(\d+)$", re.DOTALL)
KEYS = frozenset({"text", "kind", "events", "not"})
EVENT_KEYS = frozenset(
    {"trigger", "type", "mode", "actors", "recipients", "place", "date", "counts", "polarity", "modality"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledEvent:
    """One event of a sentence, as a reader sees it; spans are of the sentence."""

    trigger: Span
    type: str
    mode: str | None
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    place: Span | None
    date: Span | None
    counts: Mapping[str, Span]
    polarity: Polarity
    modality: Modality


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence, its events, and the words in it that only look like an event (`harmless`)."""

    text: str
    kind: str
    events: tuple[LabelledEvent, ...]
    harmless: tuple[Span, ...]

    @property
    def is_test(self) -> bool:
        """Whether the sentence is kept for testing: by its words alone, so that it stays so."""
        return int.from_bytes(blake2b(self.text.encode(), digest_size=4).digest()) % TEST_SHARE == 0


def read_corpus(files: Iterable[Path] = ()) -> list[Labelled]:
    """All sentences of the files, or of the shipped ones; ConfigError names the file, line and what is wrong."""
    paths = list(files) or sorted(FOLDER.glob("*.jsonl"))
    return [sentence for path in paths for sentence in _read_file(path)]


def _read_file(path: Path) -> Iterator[Labelled]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), str(error), "sentences as JSON Lines, in UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{path.name} line {number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                raise ConfigError(where, f"no JSON: {error}") from error
            yield read_row(row, where)


def read_row(row: Mapping[str, Any], where: str) -> Labelled:
    """A line as a sentence; ConfigError says what is wrong with it."""
    _known(row, KEYS, where)
    text, kind, told = row.get("text"), row.get("kind", "wire"), row.get("events")
    if not isinstance(text, str) or not text or kind not in sorted(KINDS):
        raise ConfigError(where, f"text {text!r} of kind {kind!r}", f"a sentence, of kind {', '.join(sorted(KINDS))}")
    if not isinstance(told, list):
        raise ConfigError(where, f"events {told!r}", "a list of events; [] for none")
    events = tuple(_event(event, text, f"{where}, event {n}") for n, event in enumerate(told, start=1))
    return Labelled(text, kind, events, _all(row.get("not", ()), text, where))


def _event(row: Mapping[str, Any], text: str, where: str) -> LabelledEvent:
    _known(row, EVENT_KEYS, where)
    kinds = load_lexicon().types
    kind, mode = str(row.get("type")), row.get("mode")
    if kind not in kinds or (mode is not None and mode not in kinds[kind].modes):
        modes = ", ".join(kinds[kind].modes) if kind in kinds else ", ".join(kinds)
        raise ConfigError(where, f"{kind} {mode or ''} is none of PLOVER's", f"one of {modes or 'no modes'}")
    counts = row.get("counts", {})
    _known(counts, COUNTS, where)
    polarity, modality = row.get("polarity", "affirmed"), row.get("modality", "actual")
    if polarity not in get_args(Polarity) or modality not in get_args(Modality):
        raise ConfigError(
            where, f"{polarity} {modality}", "affirmed or negated; actual, planned, hypothetical, historical"
        )
    return LabelledEvent(
        trigger=find_words(row.get("trigger", ""), text, where),
        type=kind,
        mode=mode,
        actors=_all(row.get("actors", ()), text, where),
        recipients=_all(row.get("recipients", ()), text, where),
        place=find_words(row["place"], text, where) if row.get("place") else None,
        date=find_words(row["date"], text, where) if row.get("date") else None,
        counts={name: find_words(words, text, where) for name, words in counts.items()},
        polarity=polarity,
        modality=modality,
    )


def _all(words: Iterable[str], text: str, where: str) -> tuple[Span, ...]:
    if not isinstance(words, list | tuple):
        raise ConfigError(where, f"{words!r} is no list", '["words of the sentence"]')
    return tuple(find_words(w, text, where) for w in words)


def find_words(words: str, text: str, where: str) -> Span:
    """Where the words stand; "police@2" is their second place. ConfigError when they do not, or not clearly."""
    if not isinstance(words, str):
        raise ConfigError(where, f"{words!r}", "words of the sentence, letter by letter")
    which = WHICH.match(words)
    sought, nth = (which[1], int(which[2])) if which else (words, 0)
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(sought)}(?!\w)", text)] if sought else []
    if not places or nth > len(places):
        raise ConfigError(where, f"{words!r} does not stand in {text!r}", "words of the sentence, letter by letter")
    if len(places) > 1 and not nth:
        raise ConfigError(where, f"{words!r} stands {len(places)} times in {text!r}", f"{sought}@1 or {sought}@2")
    start = places[max(nth, 1) - 1]
    return Span(start, start + len(sought), sought)


def _known(row: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
    if not isinstance(row, dict):
        raise ConfigError(where, f"{row!r} is no object", f"one with {', '.join(sorted(keys))}")
    if unknown := set(row) - keys:
        raise ConfigError(where, f"unknown {', '.join(sorted(unknown))}", f"only {', '.join(sorted(keys))}")


def describe(sentences: list[Labelled], types: Mapping[str, EventType]) -> Iterator[str]:
    """How many sentences and events there are, of each type and mode."""
    events = [e for s in sentences for e in s.events]
    by_type = Counter(e.type for e in events)
    by_mode = Counter((e.type, e.mode) for e in events)
    yield f"{len(sentences)} sentences, {sum(s.is_test for s in sentences)} of them for testing, {len(events)} events"
    yield ", ".join(f"{kind} {n}" for kind, n in sorted(Counter(s.kind for s in sentences).items()))
    for name, kind in types.items():
        modes = ", ".join(f"{mode} {by_mode[name, mode]}" for mode in kind.modes)
        yield f"{name:9} {by_type[name]:4}  {modes}"
    for field in ("polarity", "modality"):
        yield ", ".join(f"{value} {n}" for value, n in sorted(Counter(getattr(e, field) for e in events).items()))


def main() -> int:
    """Checks the files that are named, or all: their lines, and that no two sentences are alike."""
    try:
        sentences = read_corpus(map(Path, sys.argv[1:]))
        here = {s.text for s in sentences}
        everything = [*sentences, *(s for s in read_corpus() if s.text not in here)]
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    pairs = [(a, b) for a, b in alike(s.text for s in everything) if a in here or b in here]
    lines = [*describe(sentences, load_lexicon().types), *(f"alike:\n  {a}\n  {b}" for a, b in pairs)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if pairs else 0


if __name__ == "__main__":
    sys.exit(main())
