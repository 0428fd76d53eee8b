"""Rules, learned coder and both side by side: what they find and what they cost.

    DATELINE_EVAL=<folder> python -m tests.bench.coders [--rounds 3] [--model FOLDER]
    DATELINE_EVAL=<folder> python -m tests.bench.coders --choose [--model FOLDER]

The public sets are those of `tests.bench.events`, none of them learnt from; the corpus is our own, the tenth of it that
is kept for testing. There an event is found where the annotator told one of its type with its trigger or one of its
parties. Costs are of the whole tag stage on the same documents, the median of the rounds. `--choose` shows what both
would find with other thresholds of `pipeline.tag.learned.combine`; without the public sets, of the rest.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from pipeline.records import Document
from pipeline.settings import load_settings
from pipeline.tag import Options, Tagger, open_tagger
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.learned.coder import both
from pipeline.tag.learned.combine import Weights
from pipeline.tag.tagger import NewsTagger
from pipeline.tag.training.corpus import Labelled, read_corpus
from pipeline.tag.training.measure import found_in
from tests.bench.demo_wire import judge_all
from tests.bench.evaluation import evaluation_folder, read
from tests.bench.events import document_of, figures
from tests.demo.told_and_coded import Figures
from tests.tag.events.peaceful import PARAGRAPHS, false_alarms

CODERS = ("rules", "learned", "both")
TIMED = 150  # documents
TRIED = {"keep": (0.0, 0.2), "change": (0.5, 0.9), "add": (0.4, 0.6, 0.9), "swap": (0.5, 0.7, 1.01)}
Table = dict[tuple[str, str], dict[str, str]]


def rows_of(folder: Path | None, tagger: Tagger, sentences: Sequence[Labelled]) -> Iterator[tuple[str, str, str]]:
    """Set, figure and value; without a folder none of the public sets."""
    for name, figure, value in figures(folder, tagger) if folder else ():
        yield f"`{name}`", figure.name, f"{value:.3f}"
    found = found_in(tagger, sentences)
    for name, value in (("precision", found.precision), ("recall", found.recall), ("F1", found.f1)):
        yield "corpus, kept for testing", f"events, {name}", f"{value:.3f}"
    wire = Figures.of([one for _, judged in judge_all(tagger) for one in judged])
    for field in ("type", "both parties"):
        yield "demo wire", f"{field}, precision", f"{wire.precision(field):.3f}"
        yield "demo wire", f"{field}, recall", f"{wire.recall(field):.3f}"
    alarms = 100 * len(false_alarms(tagger)) / len(PARAGRAPHS)
    yield f"{len(PARAGRAPHS)} peaceful paragraphs", "violent events, per 100", f"{alarms:.1f}"


def seconds(taggers: dict[str, Tagger], documents: Sequence[Document], rounds: int) -> dict[str, float]:
    """CPU seconds of tagging the documents, the median of the rounds, which take turns."""
    spent: dict[str, list[float]] = {name: [] for name in taggers}
    for number in range(rounds + 1):  # the first round only warms caches up
        for name, tagger in taggers.items():
            began = time.process_time()
            tagger.tag_all(documents)
            if number:
                spent[name].append(time.process_time() - began)
    return {name: median(times) for name, times in spent.items()}


def choices(options: Options, folder: Path | None, sentences: Sequence[Labelled]) -> Iterator[str]:
    """A row for each threshold that is moved while the others stay as they are."""
    tagger, now = NewsTagger.open(options), Weights()
    moved = [(name, value) for name, values in TRIED.items() for value in values]
    for number, weights in enumerate((now, *(replace(now, **{name: value}) for name, value in moved))):
        moving = replace(tagger, coder=both(load_lexicon(), options.learned, weights))
        rows = list(rows_of(folder, moving, sentences))
        if number == 0:
            heads = [f"{name}: {figure}" for name, figure, _ in rows]
            yield f"| {' | '.join(TRIED)} | {' | '.join(heads)} |\n|{'---:|' * (len(heads) + len(TRIED))}"
        asked = f"| {' | '.join(str(getattr(weights, name)) for name in TRIED)} |"
        yield f"{asked} {' | '.join(value for _, _, value in rows)} |"


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Rules, learned coder and both side by side.")
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds over the documents")
    parser.add_argument("--model", type=Path, help="folder of another learned coder than the shipped one")
    parser.add_argument("--choose", action="store_true", help="what other thresholds would find")
    args = parser.parse_args()
    sentences = [s for s in read_corpus() if s.is_test]
    settings = load_settings()
    plain = Options(model=settings.spacy_model, gazetteer=settings.gazetteer, coder="rules", learned=args.model)
    options = {coder: replace(plain, coder=coder) for coder in CODERS}
    folder = evaluation_folder("score_plover_pairs.py")
    if args.choose:
        for line in choices(options["both"], folder, sentences):
            print(line, flush=True)
        return 0
    if folder is None:
        return 0
    taggers = {coder: open_tagger(o) for coder, o in options.items()}
    table: Table = {}
    for coder, tagger in taggers.items():
        for name, figure, value in rows_of(folder, tagger, sentences):
            table.setdefault((name, figure), {})[coder] = value
    print(f"| set | figure | {' | '.join(CODERS)} |\n|---|---|{'---:|' * len(CODERS)}")
    for (name, figure), values in table.items():
        print(f"| {name} | {figure} | {' | '.join(values[c] for c in CODERS)} |")
    documents = [document_of(r) for r in read(folder / "data" / "muc_dev.jsonl")[:TIMED]]
    spent = seconds(taggers, documents, args.rounds)
    print(f"| tag stage | documents a CPU second | {' | '.join(f'{TIMED / spent[c]:.1f}' for c in CODERS)} |")
    print(f"| | throughput beside the rules | {' | '.join(f'{spent[CODERS[0]] / spent[c]:.2f}' for c in CODERS)} |")
    print(f"\nMeasured {datetime.now(UTC):%Y-%m-%d}, {len(sentences)} sentences of the corpus kept for testing.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
