"""The dateline that a text may still begin with: "PORT SEL, Nov 3 (Meridian) - Police arrested …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = r"(?:[A-ZÀ-Þ][\w.'’/-]*|\d{1,4}|of|the|de|la|el|al-\w+)"
_HEAD = rf"(?P<head>{_WORD}(?:,? {_WORD}){{0,9}},?)"
_OPENING = re.compile(rf"\s*{_HEAD}?\s?(?P<agency>\([^()\n]{{2,40}}\))?\s?(?P<mark>[-–—]{{1,2}}|:)\s+(?=\S)")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY = re.compile(rf"\b{_MONTH}[a-z]*\.? \d|\d {_MONTH}", re.IGNORECASE)
_WHEN = re.compile(rf",? ?\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{_MONTH}[a-z]*\.? \d|\d).*", re.IGNORECASE)
_SHOUTED = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,}(?:,.*)?,?")
LABEL_WORDS = 4  # of "Port Sel:"


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the story begins behind the dateline, 0 without one, and the place that it gives, as written.

    `sure` is False of what may be a label: "Baghdad:", "Analysis:".
    """

    end: int = 0
    place: str | None = None
    sure: bool = False


def opening_of(text: str) -> Opening:
    """The dateline that the text begins with.

    >>> opening_of("GOMA, Congo, Nov 3 (Meridian) - Rebels fled.")
    Opening(end=32, place='GOMA, Congo', sure=True)
    >>> opening_of("Goma: Rebels fled."), opening_of("All - six")
    (Opening(end=6, place='Goma', sure=False), Opening(end=0, place=None, sure=False))
    """
    match = _OPENING.match(text)
    if match is None or not (match["head"] or match["agency"]):
        return Opening()
    head = match["head"] or ""
    sure = bool(match["agency"] or _DAY.search(head) or _SHOUTED.fullmatch(head))
    label = match["mark"] == ":" and len(head.split()) <= LABEL_WORDS
    if not (sure or label):
        return Opening()
    return Opening(match.end(), _WHEN.sub("", head).strip(" ,") or None, sure)


def story_start(text: str) -> int:
    """Offset of the first word behind the dateline; 0 where there is none."""
    return opening_of(text).end
