"""Names in the text: what the model finds, put right by rules, and with an identity.

In turn: spans are trimmed and joined; known actors are looked up; all mentions of a name agree on its kind; names that
were missed are restored; forces and groups without a name are added; then each mention is given its referent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log10

from spacy.tokens import Doc

from pipeline.records import Mention
from pipeline.spelling import normal_name
from pipeline.tag.names.actors import Actor, Actors, Found
from pipeline.tag.names.compounds import compound_places
from pipeline.tag.names.groups import find_groups
from pipeline.tag.names.identify import identify
from pipeline.tag.names.labels import settle_labels
from pipeline.tag.names.metonyms import government_meant
from pipeline.tag.names.nations import country_of, is_demonym, name_of
from pipeline.tag.names.restore import bracketed_names, restore_names, told_abbreviations, told_names
from pipeline.tag.names.roles import body_nouns
from pipeline.tag.names.spans import Name, find_names
from pipeline.tag.places.gazetteer import Candidate, Gazetteer

VESSEL = re.compile(r"(?:USS|USNS|HMS|HMAS|HMCS|INS|BRP|MV|M/V|MT|FV|RMS|KRI|ROKS) [A-Z]")
CERTAIN = 9.0  # outweighs what cues and model say
NEARBY = 0.75
CITY = 50_000  # people of a place that the model may take for a person
SHORT_WORD = 3  # "of", "the"
LARGE = 100_000  # people of a place that is believed in a line of capitals


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known beforehand: actors by name, places by name."""

    actors: Actors
    gazetteer: Gazetteer | None = None


def find_mentions(doc: Doc, known: Knowledge, year: int | None = None, document_id: str = "") -> tuple[Mention, ...]:
    """Names and groups in the order of the text, the longer of two that begin together first.

    `year` is that of publication: of two actors of one name, the one that existed then is meant. Persons with one name
    only are that of `document_id`. The model gives no probabilities, so `score` is None unless another recogniser
    filled it in.
    """
    text = doc.text  # put together anew at each access
    names = compound_places(text, told_names(doc, text, find_names(doc, text)))
    countries = {iso3 for n in names if (iso3 := country_of(text[n.start : n.end]))}
    bodies = {(n.start, n.end) for n in names if n.label in {"ORG", "NORP"}} | set(_speaking(doc))
    actors = known.actors.find(text, countries, year, bodies)
    told = told_abbreviations(text, names)
    actors = [f for f in actors if not _is_another(told.get(text[f.start : f.end]), f.actor)]
    names, sure = _with_actors(text, names, actors)
    countries |= {f.actor.country for f in actors if f.actor.country}
    names = [n for n in names if text[n.start : n.end] in sure or not _is_shouted(doc, n, known)]

    def prior(words: str) -> Mapping[str, float]:
        return {"ORG": CERTAIN} if words in sure else _prior(words, known.gazetteer, countries)

    names = restore_names(doc, text, bracketed_names(text, names))
    names = [_relabelled(text, name) for name in settle_labels(text, names, prior)]
    governments = _governments(doc, names)
    groups = find_groups(doc, names)
    return identify(doc, text, [*names, *groups], sure, governments, document_id)


def _speaking(doc: Doc) -> Iterator[tuple[int, int]]:
    """Who speaks of its people under a name with "the": "the Hashed said its forces took the town" is some body."""
    for token in doc:
        named = token.tag_ == "NNP" and token.dep_ == "nsubj" and not token.ent_type_
        if named and token.lower_ not in body_nouns() and [c.lower_ for c in token.children] == ["the"]:
            yield token.idx, token.idx + len(token)


def _is_shouted(doc: Doc, name: Name, known: Knowledge) -> bool:
    """Is it a word that the model takes for a name because its whole sentence is in capitals? Known places are none."""
    span = doc.char_span(name.start, name.end, alignment_mode="expand")
    if span is None or not span.text.isupper() or not span.sent.text.isupper() or len(span.sent) - len(span) < 3:
        return False
    is_place = known.gazetteer is not None and any(c.population > LARGE for c in known.gazetteer.lookup(span.text))
    return not (is_place or name_of(span.text) or is_demonym(span.text))


def _governments(doc: Doc, names: Sequence[Name]) -> dict[tuple[int, int], str]:
    """Where a seat stands for its government: the state by the name's offsets."""
    spans = ((n, doc.char_span(n.start, n.end, alignment_mode="expand")) for n in names if n.label == "GPE")
    return {(n.start, n.end): iso3 for n, span in spans if span is not None and (iso3 := government_meant(span))}


def _with_actors(text: str, names: Sequence[Name], found: Sequence[Found]) -> tuple[list[Name], dict[str, Actor]]:
    """Names with the known actors among them, in place of what they overlap unless that is longer; actors by words."""
    hits = [f for f in found if not any(_is_longer(n, f) for n in names)]
    kept = [
        n
        for n in names
        if is_demonym(text[n.start : n.end]) or not any(f.start < n.end and n.start < f.end for f in hits)
    ]
    kept = [n for n in kept if not any((f.start, f.end) == (n.start, n.end) for f in hits)]
    named = [Name(f.start, f.end, "ORG") for f in hits]
    return sorted([*kept, *named], key=lambda n: n.start), {text[f.start : f.end]: f.actor for f in hits}


def _is_another(long_form: str | None, actor: Actor) -> bool:
    """Does the text itself say that its abbreviation is of another body: has its long form no word of the actor's?"""
    if long_form is None:
        return False
    words = {w for form in (actor.name, *actor.aliases) for w in _long_words(form)}
    return not words & set(_long_words(long_form))


def _long_words(form: str) -> list[str]:
    return [w for w in normal_name(form).split() if len(w) > SHORT_WORD]


def _is_longer(name: Name, found: Found) -> bool:
    """Is the actor's name only a part of another one? "Fajr" in "Fajr University", "Houthi" in "Hussein al-Houthi".

    What the model takes for a person may be a body with a longer name ("Ansar al-Sharia").
    """
    inside = name.start <= found.start and found.end <= name.end and name.end - name.start > found.end - found.start
    return inside and (name.label != "PERSON" or found.is_one_word)


def _prior(words: str, gazetteer: Gazetteer | None, countries: Collection[str] = ()) -> Mapping[str, float]:
    """What is known of a name before the text is read: states, peoples, and a little for places by their population.

    More for a city of a country that the text speaks of: the model takes Bakhmut and Ciudad Juárez for persons.
    """
    if name_of(words):
        return {"PLACE": 3.0}
    if is_demonym(words):
        return {"NORP": 3.0}
    found = gazetteer.lookup(words) if gazetteer is not None else ()
    if not found:
        return {}
    division = any(c.feature in {"ADM1", "PCLI"} for c in found)
    spoken_of = any(_is_likely(words, c) and c.country in countries for c in found)
    return {"PLACE": 0.1 * log10(10 + max(c.population for c in found)) + 0.5 * division + NEARBY * spoken_of}


def _is_likely(words: str, place: Candidate) -> bool:
    """Is it a city, under its main name or one of several words? "BA" and "Nina" are other names of cities, too."""
    return place.population > CITY and (" " in words or normal_name(words) == normal_name(place.name))


def _relabelled(text: str, name: Name) -> Name:
    """Peoples are NORP, states GPE and ships PRODUCT, whatever the model calls them."""
    words = text[name.start : name.end]
    if name_of(words):
        return replace(name, label="GPE")
    if name.label in {"PERSON", "ORG"} and VESSEL.match(words):
        return replace(name, label="PRODUCT")
    return (
        replace(name, label="NORP") if name.label in {"GPE", "ORG", "PERSON", "PRODUCT"} and is_demonym(words) else name
    )
