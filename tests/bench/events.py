"""Events on public sets, and what coding them costs beside parse and names.

    DATELINE_EVAL=<folder> python -m tests.bench.events [--rounds 3]

The folder holds `score_plover_pairs.py`, `score_muc.py`, `score_event_places.py` and their sets in `data/`. The
baselines are those that the sets come with (README_events.md there). Times are of this thread's CPU; the share is of
the parse and of the layers below the events on the same documents, the median of the rounds.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from spacy.language import Language

from flows.reading import tagger_options
from flows.shapes import tags_json
from pipeline.records import Document
from pipeline.settings import load_settings
from pipeline.tag import Tagger, open_tagger
from pipeline.tag.dates.find import find_dates
from pipeline.tag.events.coders import EventCoder, open_coder
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.models.spacy_model import load_model
from pipeline.tag.names.actors import load_actors
from pipeline.tag.names.mentions import Knowledge, find_mentions
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.resolve import find_places
from pipeline.tag.training.confidence import bands
from tests.bench.evaluation import Record, evaluation_folder, read, timed
from tests.tag.events.peaceful import PARAGRAPHS, false_alarms


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a set: the scorer's name for it, ours, and what the set's own baseline reaches."""

    key: str
    name: str
    baseline: float | None = None


FIGURES: dict[str, tuple[Figure, ...]] = {
    "plover_pairs": (
        Figure("pair_root_accuracy", "15 roots, accuracy, pair given", 0.582),
        Figure("pair_root_macro_f1", "15 roots, macro-F1, pair given", 0.573),
        Figure("pair_quad_macro_f1", "4 quads, macro-F1, pair given", 0.679),
        Figure("strict_f1", "root, actor and recipient, F1", 0.407),
    ),
    "muc": (
        Figure("relevance_f1", "relevant documents, F1", 0.720),
        Figure("type_f1", "types of incident, F1", 0.612),
        Figure("slot_average_f1", "perpetrator, target, country, place, date, mean F1", 0.188),
    ),
    "event_places": (
        Figure("f1", "place of the event, F1", 0.545),
        Figure("no_location_accuracy", "no place where the text tells none, accuracy", 0.495),
    ),
}


def document_of(record: Record) -> Document:
    """A record of a set as a document; of MUC the text with case restored."""
    day = record.get("date") or record.get("published_at")
    published = datetime.fromisoformat(day if "T" in day else f"{day}T12:00:00+00:00") if day else None
    text = record.get("text_truecased", record["text"])
    return Document(document_id=str(record["id"]), text=text, published_at=published, language="en")


def predictions(tagger: Tagger, gold: Sequence[Record]) -> Iterator[Record]:
    """The tagger's answers in the form of `dateline tag`."""
    for record in gold:
        yield tags_json(tagger.tag(document_of(record)), None) | {"id": record["id"]}


def figures(folder: Path, tagger: Tagger) -> Iterator[tuple[str, Figure, float]]:
    """Each figure's set, what it is, and what it is now."""
    for name, wanted in FIGURES.items():
        scorer = importlib.import_module(f"score_{name}")
        for path in sorted((folder / "data").glob(f"{name}_*.jsonl")):
            gold = read(path)
            scores = scorer.score(gold, list(predictions(tagger, gold)))
            yield from ((path.stem, figure, scores[figure.key]) for figure in wanted)


def score_rows(folder: Path, tagger: Tagger) -> Iterator[str]:
    """A row a figure."""
    for name, figure, value in figures(folder, tagger):
        baseline = f"{figure.baseline:.3f}" if figure.baseline is not None else ""
        yield f"| `{name}` | {figure.name} | {baseline} | {value:.3f} |"


def reliability_rows(folder: Path, tagger: Tagger) -> Iterator[str]:
    """How often the root is right of events that share a party with an annotated pair, by their confidence."""
    scorer = importlib.import_module("score_plover_pairs")
    gold = read(folder / "data" / "plover_pairs_dev.jsonl")
    said: list[float] = []
    right: list[bool] = []
    for record, answer in zip(gold, predictions(tagger, gold), strict=True):
        for event in answer["events"]:
            if pairs := [pair for pair in record["pairs"] if any(scorer.has_sides(event, pair))]:
                said.append(event["confidence"])
                right.append(any(scorer.root(event) == pair["root"] for pair in pairs))
    return bands(said, right)


def cost_rows(
    documents: Sequence[Document], nlp: Language, known: Knowledge, coders: Mapping[str, EventCoder], rounds: int
) -> Iterator[str]:
    """The share of coding events in the time of parse, names, places and dates, a row each coder."""
    assert known.gazetteer is not None
    shares: dict[str, list[float]] = {name: [] for name in coders}
    for number in range(rounds + 1):  # the first round only warms caches up
        times: dict[str, float] = {}
        for document in documents:
            doc = timed(times, "below", nlp, document.text)
            mentions = timed(times, "below", find_mentions, doc, known)
            places = timed(times, "below", find_places, doc.text, mentions, known.gazetteer)
            dates = timed(times, "below", find_dates, doc, date(2000, 1, 1))
            text = ParsedText(doc=doc, mentions=mentions, places=places, dates=dates, published=date(2000, 1, 1))
            for name, coder in coders.items():
                timed(times, name, coder.code, text)
        for name in coders if number else ():
            shares[name].append(times[name] / times["below"])
    for name, found in shares.items():
        yield f"| events by {name}, share of the time of parse, names, places and dates | {median(found):.1%} |"


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Events on public sets, and their cost.")
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds over the documents")
    args = parser.parse_args()
    folder = evaluation_folder("score_plover_pairs.py")
    if folder is None:
        return 0
    settings = load_settings()
    tagger = open_tagger(tagger_options(settings))
    print("| set | figure | the set's baseline | Dateline |\n|---|---|---|---|")
    print("\n".join(score_rows(folder, tagger)))
    alarms = 100 * len(false_alarms(tagger)) / len(PARAGRAPHS)
    print(f"| {len(PARAGRAPHS)} peaceful paragraphs of ours | violent events, per 100 | | {alarms:.1f} |")
    known = Knowledge(load_actors(), Gazetteer.open(settings.gazetteer))
    documents = [document_of(r) for r in read(folder / "data" / "muc_dev.jsonl")[:150]]
    print("\n| confidence | events | their mean | root right |\n|---|---|---|---|")
    print("\n".join(reliability_rows(folder, tagger)))
    print("\n| cost | |\n|---|---|")
    coders = {name: open_coder(name, load_lexicon()) for name in ("rules", "both")}
    print("\n".join(cost_rows(documents, load_model(), known, coders, args.rounds)))
    print(f"\nMeasured {datetime.now(UTC):%Y-%m-%d}, {len(load_lexicon().triggers):,} entries.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
