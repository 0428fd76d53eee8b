"""Which articles tell the same story: a pure decision over pairs that resemble each other.

Articles are taken in the order of publication, whatever order they came in, so that the same articles always make
the same stories. Each joins the earlier one that it is most like: by its words it is a copy or an update, by what it
is about a rewrite. Else it begins a story.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pipeline.ids import stable_id

COPY = 0.7  # word overlap: nearly the same words, house edits of an agency text
UPDATE = 0.3  # much of the same words: an update keeps the body of what it updates
REWRITE = 0.22  # term overlap of two reports at one hour
FADES = 0.2  # more term overlap that each day between two reports asks for: what follows is news by itself
REWRITE_HOURS = 24.0
ALIKE = 0.5  # cosine of vectors that speaks neither for nor against two reports
MEANING = 0.6  # term overlap that each point of cosine beyond it is worth
CHAIN = 0.9  # share of the threshold that a rewrite must reach with the story's other texts, on the average

Relation = Literal["first", "copy", "update", "rewrite"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article and when it was published, unknown times last.

    `story_id` is given where its story stands already, `supersedes` where it is a later version of another article.
    """

    article_id: str
    published_at: datetime | None
    story_id: str | None = None
    supersedes: str | None = None
    origin: str | None = None

    @property
    def order(self) -> tuple[bool, float, str]:
        """Sort key: earliest first, the same on any run."""
        at = self.published_at
        return (at is None, at.timestamp() if at else 0.0, self.article_id)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two articles have in common: `words` in a row and `terms` that they are about, each 0 to 1.

    `meaning` is the cosine of their vectors, where both have one.
    """

    words: float
    terms: float = 0.0
    meaning: float | None = None

    @property
    def about(self) -> float:
        """How much they are about the same, as a term overlap."""
        return self.terms if self.meaning is None else self.terms + MEANING * (self.meaning - ALIKE)


@dataclass(frozen=True, slots=True)
class Membership:
    """An article's place in a story; `origin` is the text that its words come from in the end."""

    article_id: str
    story_id: str
    relation: Relation
    similarity: float
    copied_from: str | None
    origin: str


@dataclass(slots=True)
class _Table:
    """What is known while articles are placed one after the other."""

    near: Mapping[str, Mapping[str, Overlap]]
    members: dict[str, Membership] = field(default_factory=dict)
    of_story: defaultdict[str, list[Candidate]] = field(default_factory=lambda: defaultdict(list))

    def put(self, candidate: Candidate, member: Membership) -> None:
        self.members[candidate.article_id] = member
        self.of_story[member.story_id].append(candidate)


def assign_stories(articles: Iterable[Candidate], overlaps: Mapping[tuple[str, str], Overlap]) -> list[Membership]:
    """Memberships of the articles without a `story_id`.

    `overlaps` holds pairs of article ids in any order, each once.
    """
    near: defaultdict[str, dict[str, Overlap]] = defaultdict(dict)
    for (a, b), overlap in overlaps.items():
        near[a][b] = near[b][a] = overlap
    table, found = _Table(near), []
    for candidate in sorted(articles, key=lambda c: c.order):
        member = _standing(candidate) or _placed(candidate, table)
        table.put(candidate, member)
        if candidate.story_id is None:
            found.append(member)
    return found


def _standing(candidate: Candidate) -> Membership | None:
    if candidate.story_id is None:
        return None
    origin = candidate.origin or candidate.article_id
    return Membership(candidate.article_id, candidate.story_id, "first", 1.0, None, origin)


def _placed(candidate: Candidate, table: _Table) -> Membership:
    """Join by words, else by what it is about, else begin a story."""
    near = {a: o for a, o in table.near[candidate.article_id].items() if a in table.members}
    if candidate.supersedes in table.members:
        words = near[candidate.supersedes].words if candidate.supersedes in near else 0.0
        return _by_words(candidate, table.members[candidate.supersedes], words, "update")
    if near:
        closest = max(near, key=lambda a: (near[a].words, a))
        if near[closest].words >= UPDATE:
            relation: Relation = "copy" if near[closest].words >= COPY else "update"
            return _by_words(candidate, table.members[closest], near[closest].words, relation)
        story = _story_about(candidate, near, table)
        if story is not None:
            share, story_id = story
            return Membership(candidate.article_id, story_id, "rewrite", share, None, candidate.article_id)
    return Membership(
        candidate.article_id, stable_id("story", candidate.article_id), "first", 1.0, None, candidate.article_id
    )


def _by_words(candidate: Candidate, source: Membership, share: float, relation: Relation) -> Membership:
    return Membership(candidate.article_id, source.story_id, relation, share, source.article_id, source.origin)


def _story_about(candidate: Candidate, near: Mapping[str, Overlap], table: _Table) -> tuple[float, str] | None:
    """How much a text of a story is about the same, and that story; its texts must not be too far on the average."""
    fits = []
    for story_id in sorted({table.members[a].story_id for a in near}):
        texts = [m for m in table.of_story[story_id] if table.members[m.article_id].origin == m.article_id]
        shares = [_share(candidate, m, near.get(m.article_id)) for m in texts or table.of_story[story_id]]
        if max(shares) >= 1 and sum(shares) / len(shares) >= CHAIN:
            fits.append((max(shares), story_id))
    if not fits:
        return None
    share, story_id = max(fits)
    return min(1.0, share * REWRITE), story_id


def _share(one: Candidate, other: Candidate, overlap: Overlap | None) -> float:
    """Term overlap as a share of what two reports so far apart must have."""
    if overlap is None or one.published_at is None or other.published_at is None:
        return 0.0
    hours = abs((one.published_at - other.published_at).total_seconds()) / 3600
    return overlap.about / (REWRITE + FADES * hours / 24) if hours <= REWRITE_HOURS else 0.0
