"""How far two readers of the corpus agree: the first reading beside a second one, which saw the sentences alone.

    python -m tests.bench.corpus_agreement

The second reading is of 823 sentences, a random tenth. Events are the same where their triggers share a word, the rest
is compared on those: type (with Cohen's kappa), mode, truth, and parties, which agree where both have none or share a
word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.records import Span
from pipeline.tag.training import corpus
from pipeline.tag.training.corpus import Labelled, LabelledEvent, read_corpus

SECOND = Path(corpus.__file__).parent / "second_reading.jsonl"
Pair = tuple[LabelledEvent, LabelledEvent]
SAME: dict[str, Callable[[LabelledEvent, LabelledEvent], bool]] = {
    "type": lambda a, b: a.type == b.type,
    "mode, where the type is the same": lambda a, b: a.mode == b.mode,
    "polarity and modality": lambda a, b: (a.polarity, a.modality) == (b.polarity, b.modality),
    "actors": lambda a, b: meet(a.actors, b.actors),
    "recipients": lambda a, b: meet(a.recipients, b.recipients),
    "place": lambda a, b: meet([a.place] if a.place else [], [b.place] if b.place else []),
}


def meet(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Both empty, or with words in common."""
    return (not one and not other) or any(a.start < b.end and b.start < a.end for a in one for b in other)


def paired(first: Labelled, second: Labelled) -> Iterator[Pair]:
    """Events of both readings whose triggers share a word, each once; of several the one of the same type."""
    left = list(second.events)
    for event in first.events:
        near = [e for e in left if meet([event.trigger], [e.trigger])]
        if near:
            other = max(near, key=lambda e: e.type == event.type)
            left.remove(other)
            yield event, other


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's: agreement beyond what the readers' own shares would give by chance."""
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(first[c] * second[c] for c in first) / len(pairs) ** 2
    return (agreed - chance) / (1 - chance)


def rows(readings: Sequence[tuple[Labelled, Labelled]]) -> Iterator[str]:
    """The table, in Markdown."""
    pairs = [pair for first, second in readings for pair in paired(first, second)]
    events = sum(len(r.events) for reading in readings for r in reading)
    silent = sum((not a.events) == (not b.events) for a, b in readings)
    yield "| two readings | agree |\n|---|---:|"
    yield f"| does the sentence tell an event | {silent / len(readings):.3f} |"
    yield f"| events (same trigger), F1 | {2 * len(pairs) / events:.3f} |"
    for name, same in SAME.items():
        compared = [p for p in pairs if not name.startswith("mode") or p[0].type == p[1].type]
        yield f"| {name} | {sum(same(*p) for p in compared) / len(compared):.3f} |"
    yield f"| type, Cohen's kappa | {kappa([(a.type, b.type) for a, b in pairs]):.3f} |"
    yield f"\n{len(readings)} sentences, {len(pairs)} events in both readings."


def main() -> None:
    """Prints the table."""
    first = {sentence.text: sentence for sentence in read_corpus()}
    readings = [(first[second.text], second) for second in read_corpus([SECOND]) if second.text in first]
    print("\n".join(rows(readings)))


if __name__ == "__main__":
    main()
