"""Stored texts tagged again, without the network: composes pipeline and warehouse, knows no Prefect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.reading import open_retaggers, tagger_options
from flows.rebuilding import Work
from pipeline.extract import Crash
from pipeline.records import Tags
from pipeline.settings import Settings
from pipeline.tag import open_tagger
from warehouse.gathered import TaggedArticle
from warehouse.retag import Coding, StoredText, coding_of, store_retagged, stored_codings, stored_texts
from warehouse.store import Warehouse
from warehouse.told import told_in

SENTENCE_WIDTH = 200


@dataclass(frozen=True, slots=True)
class EventChange:
    """An event that is new (`before` None), gone (`after` None) or coded otherwise."""

    url: str
    before: Coding | None
    after: Coding | None

    def difference(self) -> list[str]:
        """Its sentence, and the codes before and after."""
        told = self.after or self.before
        assert told is not None
        lines = ["", self.url, f"  {' '.join(told.sentence.split())[:SENTENCE_WIDTH]}"]
        lines += [f"  -{_codes(self.before)}"] if self.before else []
        return lines + ([f"  +{_codes(self.after)}"] if self.after else [])


@dataclass(slots=True)
class TagChanges:
    """What tagging texts again changed."""

    texts: int = 0
    changed: int = 0  # texts with an event that is new, gone or coded otherwise
    same: int = 0  # events
    new: Counter[str] = field(default_factory=Counter)  # by type
    gone: Counter[str] = field(default_factory=Counter)
    otherwise: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)  # of texts that could not be read; their tags stay
    sample: list[EventChange] = field(default_factory=list)
    tagger: str = ""
    labels: list[str] = field(default_factory=list)  # what became of codings that people judged

    def add(self, other: TagChanges, most: int) -> None:
        """Another batch's changes, of which the sample takes no more than `most` in all."""
        self.texts += other.texts
        self.changed += other.changed
        self.same += other.same
        for name in ("new", "gone", "otherwise", "reasons"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.sample = (self.sample + other.sample)[:most]
        self.tagger = self.tagger or other.tagger

    def enter(self, url: str, before: Sequence[Coding], after: Sequence[Coding]) -> None:
        """One text's events before and after."""
        was, now = {c.key: c for c in before}, {c.key: c for c in after}
        changes = [EventChange(url, was.get(k), now.get(k)) for k in {**was, **now} if was.get(k) != now.get(k)]
        for change in changes:
            told = self.otherwise if change.before and change.after else self.new if change.after else self.gone
            told[(change.after or change.before).event_type] += 1  # type: ignore[union-attr]
        self.texts += 1
        self.changed += bool(changes)
        self.same += len(now) - sum(c.after is not None for c in changes)
        self.sample += changes

    def report(self) -> list[str]:
        """For a person: counts, then the sample of differences."""
        lines = [
            f"{self.texts} texts tagged again by {self.tagger}" if self.tagger else "0 texts tagged again",
            f"  texts with changed events       {self.changed}",
            f"  events as before                {self.same}",
            f"  events that are new             {_told(self.new)}",
            f"  events that are gone            {_told(self.gone)}",
            f"  events coded otherwise          {_told(self.otherwise)}",
        ]
        if self.reasons:
            lines.append(f"  not read, left as they were     {_told(self.reasons)}")
        return lines + self.labels + [line for change in self.sample for line in change.difference()]


class Retag(Work):
    """Stored texts are tagged again."""

    def __init__(self, settings: Settings, run_id: str, warehouse: Warehouse, *, dry: bool) -> None:
        super().__init__(settings, run_id, warehouse, dry=dry)
        self._tagger = open_tagger(tagger_options(settings)).version
        self._workers = self._closing.enter_context(open_retaggers(settings))

    def stored(self, *, every: bool, feeds: Sequence[str] | None, limit: int | None) -> list[StoredText]:
        """Texts that are to be tagged again."""
        return stored_texts(self.warehouse, self._tagger, every=every, feeds=feeds, limit=limit)

    def read(self, texts: Sequence[StoredText]) -> TagChanges:
        """Tag a batch again and keep it in one transaction; what it changed."""
        before = stored_codings(self.warehouse, texts)
        changes, articles = TagChanges(tagger=self._tagger), []
        for index, result in self._workers.map([text.document for text in texts]):
            stored = texts[index]
            if isinstance(result, Crash):
                changes.reasons[result.reason] += 1
            else:
                articles.append(_tagged(stored, result))
                after = [coding_of(event, stored.document.text) for event in result.events]
                changes.enter(stored.url, before.get(stored.article_id, []), after)
            self.progress.advance("read")
        if not self.dry:
            store_retagged(self.warehouse, self.run_id, sorted(articles, key=lambda a: a.order))
        return changes


def _tagged(stored: StoredText, tags: Tags) -> TaggedArticle:
    document = stored.document
    return TaggedArticle(
        article_id=stored.article_id,
        published_at=document.published_at,
        told=told_in(document.text, tags, stored.article_id),
    )


def _told(counts: Counter[str]) -> str:
    """ "5 (ASSAULT 3, COERCE 2)" """
    by_name = ", ".join(f"{name} {n}" for name, n in counts.most_common())
    return f"{counts.total()} ({by_name})" if counts else "0"


def _codes(coding: Coding) -> str:
    """An event in one line."""
    parts = [coding.event_type + (f"/{coding.mode}" if coding.mode else "")]
    parts.append(f"{', '.join(coding.actors) or '-'} → {', '.join(coding.recipients) or '-'}")
    parts += [f"in {coding.place}"] if coding.place else []
    tolls = zip(("killed", "wounded", "arrested"), coding.tolls, strict=True)
    parts += [f"{name} {count}" for name, count in tolls if count is not None]
    parts += [word for word in (coding.polarity, coding.modality) if word not in {"affirmed", "actual"}]
    return " | ".join(parts)
