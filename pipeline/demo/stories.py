"""The stories of the made-up wire, as they lie in `stories/*.md`: TOML front matter between +++ lines, then paragraphs.

A copy (`copy_of`) has no text of its own: it takes that of the agency's story, less `trim_last` paragraphs.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, cast

from pipeline.errors import ConfigError

Kind = Literal["story", "missing", "truncated", "binary"]
_REQUIRED = {"title", "path", "site", "section", "published"}
_KNOWN = _REQUIRED | {
    "feeds", "byline", "agency", "dateline", "place", "language", "summary", "kind", "copy_of", "trim_last",
    "note", "signoff", "caption", "blank_lines", "updated",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One page of the wire. `paragraphs` are the article's own text, without dateline, note and sign-off."""

    story_id: str
    title: str
    path: str
    site: str
    section: str
    published: datetime
    paragraphs: tuple[str, ...]
    updated: datetime | None = None
    feeds: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    agency: str | None = None  # as the wire signs: "Meridian"
    dateline: str | None = None  # as printed before the first sentence: "BAGHDAD, Nov 19 (Meridian) -"
    place: str | None = None  # the dateline's place
    language: str = "en"
    kind: Kind = "story"
    copy_of: str | None = None
    trim_last: int = 0
    note: str | None = None  # "(Corrects …)", printed above the text
    signoff: str | None = None  # "(Reporting by …; Editing by …)", printed below it
    caption: str | None = None
    blank_lines: bool = False  # printed with empty paragraphs between the full ones
    summary: str | None = None

    @property
    def printed(self) -> tuple[str, ...]:
        """The paragraphs as the page shows them: note, dateline and sign-off included."""
        first, *rest = self.paragraphs
        opening = f"{self.dateline} {first}" if self.dateline else first
        return tuple(line for line in (self.note, opening, *rest, self.signoff) if line)

    @property
    def teaser(self) -> str:
        """What feeds show of it."""
        return self.summary or self.paragraphs[0]


def data() -> Traversable:
    """The folder of the wire's data files."""
    return resources.files("pipeline.demo")


@cache
def load_stories() -> tuple[Story, ...]:
    """All stories, the newest first; copies hold their original's paragraphs."""
    files = sorted((f for f in data().joinpath("stories").iterdir() if f.name.endswith(".md")), key=lambda f: f.name)
    read = {f.name.removesuffix(".md"): f.read_text("utf-8") for f in files}
    front = {story_id: _split(story_id, text) for story_id, text in read.items()}
    stories = [_story(story_id, head, _body(story_id, front)) for story_id, (head, _) in front.items()]
    return tuple(sorted(stories, key=lambda s: (s.published, s.story_id), reverse=True))


def _split(story_id: str, text: str) -> tuple[dict[str, object], tuple[str, ...]]:
    """Front matter and paragraphs of one file."""
    try:
        _, head, body = text.split("+++\n", 2)
    except ValueError:
        raise ConfigError(f"stories/{story_id}.md", "no front matter", "+++, TOML, +++, text") from None
    return tomllib.loads(head), tuple(" ".join(block.split()) for block in body.split("\n\n") if block.strip())


def _body(story_id: str, front: dict[str, tuple[dict[str, object], tuple[str, ...]]]) -> tuple[str, ...]:
    head, own = front[story_id]
    if "copy_of" not in head:
        return own
    paragraphs = front[str(head["copy_of"])][1]
    return paragraphs[: len(paragraphs) - cast(int, head.get("trim_last", 0))]


def _story(story_id: str, head: dict[str, object], paragraphs: tuple[str, ...]) -> Story:
    """A checked story: each key of the front matter is known, none that is needed lacks."""
    if wrong := (head.keys() - _KNOWN) | (_REQUIRED - head.keys()):
        raise ConfigError(f"stories/{story_id}.md", f"unknown or lacking: {', '.join(sorted(wrong))}")
    lists = {key: tuple(cast("list[str]", head.get(key, []))) for key in ("feeds", "byline")}
    fields = cast("dict[str, str]", {**head, **lists})
    return Story(story_id=story_id, paragraphs=paragraphs or ("",), **fields)  # type: ignore[arg-type]
