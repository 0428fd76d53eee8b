"""The event coder: from a parsed text to PLOVER events, by the lexicon.

In each sentence: find matches; fold what tells of the same deed ("the blast killed 12"); let governors take their
content ("refused to meet" is one REJECT); read truth, parties, place, date and tolls; write one event a match.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from pipeline.records import Count, DateMention, Event, Mention, Place, PlaceFrom, Span
from pipeline.tag.amounts.tolls import Toll, find_tolls
from pipeline.tag.events.attribution import attribution, speech_of
from pipeline.tag.events.background import with_background
from pipeline.tag.events.confidence import confidence_of
from pipeline.tag.events.fold import Draft, fold
from pipeline.tag.events.matches import Match, fills, find_matches, is_definite
from pipeline.tag.events.modality import is_attempt
from pipeline.tag.events.modes import with_modes
from pipeline.tag.events.participants import Roster
from pipeline.tag.events.particular import counts_since, is_general, sums_up
from pipeline.tag.events.roles import Sides, named_sides, tells_without_parties
from pipeline.tag.events.setting import date_of
from pipeline.tag.events.sides import with_own_peace
from pipeline.tag.events.topics import About, is_harmless
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.events.truth import Truth, read_truth
from pipeline.tag.events.where import place_of, with_carried
from pipeline.tag.grammar import PLACES, forget
from pipeline.tag.opening import story_start

WORDS_ALONE = frozenset({"THREATEN", "REQUEST", "AGREE", "REJECT"})  # what they are about is yet to come
VIOLENT = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
TOPIC_TOKENS = 60  # tokens on either side of a sentence that tell what it is about
LONGEST_SENTENCE = 300  # tokens: beyond it stand tables and lists, not sentences


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and when an event was, and its tolls; false where none of it is told."""

    place: Place | None
    place_from: PlaceFrom | None
    when: DateMention | None
    counts: Mapping[str, Count]

    def __bool__(self) -> bool:
        return bool(self.place or self.when or self.counts)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is already known of the text."""

    text: str
    roster: Roster
    places: tuple[Place, ...]
    dates: tuple[DateMention, ...]
    published: date | None


def code_events(
    doc: Doc,
    mentions: Sequence[Mention],
    places: Sequence[Place],
    dates: Sequence[DateMention],
    published: date | None,
    lexicon: Lexicon,
) -> tuple[Event, ...]:
    """All events of a parsed text, in the order of their triggers."""
    named = {(m.start, m.end) for m in mentions if m.label in PLACES}  # a demonym tells who, not where
    at = tuple(p for p in places if (p.start, p.end) in named)
    text = doc.text  # put together anew at each access
    setting = Setting(text, Roster.of(doc, mentions, lexicon), at, tuple(dates), published)
    found = [e for s in doc.sents if len(s) <= LONGEST_SENTENCE for e in _code_sentence(s, setting, lexicon)]
    ordered = sorted(_without_repeats(found), key=lambda e: (e.trigger.start, e.trigger.end, e.type))
    dated = with_background(text, ordered, dates, published)
    lead_end = _lead_end(doc, text)
    whole = with_carried(with_modes(text, [_in_part(e, lead_end) for e in dated], lexicon))
    forget(doc)
    return tuple(replace(e, confidence=confidence_of(e)) for e in whole)


def _lead_end(doc: Doc, text: str) -> int:
    """Where the first paragraph ends; the first sentence where the text has no others."""
    first = next((t for t in doc if "\n" in t.text and t.i), None)
    start = story_start(text)
    return first.idx if first is not None else next((s.end_char for s in doc.sents if s.start_char >= start), 0)


def _in_part(event: Event, lead_end: int) -> Event:
    return replace(event, part="lead" if event.trigger.start < lead_end else "body")


def _code_sentence(sentence: DocSpan, setting: Setting, lexicon: Lexicon) -> Iterator[Event]:
    matches = find_matches(sentence, lexicon, setting.roster)
    if not matches:
        return
    truths = {m.head.i: read_truth(m, lexicon, setting.published) for m in matches}
    tolls = list(find_tolls(sentence, lexicon))
    drafts = fold(matches, truths, {t.token.i: t.kind for t in tolls}, setting.roster, lexicon)
    if any(d.type in VIOLENT for d in drafts):
        drafts = _without_harmless(drafts, sentence, setting.text, has_victims=bool(tolls))
    for draft in drafts:
        event = _event(draft, drafts, tolls, sentence, setting, lexicon)
        if event is not None:
            yield event


def _without_harmless(drafts: Sequence[Draft], sentence: DocSpan, text: str, *, has_victims: bool) -> list[Draft]:
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


def _event(
    draft: Draft, drafts: Sequence[Draft], tolls: Sequence[Toll], sentence: DocSpan, setting: Setting, lexicon: Lexicon
) -> Event | None:
    """The draft's event; None where it tells of nobody and nothing."""
    sides = named_sides(draft, setting.roster, lexicon)
    if not any(sides) and not tells_without_parties(draft):
        return None
    draft = with_own_peace(draft, *sides, lexicon)
    when = date_of(draft, drafts, sentence, setting.dates)
    told = _circumstances(draft, when, _counts(draft, drafts, tolls, lexicon), sentence, setting, lexicon)
    if draft.type == "ASSAULT":
        if is_definite(draft.match) and not (any(sides) or told):
            return None
        draft = replace(draft, truth=_truth_of_violence(draft, sides, told, setting, lexicon))
    return _record(draft, sides, told, sentence, setting, lexicon)


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


def _record(
    draft: Draft, sides: Sides, told: Circumstances, sentence: DocSpan, setting: Setting, lexicon: Lexicon
) -> Event:
    match, kind, when, counts = draft.match, lexicon.types[draft.type], told.when, told.counts
    text = setting.text[sentence.start_char : sentence.end_char]
    said_by = attribution(match, sentence, lexicon)
    return Event(
        type=draft.type,
        mode=draft.mode,
        contexts=_contexts(text, lexicon),
        quad=kind.quad,
        scale=kind.modes.get(draft.mode, kind.scale) if draft.mode else kind.scale,
        trigger=_trigger_span(match),
        sentence_start=sentence.start_char + len(text) - len(text.lstrip()),
        sentence_end=sentence.start_char + len(text.rstrip()),
        actors=sides[0],
        recipients=sides[1],
        place=told.place,
        place_from=told.place_from,
        date_start=when.date_start if when else None,
        date_end=when.date_end if when else None,
        date_text=when.text if when else None,
        date_precision=when.precision if when else None,
        killed=counts.get("killed"),
        wounded=counts.get("wounded"),
        arrested=counts.get("arrested"),
        captured=counts.get("captured"),
        displaced=counts.get("displaced"),
        polarity=draft.truth.polarity,
        modality=draft.truth.modality,
        attribution=said_by,
        speech=speech_of(match, sentence, said_by is not None),
        confidence=0.0,  # told last, when all else is known
        rule=match.trigger.id,
    )


def _happened(draft: Draft) -> bool:
    told = draft.truth.polarity == "affirmed" and draft.truth.modality in {"actual", "historical"}
    return told and draft.type not in WORDS_ALONE


def _counts(draft: Draft, drafts: Sequence[Draft], tolls: Sequence[Toll], lexicon: Lexicon) -> dict[str, Count]:
    """Tolls told by this draft's own words, and those of nobody's words if it is the sentence's only such event.

    What was only threatened, planned, tried or denied has none.
    """
    drafts = [d for d in drafts if _happened(d)]
    if draft not in drafts:
        return {}
    own = {t.i for m in (draft.match, *draft.parts) for t in m.tokens}
    claimed = {t.i for d in drafts for m in (d.match, *d.parts) for t in m.tokens}
    found: dict[str, Count] = {}
    for toll in tolls:
        if is_attempt(toll.token, lexicon) or (toll.kind == "captured" and draft.mode != "abduct"):
            continue  # "captured three towns"
        wanted = "COERCE" if toll.kind == "arrested" else "ASSAULT"
        peers = [d for d in drafts if d.type == wanted] or [d for d in drafts if d.type == "PROTEST"]
        if toll.token.i in own or (toll.token.i not in claimed and peers and peers[0] is draft):
            found.setdefault(toll.kind, toll.count)
    return found


@lru_cache(maxsize=64)  # a sentence often tells of several events
def _contexts(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    found = lexicon.contexts.find(text)
    return tuple(name for name in lexicon.context_names if name in found)


def _trigger_span(match: Match) -> Span:
    """From the first to the last word of the frame, where they stand close together; else the head alone."""
    tokens = sorted(match.tokens, key=lambda t: t.i)
    first, last = tokens[0], tokens[-1]
    if last.i - first.i > len(tokens) + 2:
        first = last = match.head
    span = match.head.doc[first.i : last.i + 1]
    return Span(span.start_char, span.end_char, span.text)


def _without_repeats(events: Iterable[Event]) -> Iterator[Event]:
    """One event a type and pair of sides in a sentence: the surest, with the first mode that is known."""
    best: dict[tuple[object, ...], Event] = {}
    for event in events:
        sides = (tuple((p.start, p.end) for p in event.actors), tuple((p.start, p.end) for p in event.recipients))
        key = (event.type, event.sentence_start, *sides, event.polarity)
        other = best.get(key)
        if other is None:
            best[key] = event
        elif confidence_of(event) > confidence_of(other):
            best[key] = replace(event, mode=event.mode or other.mode)
    yield from best.values()
