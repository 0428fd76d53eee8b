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

from pipeline.records import Count, DateMention, Event, Mention, Participant, Place, Span
from pipeline.tag.amounts.tolls import Toll, find_tolls
from pipeline.tag.events.background import with_background
from pipeline.tag.events.confidence import confidence_of
from pipeline.tag.events.fold import Draft, fold
from pipeline.tag.events.matches import Match, fills, find_matches, is_definite, is_reference
from pipeline.tag.events.modes import with_modes
from pipeline.tag.events.participants import Roster, Wanted, is_alive, parties
from pipeline.tag.events.particular import is_general, sums_up
from pipeline.tag.events.setting import date_of
from pipeline.tag.events.sides import with_own_peace
from pipeline.tag.events.topics import About, is_harmless
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.events.truth import attribution, read_truth, speech_of
from pipeline.tag.events.where import place_of, with_carried
from pipeline.tag.opening import story_start

# Whom a type is done to, where that is not just anything.
RECIPIENTS: Mapping[str, Wanted] = {
    **dict.fromkeys(("REQUEST", "THREATEN", "CONSULT", "AGREE", "SUPPORT"), "addressee"),
    **dict.fromkeys(("ACCUSE", "REJECT", "PROTEST"), "deed"),
}
VIOLENT = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
REACH = 60  # tokens on either side of a sentence that tell what it is about
DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
SOMEBODY = frozenset({"he", "she", "they", "we", "him", "her", "them", "us", "others"})
NOBODY = frozenset({"no one", "nobody", "none"})
PLACES = frozenset({"GPE", "LOC", "FAC"})  # a demonym tells who, not where
LONGEST_SENTENCE = 300  # tokens: beyond it stand tables and lists, not sentences


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
    named = {(m.start, m.end) for m in mentions if m.label in PLACES}
    at = tuple(p for p in places if (p.start, p.end) in named)
    text = doc.text  # put together anew at each access
    setting = Setting(text, Roster.of(doc, mentions, lexicon), at, tuple(dates), published)
    found = [e for s in doc.sents if len(s) <= LONGEST_SENTENCE for e in _code_sentence(s, setting, lexicon)]
    ordered = sorted(_without_repeats(found), key=lambda e: (e.trigger.start, e.trigger.end, e.type))
    dated = with_background(text, ordered, dates, published)
    lead_end = _lead_end(doc, text)
    whole = with_carried(with_modes(text, [_in_part(e, lead_end) for e in dated], lexicon))
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
    drafts = fold(matches, truths, lexicon)
    tolls = list(find_tolls(sentence, lexicon)) if drafts else []
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
    first, last = doc[max(0, sentence.start - REACH)], doc[min(len(doc), sentence.end + REACH) - 1]
    return text[first.idx : last.idx + len(last)]


def _event(
    draft: Draft, drafts: Sequence[Draft], tolls: Sequence[Toll], sentence: DocSpan, setting: Setting, lexicon: Lexicon
) -> Event | None:
    actors, recipients = _sides(draft, setting.roster, lexicon)
    if draft.truth.polarity == "affirmed":  # "no group said that it was behind the attack": somebody else was
        actors = tuple(a for a in actors if not a.text.lower().startswith(("no ", "none ", "neither ")))
    recipients = tuple(r for r in recipients if r.text.lower() not in NOBODY)
    if not actors and not recipients and not (_tells_alone(draft) or _has_somebody(draft)):
        return None
    draft = with_own_peace(draft, actors, recipients, lexicon)
    match, kind = draft.match, lexicon.types[draft.type]
    told = setting.text[sentence.start_char : sentence.end_char]
    aims = draft.type == "PROTEST"  # where that is which a march is for, is not where it marches
    where = place_of((match, *(() if aims else draft.parts)), draft.type, sentence, setting.places, lexicon)
    when = date_of(match, sentence, setting.dates)
    counts = _counts(draft, drafts, tolls)
    if draft.type == "ASSAULT" and not (actors or recipients or where or when or counts) and is_definite(match):
        return None
    if draft.type == "ASSAULT" and draft.truth.modality not in {"hypothetical", "planned"}:
        placed, of_people = where is not None, [c for kind, c in counts.items() if kind != "displaced"]
        general = not counts and not when and is_general(match, actors, recipients, lexicon, placed=placed)
        if general or sums_up(match, of_people, when):  # of no time, as habits are
            draft = replace(draft, truth=replace(draft.truth, modality="hypothetical"))
    said_by = attribution(match, sentence, lexicon)
    return Event(
        type=draft.type,
        mode=draft.mode,
        contexts=_contexts(told, lexicon),
        quad=kind.quad,
        scale=kind.modes.get(draft.mode, kind.scale) if draft.mode else kind.scale,
        trigger=_trigger_span(match),
        sentence_start=sentence.start_char + len(told) - len(told.lstrip()),
        sentence_end=sentence.start_char + len(told.rstrip()),
        actors=actors,
        recipients=recipients,
        place=where[0] if where else None,
        place_from=where[1] if where else None,
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


def _sides(draft: Draft, roster: Roster, lexicon: Lexicon) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Actors and recipients of a draft; nobody is on both sides; all parties of a mutual event act but its victims."""
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    for match in (draft.match, *draft.parts):
        trigger = match.trigger
        if match is draft.match or not actors:
            actors = actors or _first(match, trigger.actor, roster, lexicon, "actor")
        found = _first(match, trigger.recipient, roster, lexicon, RECIPIENTS.get(draft.type, "anything"))
        if match is draft.match or match.trigger.effect or not recipients:
            recipients += tuple(p for p in found if p not in recipients)
    if draft.match.trigger.mutual and lexicon.types[draft.type].mutual:  # who "will not hold talks with X" rejects X
        victims = tuple(
            p for m in draft.parts if m.trigger.effect for p in _first(m, ("obj",), roster, lexicon, "anything")
        )
        together = _first(draft.match, ("between", "among"), roster, lexicon, "actor")
        sides = tuple(r for r in recipients if r not in together and r not in victims)
        actors = tuple(dict.fromkeys((*actors, *together, *sides)))
        recipients = victims
    taken = {(a.start, a.end) for a in actors}
    return actors, tuple(r for r in recipients if (r.start, r.end) not in taken)


def _tells_alone(draft: Draft) -> bool:
    """Is it an event without any party? "Heavy fighting raged in Karo", not "five were hurt in the fighting"."""
    return draft.match.trigger.alone and not is_reference(draft.match)


def _has_somebody(draft: Draft) -> bool:
    """Is there a party that the sentence does not name? "They were captured", "two were shot"."""
    if draft.type not in DEEDS:
        return False
    trigger = draft.match.trigger
    fillers = [t for place in (*trigger.actor, *trigger.recipient) for t in fills(draft.match, place)]
    return any(t.lower_ in SOMEBODY or t.ent_type_ == "CARDINAL" for t in fillers)


def _first(
    match: Match, places: Iterable[str], roster: Roster, lexicon: Lexicon, wanted: Wanted
) -> tuple[Participant, ...]:
    """The parties in the first of these places that holds people, else in the first that holds any."""
    first: tuple[Participant, ...] = ()
    for place in places:
        heads = fills(match, place)
        found = parties(heads, roster, lexicon, wanted)
        if found and any(is_alive(h, roster, lexicon) for h in heads):
            return found
        first = first or found
        if place == "dative" and heads:  # "promised him more troops": him, whoever that is
            return first
    return first


def _counts(draft: Draft, drafts: Sequence[Draft], tolls: Sequence[Toll]) -> dict[str, Count]:
    """Tolls told by this draft's own words, and those of nobody's words if it is the sentence's only such event."""
    own = {t.i for m in (draft.match, *draft.parts) for t in m.tokens}
    claimed = {t.i for d in drafts for m in (d.match, *d.parts) for t in m.tokens}
    found: dict[str, Count] = {}
    for toll in tolls:
        if toll.kind == "captured" and draft.mode != "abduct":
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
