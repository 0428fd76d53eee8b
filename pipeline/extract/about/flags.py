"""What kind of page a story stands on: behind a paywall, a live blog, a video, a list of links …

The words are data, in `flags.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.about.metadata import Kind
from pipeline.extract.text import folded, words
from pipeline.records.articles import Flag

ALL: tuple[Flag, ...] = (
    "paywall", "live_blog", "video_only", "links_only", "photo_gallery", "opinion", "obituary", "sponsored",
)  # fmt: skip
PART = 0.5  # of the words that the page says its article has: fewer are a free beginning
TEASER_WORDS = 150  # fewer on a page that says it is not free, and that breaks off, are a free beginning as well
CAPTION_WORDS = 120  # fewer beside a video or a gallery are its caption
LINKS = 0.6  # of the text's characters


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFacts:
    """What the text is like, as far as flags need it."""

    words: int
    link_share: float = 0.0  # of the text's characters, those that stand in links, 0 to 1
    paywall_lines: int = 0  # "Subscribe to read on" and the like that were taken out
    breaks_off: bool = False  # ends in "…" or in mid-sentence
    told_words: int = 0  # of the whole text that JSON-LD tells


def flags_of(title: str | None, section: str | None, kind: Kind, facts: TextFacts) -> tuple[Flag, ...]:
    """All flags that hold, in the order of `ALL`."""
    held: set[Flag] = {flag for flag in ALL if _is_said(flag, title, section, kind.types)}
    if _is_behind_paywall(kind, facts):
        held.add("paywall")
    if _is_video(kind) and facts.words < CAPTION_WORDS:
        held.add("video_only")
    if facts.link_share > LINKS:
        held.add("links_only")
    if "photo_gallery" in held and facts.words >= 5 * CAPTION_WORDS:
        held.discard("photo_gallery")  # a report with its pictures
    return tuple(flag for flag in ALL if flag in held)


def words_told(kind: Kind, body: str | None) -> int:
    """Words that the page says its article has; 0 where it does not say. A body shorter than its count is a summary."""
    return max(kind.word_count or 0, words(body or ""))


def _is_said(flag: Flag, title: str | None, section: str | None, types: Collection[str]) -> bool:
    """Whether a type, the section or the title says it outright."""
    table = _table()
    return (
        any(kind in types for kind in table["types"].get(flag, ()))
        or folded(section or "") in table["sections"].get(flag, ())
        or any(pattern.search(title or "") for pattern in _titles(flag))
    )


def _is_behind_paywall(kind: Kind, facts: TextFacts) -> bool:
    """Not free by its own word and cut (metered papers say it of whole ones too); or a prompt where it breaks off."""
    is_cut = facts.breaks_off or facts.paywall_lines > 0
    if kind.is_free is False:
        is_part = facts.told_words > 0 and facts.words < PART * facts.told_words
        return is_part or (is_cut and (facts.words < TEASER_WORDS or not facts.told_words))
    return kind.is_free is None and facts.paywall_lines > 0 and facts.breaks_off


def _is_video(kind: Kind) -> bool:
    return "videoobject" in kind.types or (kind.og_type or "").lower().startswith("video")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.extract.about") / "flags.toml").read_text("utf-8"))


@cache
def _titles(flag: Flag) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _table()["titles"].get(flag, ()))
