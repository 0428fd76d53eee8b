"""Which story an article belongs to: a pure decision over pairs that resemble each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.ids import stable_id

COPY = 0.7  # nearly the same words: house edits of an agency text
SAME_STORY = 0.3  # much of the same words: an update keeps the body of what it updates

Relation = Literal["first", "copy", "update"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that waits for its story, or has one. Order: by time of publication, unknown times last."""

    article_id: str
    published_at: datetime | None
    story_id: str | None = None

    @property
    def order(self) -> tuple[bool, float, str]:
        """Sort key: earliest first, the same on any run."""
        at = self.published_at
        return (at is None, at.timestamp() if at else 0.0, self.article_id)


@dataclass(frozen=True, slots=True)
class Membership:
    """An article's place in a story."""

    article_id: str
    story_id: str
    relation: Relation
    similarity: float


def assign_stories(articles: Sequence[Candidate], resemblance: Mapping[tuple[str, str], float]) -> list[Membership]:
    """Memberships of the articles that have no story yet.

    `resemblance` holds pairs of article ids in any order. Each article joins the story of the most similar
    earlier one when that is similar enough, else it begins a story.
    """
    near: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (a, b), share in resemblance.items():
        near[a].append((share, b))
        near[b].append((share, a))
    story = {c.article_id: c.story_id for c in articles if c.story_id}
    found = []
    for candidate in sorted(articles, key=lambda c: c.order):
        if candidate.story_id is None:
            member = _place(candidate.article_id, near[candidate.article_id], story)
            story[member.article_id] = member.story_id
            found.append(member)
    return found


def _place(article_id: str, near: Sequence[tuple[float, str]], story: Mapping[str, str | None]) -> Membership:
    """Join the nearest article that has a story, or begin one."""
    known = [(share, story[other]) for share, other in near if story.get(other) and share >= SAME_STORY]
    if not known:
        return Membership(article_id, stable_id("story", article_id), "first", 1.0)
    share, story_id = max(known, key=lambda k: (k[0], k[1] or ""))
    return Membership(article_id, story_id or "", "copy" if share >= COPY else "update", share)
