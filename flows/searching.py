"""`dateline search`: articles with all the words, or alike, the best first, each with the lines that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.text import Text

from flows.answers import cell, wide_console
from flows.exporting import day
from flows.marking import has_colours
from flows.visible import cut, exact
from pipeline.records import Vector
from warehouse.alike import alike
from warehouse.search import Hit, search

WORD = re.compile(r"\w+")
AROUND = 100  # characters before the first word that is marked
SNIPPET = 240
MOST_TITLE = 500


def write_hits(
    published: Path, index: Path, words: str, since: str | None, language: str | None, limit: int, target: IO[str]
) -> None:
    """Print what was found; ConfigError where the words or the day are none."""
    first: date | None = day("--since", since)
    show_hits(wide_console(target), search(published, index, words, since=first, language=language, limit=limit))


def write_alike(
    published: Path,
    wanted: str,
    since: str | None,
    language: str | None,
    limit: int,
    model: Path | None,
    target: IO[str],
) -> None:
    """Print the articles most alike to one, or to words; `model`: the folder of the operator's own learned coder."""
    from pipeline.tag.learned.vectors import open_vectors

    def vector_of(words: str) -> Vector:
        return open_vectors(model).of(None, [words])

    first = day("--since", since)
    hits = alike(published, wanted, vector_of, since=first, language=language, limit=limit)
    show_hits(wide_console(target), hits)


def show_hits(console: Console, hits: Sequence[Hit]) -> None:
    """Each article in three lines: headline; day, agency, address and id; the passage that has most of the words."""
    for hit in hits:
        console.print(
            marked(cut(hit.title or "without a title", MOST_TITLE), hit, console), style="bold", soft_wrap=True
        )
        facts = (cell(hit.published_at, "undated"), hit.agency, hit.url, hit.article_id, f"score {hit.score:.2f}")
        console.print(Text("  " + " · ".join(exact(fact) for fact in facts if fact), "dim"), soft_wrap=True)
        console.print(Text("  ") + marked(snippet(hit), hit, console) + Text("\n"), soft_wrap=True)
    console.print(Text(f"{len(hits)} articles" if len(hits) != 1 else "1 article", "dim"))


def snippet(hit: Hit) -> str:
    """The paragraph with the most of the words, cut around the first of them."""
    line = max(hit.text.split("\n"), key=lambda text: len(hit.matched & set(WORD.findall(text))))
    at = next((m.start() for m in WORD.finditer(line) if m[0] in hit.matched), 0)
    start = line.rfind(" ", 0, at - AROUND) + 1 if at > AROUND else 0
    end = len(line) if len(line) - start <= SNIPPET else line.rfind(" ", start, start + SNIPPET)
    end = end if end > start else start + SNIPPET
    return ("… " if start else "") + line[start:end] + (" …" if end < len(line) else "")


def marked(words: str, hit: Hit, console: Console) -> Text:
    """Text with the words that were asked for marked: by colour, or by brackets where there is none."""
    shown = Text()
    for piece, is_match in pieces(exact(words), hit.matched):
        if not is_match:
            shown.append(piece)
        elif has_colours(console):
            shown.append(piece, "bold black on yellow")
        else:
            shown.append(f"[{piece}]")
    return shown


def pieces(words: str, matched: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a word that was asked for."""
    for piece in re.split(r"(\w+)", words):
        if piece:
            yield piece, piece in matched
