"""What each part of the language model costs, and what passing over sentences without an event would save.

    DATELINE_EVAL=<folder> python -m tests.bench.model_parts [--texts 200]

On the news texts of `DATELINE_EVAL` (places), else on the demo wire. Times are CPU seconds of this process, texts in
batches of 16. A sentence can hold an event when one of its verbs or nouns begins an entry of the lexicon; the parser
has read all of them here, since it is what finds where sentences end.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.demo import load_stories
from pipeline.tag.events.triggers import Lexicon, load_lexicon
from pipeline.tag.models.spacy_model import load_model
from tests.bench.evaluation import read

BATCH = 16
SETS = ("places_lgl_dev.jsonl", "places_trnews_dev.jsonl")


def texts(most: int) -> list[str]:
    """News texts."""
    folder = Path(os.environ.get("DATELINE_EVAL", "")) / "data"
    files = [folder / name for name in SETS if (folder / name).is_file()]
    if files:
        return [record["text"] for file in files for record in read(file)][:most]
    return ["\n\n".join(story.paragraphs) for story in load_stories()][:most]


def times(nlp: Language, documents: Sequence[Doc]) -> dict[str, float]:
    """CPU seconds by component, in the order of the pipeline; the documents are read."""
    taken = {}
    for name, component in nlp.pipeline:
        started = time.process_time()
        piped = getattr(component, "pipe", None)
        list(piped(documents, batch_size=BATCH)) if piped else [component(doc) for doc in documents]
        taken[name] = time.process_time() - started
    return taken


def share_without(documents: Sequence[Doc], lexicon: Lexicon) -> float:
    """The share of words that stand in sentences which cannot hold an event."""
    words = idle = 0
    for sentence in (s for doc in documents for s in doc.sents):
        heads = {w for t in sentence if t.pos_ in {"VERB", "NOUN"} for w in (t.lower_, t.lemma_.lower())}
        words += len(sentence)
        idle += len(sentence) * lexicon.heads.isdisjoint(heads)
    return idle / words


def rows(most: int) -> Iterator[str]:
    """The table, in Markdown."""
    nlp = load_model()
    for text in texts(most)[:BATCH]:
        nlp(text)
    documents = [nlp.make_doc(text) for text in texts(most)]
    taken = times(nlp, documents)
    whole = sum(taken.values())
    yield "| part of the model | share of its time |\n|---|---:|"
    yield from (f"| {name} | {seconds / whole:.1%} |" for name, seconds in taken.items())
    idle = share_without(documents, load_lexicon())
    saved = idle * taken["parser"] / whole
    yield f"\n{idle:.1%} of the words stand in sentences without a verb or noun that begins an entry of the lexicon;"
    yield f"not parsing those would save {saved:.1%} of the model's time."


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=int, default=200)
    print("\n".join(rows(parser.parse_args().texts)))


if __name__ == "__main__":
    main()
