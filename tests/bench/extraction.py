"""Extraction beside plain trafilatura, page by page in one run: quality by a public scorer, pages per CPU second.

    DATELINE_EVAL=<folder> python -m tests.bench.extraction [--rounds 3]

The folder holds `score_extract.py` and `data/pages_*/` with a gold file and `html/*.html.gz` each. Both extractors read
each page in turn, so that a busy machine slows both; times are of this thread's CPU, pages are decompressed before.
"plain" is `trafilatura.extract(html, include_comments=False)` for text and speed, and `trafilatura.extract_metadata`
besides for title, day and authors; ours is `pipeline.extract.extract_article`, metadata and cleaning included.
The score bands say what `quality_score` is worth: the mean F1 of the pages in each.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from types import ModuleType
from typing import Any

import trafilatura

from pipeline.errors import ExtractError
from pipeline.extract import extract_article
from pipeline.records import Article, Page

FIGURES = ("f1", "precision", "recall", "boilerplate_lines", "title_norm", "date_day", "author_f1")
BANDS = (0.0, 0.5, 0.8, 0.95, 1.01)

HEAD = (
    "| pages | extractor | F1 | precision | recall | boilerplate lines | title | day | authors "
    "| pages/CPU s | ratio |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)

Prediction = dict[str, Any]


@dataclass(slots=True)
class Side:
    """What one extractor gave: predictions by page id, CPU seconds by round."""

    name: str
    read: Callable[[str, bytes], Any]
    predictions: dict[str, Prediction] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)


def ours(page_id: str, html: bytes) -> Article | None:
    """Our article; None where there is none."""
    try:
        return extract_article(Page(page_id=page_id, url=None, html=html))
    except ExtractError:
        return None


def plain(_: str, html: bytes) -> str | None:
    """The library's text."""
    return trafilatura.extract(html, include_comments=False)


def our_prediction(article: Article | None) -> Prediction:
    """As the scorer wants it."""
    if article is None:
        return {"text": ""}
    published = article.published_at.isoformat() if article.published_at else None
    return {
        "text": article.text,
        "title": article.title,
        "byline": list(article.byline),
        "published_at": published,
        "score": article.quality.score if article.quality else None,
    }


def plain_prediction(text: str | None, html: bytes) -> Prediction:
    """As the scorer wants it, with what the library reads in the page's head."""
    found = trafilatura.extract_metadata(html)
    authors = [name.strip() for name in (getattr(found, "author", None) or "").split(";") if name.strip()]
    return {
        "text": text or "",
        "title": getattr(found, "title", None),
        "byline": authors,
        "published_at": getattr(found, "date", None),
    }


def compare(pages: Sequence[tuple[str, bytes]], rounds: int) -> tuple[Side, Side]:
    """Both extractors over all pages, page by page in turn."""
    sides = Side("plain trafilatura", plain), Side("Dateline", ours)
    for number in range(rounds + 1):  # the first round only warms caches up
        spent = {side.name: 0.0 for side in sides}
        for page_id, html in pages:
            for side in sides:
                began = time.thread_time()
                result = side.read(page_id, html)
                spent[side.name] += time.thread_time() - began
                if not number:
                    made = our_prediction(result) if side.read is ours else plain_prediction(result, html)
                    side.predictions[page_id] = made
        if number:
            for side in sides:
                side.seconds.append(spent[side.name])
    return sides


def table(name: str, scorer: ModuleType, gold: Any, sides: Sequence[Side], pages: int) -> list[str]:
    """A row an extractor."""
    rows = []
    for side in sides:
        figures = scorer.score(gold, side.predictions)
        cells = [cell(figures, figure) for figure in FIGURES]
        speed = pages / median(side.seconds)
        ratio = median(base / own for base, own in zip(sides[0].seconds, side.seconds, strict=True))
        rows.append(f"| `{name}` | {side.name} | {' | '.join(cells)} | {speed:.0f} | {ratio:.2f} |")
    return rows


def cell(figures: dict[str, float], name: str) -> str:
    """One figure; "–" where the gold has nothing to say."""
    if name not in figures:
        return "–"
    return f"{figures[name]:.0f}" if name == "boilerplate_lines" else f"{figures[name]:.3f}"


def bands(scorer: ModuleType, gold: Any, side: Side) -> list[str]:
    """Mean F1 of the pages in each band of our score."""
    lines = []
    for low, high in pairwise(BANDS):
        chosen = {key: p for key, p in side.predictions.items() if low <= (p.get("score") or 0.0) < high}
        values = [scorer.score({key: gold[key]}, {key: p})["page_f1"] for key, p in chosen.items() if key in gold]
        if values:
            weak = sum(value < 0.9 for value in values)
            lines.append(f"| {low:g} to {min(high, 1):g} | {len(values)} | {fmean(values):.3f} | {weak} |")
    return lines


def load_scorer(folder: Path) -> ModuleType:
    """The scorer of the evaluation folder as a module."""
    spec = importlib.util.spec_from_file_location("score_extract", folder / "score_extract.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Extraction beside plain trafilatura.")
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds over all pages")
    args = parser.parse_args()
    folder = Path(os.environ.get("DATELINE_EVAL", ""))
    if not (folder / "score_extract.py").is_file():
        print("skipped: DATELINE_EVAL does not name a folder with score_extract.py", file=sys.stderr)
        return 0
    scorer = load_scorer(folder)
    rows, banded = [], []
    for data in sorted((folder / "data").glob("pages_*")):
        gold = scorer.load_gold(data)
        pages = [
            (scorer.page_id(file.name), gzip.decompress(file.read_bytes())) for file in sorted(data.glob("html/*"))
        ]
        sides = compare(pages, args.rounds)
        rows += table(data.name, scorer, gold, sides, len(pages))
        banded += [f"| `{data.name}` {line}" for line in bands(scorer, gold, sides[1])]
    print(HEAD)
    print("\n".join(rows))
    print("\n| pages | quality_score | pages | mean F1 | under .9 |\n|---|---|---|---|---|")
    print("\n".join(banded))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
