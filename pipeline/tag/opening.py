"""Where the story begins in a text that still has its dateline: "PORT SEL, Nov 3 (Meridian) - Police arrested …"."""

from __future__ import annotations

import re

_WORD = r"(?:[A-ZÀ-Þ][\w.'’/-]*|\d{1,4}|of|the|de|la|el|al-\w+)"
_HEAD = rf"(?P<head>{_WORD}(?:,? {_WORD}){{0,9}},?)"
_OPENING = re.compile(rf"\s*{_HEAD}?\s?(?P<agency>\([^()\n]{{2,40}}\))?\s?(?P<mark>[-–—]{{1,2}}|:)\s+(?=\S)")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY = re.compile(rf"\b{_MONTH}[a-z]*\.? \d|\d {_MONTH}")
_SHOUTED = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,}(?:,.*)?,?")
LABEL_WORDS = 4  # of "Port Sel:"


def story_start(text: str) -> int:
    """Offset of the first word behind the dateline; 0 where there is none.

    >>> story_start("GOMA (Meridian) - Rebels fled."), story_start("Goma: Rebels fled."), story_start("All - six")
    (18, 6, 0)
    """
    match = _OPENING.match(text)
    if match is None or not (match["head"] or match["agency"]):
        return 0
    head = match["head"] or ""
    sure = match["agency"] or _DAY.search(head) or _SHOUTED.fullmatch(head)
    label = match["mark"] == ":" and len(head.split()) <= LABEL_WORDS
    return match.end() if sure or label else 0
