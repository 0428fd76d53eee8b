"""The event coder: from a parsed text to PLOVER events, by the lexicon.

In each sentence: find matches; fold what tells of the same deed ("the blast killed 12"); let governors take their
content ("refused to meet" is one REJECT); read truth, parties, place, date and tolls; write one event a match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from pipeline.records import Count, DateMention, Event, Place
from pipeline.tag.amounts.tolls import Toll, find_tolls
from pipeline.tag.events.fold import Draft, fold
from pipeline.tag.events.matches import fills, find_matches, is_definite
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.participants import Roster
from pipeline.tag.events.particular import counts_since, is_general, sums_up
from pipeline.tag.events.record import Circumstances, counts_of, record
from pipeline.tag.events.roles import Sides, named_sides, tells_without_parties
from pipeline.tag.events.setting import date_of
from pipeline.tag.events.sides import with_own_peace
from pipeline.tag.events.topics import About, is_harmless
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.events.truth import Truth, read_truth
from pipeline.tag.events.where import place_of
from pipeline.tag.events.whole import whole_text
from pipeline.tag.grammar import PLACES, forget

VIOLENT = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
TOPIC_TOKENS = 60  # tokens on either side of a sentence that tell what it is about
LONGEST_SENTENCE = 300  # tokens: beyond it stand tables and lists, not sentences


@dataclass(frozen=True, slots=True)
class Setting:
    """What is already known of the text."""

    doc: Doc
    text: str
    roster: Roster
    places: tuple[Place, ...]
    dates: tuple[DateMention, ...]
    published: date | None

    @classmethod
    def of(cls, text: ParsedText, lexicon: Lexicon) -> Self:
        """Places by the mentions that name one: a demonym tells who, not where."""
        named = {(m.start, m.end) for m in text.mentions if m.label in PLACES}
        at = tuple(p for p in text.places if (p.start, p.end) in named)
        roster = Roster.of(text.doc, text.mentions, lexicon)
        return cls(text.doc, text.doc.text, roster, at, text.dates, text.published)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the rules read it: the tolls in it, and a draft for each event."""

    sentence: DocSpan
    tolls: tuple[Toll, ...] = ()
    drafts: tuple[Draft, ...] = ()


def code_events(text: ParsedText, lexicon: Lexicon) -> tuple[Event, ...]:
    """All events of a parsed text, in the order of their triggers."""
    setting = Setting.of(text, lexicon)
    found = [event for _, coded in read_sentences(setting, lexicon) for _, event in coded]
    return told_together(found, setting, lexicon)


def told_together(found: Iterable[Event], setting: Setting, lexicon: Lexicon) -> tuple[Event, ...]:
    """The sentences' events as those of one text; what was remembered of its grammar is let go."""
    whole = whole_text(setting.doc, setting.text, found, setting.dates, setting.published, lexicon)
    forget(setting.doc)
    return whole


def read_sentences(setting: Setting, lexicon: Lexicon) -> Iterator[tuple[Reading, list[tuple[Draft, Event]]]]:
    """Each sentence as the rules read it, with those of its drafts that are events."""
    for sentence in setting.doc.sents:
        if len(sentence) <= LONGEST_SENTENCE:
            reading = read_sentence(sentence, setting, lexicon)
            events = ((d, event_of(d, reading, setting, lexicon)) for d in reading.drafts)
            yield reading, [(draft, event) for draft, event in events if event is not None]


def read_sentence(sentence: DocSpan, setting: Setting, lexicon: Lexicon) -> Reading:
    """What the rules find in a sentence, before they know who and where."""
    matches = find_matches(sentence, lexicon, setting.roster)
    if not matches:
        return Reading(sentence)
    truths = {m.head.i: read_truth(m, lexicon, setting.published) for m in matches}
    tolls = tuple(find_tolls(sentence, lexicon))
    drafts = fold(matches, truths, {t.token.i: t.kind for t in tolls}, setting.roster, lexicon)
    if any(d.type in VIOLENT for d in drafts):
        drafts = without_harmless(drafts, sentence, setting.text, has_victims=bool(tolls))
    return Reading(sentence, tolls, tuple(drafts))


def without_harmless(drafts: Sequence[Draft], sentence: DocSpan, text: str, *, has_victims: bool) -> list[Draft]:
    """The drafts but for violence that is none: of sport, business, figures of speech."""
    here = About.of(text[sentence.start_char : sentence.end_char])
    around = About.of(_around(sentence, text))

    def stands(draft: Draft) -> bool:
        match = draft.match
        return not is_harmless(match.head, fills(match, "subj"), here, around, has_victims=has_victims)

    return [d for d in drafts if d.type not in VIOLENT or stands(d)]


def _around(sentence: DocSpan, text: str) -> str:
    """The text about a sentence: what it is about."""
    doc = sentence.doc
    first, last = doc[max(0, sentence.start - TOPIC_TOKENS)], doc[min(len(doc), sentence.end + TOPIC_TOKENS) - 1]
    return text[first.idx : last.idx + len(last)]


def event_of(
    draft: Draft, reading: Reading, setting: Setting, lexicon: Lexicon, sides: Sides | None = None
) -> Event | None:
    """The draft's event, with its own parties where none are given; None where it tells of nobody and nothing."""
    sentence = reading.sentence
    sides = named_sides(draft, setting.roster, lexicon) if sides is None else sides
    if not any(sides) and not tells_without_parties(draft):
        return None
    draft = with_own_peace(draft, *sides, lexicon)
    when = date_of(draft, reading.drafts, sentence, setting.dates)
    counts = counts_of(draft, reading.drafts, reading.tolls, lexicon)
    told = _circumstances(draft, when, counts, sentence, setting, lexicon)
    if draft.type == "ASSAULT":
        if is_definite(draft.match) and not (any(sides) or told):
            return None
        draft = replace(draft, truth=_truth_of_violence(draft, sides, told, setting, lexicon))
    return record(draft, sides, told, sentence, setting.text, lexicon)


def _circumstances(
    draft: Draft,
    when: DateMention | None,
    counts: Mapping[str, Count],
    sentence: DocSpan,
    setting: Setting,
    lexicon: Lexicon,
) -> Circumstances:
    """Place and date; where that is which a march is for, is not where it marches."""
    matches = (draft.match,) if draft.type == "PROTEST" else (draft.match, *draft.parts)
    where = place_of(matches, draft.type, sentence, setting.places, lexicon)
    place, place_from = where or (None, None)
    return Circumstances(place, place_from, when, counts)


def _truth_of_violence(draft: Draft, sides: Sides, told: Circumstances, setting: Setting, lexicon: Lexicon) -> Truth:
    """Violence in general is hypothetical; what counts the victims of many deeds is background."""
    if draft.truth.modality != "actual":
        return draft.truth
    placed = told.place is not None
    if not told.counts and told.when is None and is_general(draft.match, *sides, lexicon, placed=placed):
        return replace(draft.truth, modality="hypothetical")
    dead = [count for kind, count in told.counts.items() if kind != "displaced"]
    summed = counts_since((draft.match, *draft.parts), dead, setting.dates, setting.published)
    if summed or sums_up(draft.match, dead, told.when):
        return replace(draft.truth, modality="historical")
    return draft.truth
