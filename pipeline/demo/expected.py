"""What must come out of a run over the wire: `gold.toml`, read beside the stories.

Titles, languages and first and last words are those of the stories, whose pages are rendered from them; counts,
failures, boilerplate, copies and events are written by hand from the stories, not from any program's output.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from pipeline.demo.houses import channels, sites
from pipeline.demo.stories import Story, data, load_stories
from pipeline.records import Modality, Polarity

_WORDS = 6
LABELS = re.compile(r"^(?:CORRECTED-)?(?:UPDATE \d-)?")  # what the wire puts before a headline


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """An event that any good coder must find. None: not said, or not asked."""

    type: str
    says: str  # a piece of the sentence that holds it, found once in the story
    mode: str | None = None
    actor: str | None = None  # words that the actor's text holds
    recipient: str | None = None
    place: str | None = None
    country: str | None = None  # ISO 3166 alpha-3, of the place
    date: date | None = None
    killed: int | None = None  # lowest number
    wounded: int | None = None
    arrested: int | None = None
    modality: Modality = "actual"
    polarity: Polarity = "affirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """One loaded article. `first_words` follow the dateline and the note; `last_words` stand before the sign-off.

    `byline` is what the page prints: a run may add the reporters of the sign-off.
    Quote marks are those of the story's file; compare them whatever their form.
    """

    story_id: str
    path: str
    title: str  # without the wire's labels
    language: str
    published: datetime
    place: str | None  # of the dateline
    agency: str | None  # as the wire signs, in full or short: "Meridian"
    byline: tuple[str, ...]
    first_words: str
    last_words: str
    absent: tuple[str, ...]  # boilerplate
    events: tuple[GoldEvent, ...]
    quiet: bool  # no event of material conflict may come out
    full_text: bool  # comes with the feed: no page is fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFailure:
    """An entry, or a feed, that fails for good."""

    path: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldGroup:
    """Stories that tell the same news: one `story` of the warehouse."""

    kind: str  # copies, rewrite, update
    story_ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """All that a run must yield."""

    entries: dict[str, int]  # by feed
    articles: tuple[GoldArticle, ...]
    failures: tuple[GoldFailure, ...]
    groups: tuple[GoldGroup, ...]

    def article(self, path: str) -> GoldArticle:
        """The article at that path; KeyError where none is expected."""
        for article in self.articles:
            if article.path == path:
                return article
        raise KeyError(path)


@cache
def gold() -> Gold:
    """What a run over the whole wire must yield."""
    raw = tomllib.loads(data().joinpath("gold.toml").read_text("utf-8"))
    failures = tuple(GoldFailure(**row) for row in raw["failures"])
    failed = {failure.path for failure in failures}
    stories = [story for story in load_stories() if story.path not in failed]
    return Gold(
        entries=raw["entries"],
        articles=tuple(_article(story, raw) for story in stories),
        failures=failures,
        groups=tuple(GoldGroup(kind=g["kind"], story_ids=frozenset(g["stories"])) for g in raw["groups"]),
    )


def _article(story: Story, raw: dict[str, Any]) -> GoldArticle:
    own = raw["stories"].get(story.story_id, {})
    source = raw["stories"].get(story.copy_of, {})
    events = [*source.get("events", []), *own.get("events", [])]
    text = " ".join(story.paragraphs)
    return GoldArticle(
        story_id=story.story_id,
        path=story.path,
        title=LABELS.sub("", story.title),
        language=story.language,
        published=story.published,
        place=story.place,
        agency=story.agency,
        byline=story.byline,
        first_words=" ".join(story.paragraphs[0].split()[:_WORDS]),
        last_words=" ".join(story.paragraphs[-1].split()[-_WORDS:]),
        absent=_absent(story, (*raw["absent"], *own.get("absent", []))),
        events=tuple(GoldEvent(**event) for event in events if event["says"] in text),
        quiet=own.get("quiet", False),
        full_text=_full_text(story),
    )


def _absent(story: Story, extra: tuple[str, ...]) -> tuple[str, ...]:
    """What stands around the text on its page, and must not stand in it."""
    site = sites()[story.site]
    chrome = (site.labels[key] for key in ("newsletter", "newsletter_text", "cookies", "rights", "advertisement"))
    around = (story.signoff, story.caption)
    return tuple(dict.fromkeys([*chrome, *extra, *(line for line in around if line)]))


def _full_text(story: Story) -> bool:
    return any(channel.full_text and channel.feed_id in story.feeds for channel in channels())
