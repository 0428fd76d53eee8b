"""Events as coded beside events as told: which belong together, and in what they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Event, Participant, Place
from tests.demo.told import Reading, Told, Words, straight

FIELDS = ("mode", "actors", "recipients", "place")


@dataclass(frozen=True, slots=True)
class Judged:
    """An event that is told, the one coded for it, or one of the two alone; and the fields in which they agree."""

    told: Told | None
    coded: Event | None
    agree: frozenset[str] = frozenset()

    @property
    def right(self) -> bool:
        """Whether it is found: told, coded, and believed as the text tells it."""
        return bool(self.told and self.told.asked and self.coded and truth_of(self.coded) in self.told.truths)

    @property
    def missed(self) -> bool:
        """Whether it had to be found and was not."""
        return bool(self.told and self.told.asked and not self.right)

    @property
    def wrong(self) -> bool:
        """Whether it is coded as having happened, and is not told so."""
        if self.coded is None or truth_of(self.coded) != "actual" or self.right:
            return False
        return self.told is None or not self.told.may


def truth_of(event: Event) -> str:
    """What the coder believes of it: "negated", or its modality."""
    return "negated" if event.polarity == "negated" else event.modality


def judge(rows: Sequence[Told], events: Sequence[Event], text: str) -> Iterator[Judged]:
    """Each event told and each coded, once: with its partner where one stands in its sentence with its type.

    Partners are sought best first: the same trigger, then one that is asked for, the same truth, the most fields.
    """
    pairs = [pair for row in rows for event in events if (pair := _pair(row, event, straight(text))) is not None]
    free_rows, free_events = list(rows), list(events)
    for _, judged in sorted(pairs, key=lambda pair: pair[0], reverse=True):
        assert judged.told is not None
        assert judged.coded is not None
        if judged.told in free_rows and any(event is judged.coded for event in free_events):
            free_rows.remove(judged.told)
            free_events = [event for event in free_events if event is not judged.coded]
            yield judged
    yield from (Judged(row, None) for row in free_rows)
    yield from (Judged(None, event) for event in free_events)


def _pair(row: Told, event: Event, text: str) -> tuple[tuple[int, ...], Judged] | None:
    """The two as one with how well they fit; None where they cannot be the same."""
    start = text.index(row.says)
    triggers = [(start + row.says.index(t), t) for t in row.triggers]
    readings = [r for r in row.readings if r.type == event.type]
    if not readings or not any(event.sentence_start <= at < event.sentence_end for at, _ in triggers):
        return None
    same = any(at < event.trigger.end and event.trigger.start < at + len(t) for at, t in triggers)
    agree = max((_agree(row, reading, event) for reading in readings), key=len)
    return (same, row.asked, truth_of(event) in row.truths, len(agree)), Judged(row, event, agree)


def _agree(row: Told, reading: Reading, event: Event) -> frozenset[str]:
    """Fields in which the event is coded as that reading says, or that it does not ask for."""
    held = {
        "mode": event.mode in reading.modes,
        "actors": _parties_agree(reading.actors, event.actors),
        "recipients": _parties_agree(reading.recipients, event.recipients),
        "place": _place_agrees(row.place, event.place),
    }
    return frozenset(name for name, right in held.items() if right)


def _parties_agree(wanted: tuple[Words, ...] | None, coded: Sequence[Participant]) -> bool:
    """Whether each party that is needed is coded, and none besides those that may be."""
    if wanted is None:
        return True
    left = sorted(wanted, key=lambda words: not words.needed)
    for party in coded:
        found = next((words for words in left if words.stand_in(straight(party.text))), None)
        if found is None:
            return False
        left.remove(found)
    return not any(words.needed for words in left)


def _place_agrees(wanted: Words | None, coded: Place | None) -> bool:
    if wanted is None:
        return True
    return not wanted.needed if coded is None else wanted.stand_in(f"{straight(coded.text)} / {coded.name}")


@dataclass(frozen=True, slots=True)
class Figures:
    """How many events are right, told, coded; and of the right ones, how many agree in what."""

    right: int
    asked: int
    believed: int
    agree: Counter[str]
    headline: Counter[tuple[bool, bool]]  # of the right ones: is it told in the headline, and is it marked so

    @classmethod
    def of(cls, judged: Sequence[Judged]) -> Figures:
        """Figures of all stories together."""
        right = [j for j in judged if j.right]
        wrong = sum(j.wrong for j in judged)
        agree = Counter(field for j in right for field in j.agree)
        agree["both parties"] = sum({"actors", "recipients"} <= j.agree for j in right)
        agree["type"] = len(right)
        asked = sum(bool(j.told and j.told.asked) for j in judged)
        headline = Counter((j.told.in_headline, j.coded.in_headline is True) for j in right if j.told and j.coded)
        return cls(len(right), asked, len(right) + wrong, agree, headline)

    def precision(self, field: str = "type") -> float:
        """Of the events coded as having happened, the share that is right in type and in that field."""
        return self.agree[field] / self.believed

    def recall(self, field: str = "type") -> float:
        """Of the events told, the share that is found with the right type and that field right."""
        return self.agree[field] / self.asked

    def headline_precision(self) -> float:
        """Of the right events that are marked as told in the headline, the share that are."""
        return self.headline[True, True] / (self.headline[True, True] + self.headline[False, True])

    def headline_recall(self) -> float:
        """Of the right events that the headline tells, the share that are marked."""
        return self.headline[True, True] / (self.headline[True, True] + self.headline[True, False])
