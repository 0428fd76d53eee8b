"""Names and places beside the plain model, in one run; what each layer above the model costs.

    DATELINE_EVAL=<folder> python -m tests.bench.entities [--rounds 3]

The folder holds `score_entities.py`, `score_places.py` and `data/{entities,places}_*.jsonl`. "plain" are the names as
the spaCy pipeline gives them; for places, each at the most populous place of that name in our gazetteer. Ours are the
mentions and places of `pipeline.tag` on the same parsed documents. Times are of this thread's CPU; shares are of the
model's own time on the same documents, the median of the rounds.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.records import Mention, Place
from pipeline.settings import load_settings
from pipeline.tag.amounts.quantities import find_quantities
from pipeline.tag.dates.find import find_dates
from pipeline.tag.models.spacy_model import load_model
from pipeline.tag.names.actors import load_actors
from pipeline.tag.names.mentions import Knowledge, find_mentions
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.resolve import LABELS, find_places
from tests.bench.evaluation import Record, evaluation_folder, read, timed

ENTITIES = ("exact_f1", "partial_precision", "partial_recall", "partial_f1")
PLACE_HEAD = (
    "\n| set | places | recognition F1 | precision | recall | accuracy within 161 km | end to end |"
    "\n|---|---|---|---|---|---|---|"
)
PLACES = ("recognition_f1", "recognition_precision", "recognition_recall", "accuracy_161", "end_to_end")


def plain_mentions(doc: Doc) -> list[Record]:
    """The model's names as they stand."""
    return [{"start": e.start_char, "end": e.end_char, "label": e.label_} for e in doc.ents]


def our_mentions(mentions: Sequence[Mention]) -> list[Record]:
    """As the scorer wants them."""
    return [{"start": m.start, "end": m.end, "label": m.label} for m in mentions]


def plain_places(doc: Doc, gazetteer: Gazetteer) -> list[Record]:
    """Each name at the most populous place that bears it."""
    found = []
    for span in doc.ents:
        if span.label_ in LABELS:
            best = next(iter(gazetteer.lookup(span.text)), None)
            point = {"latitude": best.latitude if best else None, "longitude": best.longitude if best else None}
            found.append({"start": span.start_char, "end": span.end_char, **point})
    return found


def our_places(places: Sequence[Place]) -> list[Record]:
    """As the scorer wants them."""
    return [{"start": p.start, "end": p.end, "latitude": p.latitude, "longitude": p.longitude} for p in places]


def entity_rows(folder: Path, nlp: Language, known: Knowledge, scorer: Any) -> Iterator[str]:
    """Two rows a set: the plain model's, ours."""
    for path in sorted(folder.glob("entities_*.jsonl")):
        gold = read(path)
        docs = list(nlp.pipe(record["text"] for record in gold))
        sides = {
            "plain": [plain_mentions(d) for d in docs],
            "Dateline": [our_mentions(find_mentions(d, known)) for d in docs],
        }
        for name, predictions in sides.items():
            predicted = [{"id": g["id"], "mentions": m} for g, m in zip(gold, predictions, strict=True)]
            yield row(path.stem, name, scorer.score(gold, predicted), ENTITIES)


def place_rows(folder: Path, nlp: Language, known: Knowledge, gazetteer: Gazetteer, scorer: Any) -> Iterator[str]:
    """Two rows a set: the most populous place of each name, ours."""
    for path in sorted(folder.glob("places_*.jsonl")):
        gold = read(path)
        docs = list(nlp.pipe(record["text"] for record in gold))
        ours = [our_places(find_places(d.text, find_mentions(d, known), gazetteer)) for d in docs]
        sides = {"most populous": [plain_places(d, gazetteer) for d in docs], "Dateline": ours}
        for name, predictions in sides.items():
            predicted = [{"id": g["id"], "places": p} for g, p in zip(gold, predictions, strict=True)]
            yield row(path.stem, name, scorer.score(gold, predicted), PLACES)


def row(data: str, side: str, scores: dict[str, float], figures: Sequence[str]) -> str:
    """One row of a table."""
    return f"| `{data}` | {side} | {' | '.join(f'{scores[figure]:.3f}' for figure in figures)} |"


def cost_rows(
    texts: Sequence[str], nlp: Language, known: Knowledge, gazetteer: Gazetteer, rounds: int
) -> Iterator[str]:
    """CPU time of the model and of each layer on the same documents."""
    spent: dict[str, list[float]] = {}
    tokens = 0
    for number in range(rounds + 1):  # the first round only warms caches up
        times: dict[str, float] = {}
        docs = [timed(times, "model", nlp, text) for text in texts]
        for doc in docs:
            mentions = timed(times, "names", find_mentions, doc, known)
            timed(times, "places", find_places, doc.text, mentions, gazetteer)
            timed(times, "dates", find_dates, doc, None)
            timed(times, "quantities", find_quantities, doc)
        tokens = sum(len(doc) for doc in docs)
        if number:
            for name, seconds in times.items():
                spent.setdefault(name, []).append(seconds)
    model = median(spent["model"])
    layers = sum(median(values) for name, values in spent.items() if name != "model")
    yield f"| model alone | {tokens / model:,.0f} | |"
    yield f"| model and layers | {tokens / (model + layers):,.0f} | {layers / model:.1%} |"
    for name, values in spent.items():
        if name != "model":
            yield f"| {name} | | {median(values) / model:.1%} |"


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Names and places beside the plain model.")
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds over all documents")
    args = parser.parse_args()
    folder = evaluation_folder("score_entities.py")
    if folder is None:
        return 0
    nlp, gazetteer = load_model(), Gazetteer.open(load_settings().gazetteer)
    known, data = Knowledge(load_actors(), gazetteer), folder / "data"
    print("| set | names | exact F1 | partial precision | partial recall | partial F1 |\n|---|---|---|---|---|---|")
    print("\n".join(entity_rows(data, nlp, known, importlib.import_module("score_entities"))))
    print(PLACE_HEAD)
    print("\n".join(place_rows(data, nlp, known, gazetteer, importlib.import_module("score_places"))))
    texts = [record["text"] for path in sorted(data.glob("entities_*.jsonl")) for record in read(path)]
    print("\n| part | tokens a CPU second | share of the model's time |\n|---|---|---|")
    print("\n".join(cost_rows(texts, nlp, known, gazetteer, args.rounds)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
