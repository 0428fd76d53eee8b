"""How well a page was read, in figures, and one score of them for filters.

`score` begins with the overlap of the text with what a second reader takes for the story, and is lowered by each sign
in `SIGNS`. It says how sure the reading is, not how good the story: on the benchmark pages see tests/bench.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.page.body import Body
from pipeline.records import Article, Quality

WORD = re.compile(r"\w+")
RUN = 4  # words
SHORT_WORDS = 50  # of a story; a text of fewer is a caption, a teaser or a notice more often than not
LINK_PAGE = 0.6  # share of links on front and topic pages; most articles have under 0.45
STUBS = frozenset(("paywall", "video_only", "links_only"))
UNJUDGED = 0.6  # where the second reader finds no prose at all

SIGNS: dict[str, float] = {  # what the score is multiplied by
    "short": 0.7,  # "The ferry sails again on Monday." and nothing more
    "links": 0.8,  # a topic page with one sentence under each headline
    "rescued": 0.8,  # the first reading failed: nothing, a spill of menus, or a consent notice
    "stub": 0.5,  # flagged as behind a paywall, a video without a text, or a list of links
}


def judge(body: Body, article: Article, count: int, *, seconds: float) -> Quality:
    """Figures and score of a reading: the page's body, and what became of it, `count` words, in `seconds` of processor
    time."""
    overlap = overlap_of(body.text, body.second) if body.second else None
    signs = {
        "short": count < SHORT_WORDS,
        "links": body.link_share > LINK_PAGE,
        "rescued": body.reason in ("nothing", "spill", "consent"),
        "stub": not STUBS.isdisjoint(article.flags),
    }
    return Quality(
        score=score_of(overlap, [name for name, holds in signs.items() if holds]),
        words=count,
        characters=len(article.text),
        paragraphs=article.text.count("\n") + 1,
        removed_lines=len(article.removed),
        link_share=body.link_share,
        second_ratio=round(len(body.text) / len(body.second), 3) if body.second else None,
        second_overlap=overlap,
        reason=body.reason,
        milliseconds=round(1000 * seconds, 1),
    )


def score_of(overlap: float | None, signs: Sequence[str]) -> float:
    """0 to 1.

    >>> score_of(1.0, []), score_of(0.9, ["short", "stub"]), score_of(None, [])
    (1.0, 0.315, 0.6)
    """
    score = UNJUDGED if overlap is None else overlap
    for sign in signs:
        score *= SIGNS[sign]
    return round(score, 3)


def overlap_of(text: str, other: str) -> float:
    """Share of the four-word runs of both texts that they have in common (Dice's coefficient), 0 to 1.

    >>> overlap_of("one two three four five", "one two three four six")
    0.5
    """
    if text == other:
        return 1.0
    ours, theirs = runs(WORD.findall(text)), runs(WORD.findall(other))
    both = len(ours) + len(theirs)
    return round(2 * len(ours & theirs) / both, 3) if both else 1.0


def runs(found: Sequence[str]) -> set[tuple[str, ...]]:
    """The runs of four words; of a shorter text the one that it is."""
    if len(found) < RUN:
        return {tuple(found)} if found else set()
    return set(zip(found, found[1:], found[2:], found[3:], strict=False))
