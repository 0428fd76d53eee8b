"""Where an event takes place: of the places in its sentence, the one that the grammar ties to it.

`ties` says how close each is tied. Of those tied alike the finest counts; deeds without a place take that of the deed
told just before, or of the dateline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from pipeline.records import Event, Place, PlaceFrom
from pipeline.tag.events.matches import Match, fills
from pipeline.tag.events.ties import BELOW, rank_of
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import keys, pobjs

CARRIED_TYPES = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})  # happen at one place
CARRIED_SENTENCES = 2  # sentences
PLACED_TYPES = CARRIED_TYPES | {"CONSULT", "COOPERATE", "AID", "SANCTION"}
FINEST = ("point", None, "city", "admin2", "admin1", "region", "country")  # None: too small for the gazetteer
WIDE_FEATURES = frozenset({"ISL", "LK", "LKS", "RSV", "MT"})  # GeoNames features


@dataclass(frozen=True, slots=True)
class Tie:
    """A place and how it hangs together with the trigger: `rank` (0 is closest), `distance` in characters."""

    place: Place
    root: Token
    rank: int
    distance: int

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Sort key: of places tied alike the finest, as in "the Anbar town of Rawa"."""
        return self.rank, _size(self.place), self.distance, self.place.start

    def contains(self, other: Tie, lexicon: Lexicon) -> bool:
        """Does the text say that the other place lies in this one?

        "Rawa in Anbar", "Anbar's town of Rawa", "the Rawa region of Anbar", "the Anbar town of Rawa".
        """
        if other.root.is_ancestor(self.root):
            return True
        if self.root.dep_ == "poss" or self._is_before_settlement(other, lexicon):
            return other.root in pobjs(self.root.head, "of")
        within = self.root in pobjs(other.root.head, "of") and other.root.dep_ == "compound"
        return within and other.root.i < other.root.head.i and not other._is_before_settlement(self, lexicon)

    def _is_before_settlement(self, other: Tie, lexicon: Lexicon) -> bool:
        """The larger place, in front of a word for a small one: "the Anbar town of Rawa"."""
        coarser = _size(self.place) > _size(other.place)
        return coarser and self.root.dep_ == "compound" and bool(keys(self.root.head) & lexicon.words["settlements"])


def _size(place: Place) -> int:
    """Order of how large a place is, the smallest first; a lake or an island is larger than the towns on it."""
    return FINEST.index("admin2" if place.feature in WIDE_FEATURES else place.precision)


def place_of(
    matches: Sequence[Match], kind: str, sentence: Span, places: Iterable[Place], lexicon: Lexicon
) -> tuple[Place, PlaceFrom] | None:
    """The place tied closest to an event's triggers, and what speaks for it; None where all are another deed's.

    `kind` is the event's type.
    """
    here = [p for p in places if sentence.start_char <= p.start < sentence.end_char]
    ends = {p.end + 2 for p in here}
    here = [p for p in here if not (p.start in ends and _is_behind_comma(p, sentence))]
    own = frozenset(_own(matches, lexicon))
    ties = [tie for p in here if (tie := _tie(p, matches[0], own, kind, lexicon)) is not None]
    if kind not in PLACED_TYPES:  # words are said somewhere only where the text says so
        told = {t.i for place in matches[0].trigger.recipient for t in fills(matches[0], place)}
        ties = [t for t in ties if t.rank == BELOW and t.root.dep_ == "pobj" and t.root.i not in told]
    ties = [t for t in ties if not any(t.rank == o.rank and t.contains(o, lexicon) for o in ties if o is not t)] or ties
    best = min(ties, key=lambda t: t.order, default=None)
    if best is None:
        return None
    return best.place, "attached" if best.rank == BELOW else "sentence"


def _is_behind_comma(place: Place, sentence: Span) -> bool:
    """ "Rawa, Norland": what stands behind the comma only says where Rawa is."""
    at = place.start - sentence.start_char
    return sentence.text[at - 2 : at] == ", "


def _own(matches: Iterable[Match], lexicon: Lexicon) -> Iterator[int]:
    """The words that tell of the event: all its triggers, and the verb that an event noun is subject of."""
    for match in matches:
        yield from (t.i for t in match.tokens)
        if match.light is not None:
            yield match.light.i
        elif match.trigger.kind == "noun" and (verb := _verb_of(match.head, lexicon)) is not None:
            yield verb.i


def _verb_of(noun: Token, lexicon: Lexicon) -> Token | None:
    verb = noun.head
    tells = noun.dep_ in {"nsubj", "nsubjpass"} and verb.pos_ == "VERB"
    return verb if tells and verb.lemma_.lower() not in lexicon.words["say_verbs"] else None


def _tie(place: Place, match: Match, own: frozenset[int], kind: str, lexicon: Lexicon) -> Tie | None:
    span = match.head.doc.char_span(place.start, place.end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    rank = rank_of(place, span.root, match, own, kind, lexicon)
    return None if rank is None else Tie(place, span.root, rank, abs(place.start - match.head.idx))


def with_carried(events: Sequence[Event]) -> list[Event]:
    """Deeds without a place take that of the deed told just before: "A bomb went off in Karo. Two guards were shot."

    `events` in the order of the text, of one paragraph.
    """
    found: list[Event] = []
    last: Event | None = None
    sentences = sorted({e.sentence_start for e in events})
    for event in events:
        if event.type not in CARRIED_TYPES or event.modality != "actual":
            found.append(event)
            continue
        if event.place is not None:
            last = event
        elif last is not None and 0 < _apart(sentences, last, event) <= CARRIED_SENTENCES:
            event = replace(event, place=last.place, place_from="previous sentence")
        found.append(event)
    return found


def with_dateline(events: Sequence[Event], filed: Place | None) -> list[Event]:
    """Deeds of the lead that the whole lead gives no place took place where the report was filed: "KARO, Nov 3 -"."""
    lead = [e for e in events if e.part == "lead" and e.type in CARRIED_TYPES and e.modality == "actual"]
    if filed is None or any(e.place is not None for e in lead):
        return list(events)
    return with_carried([replace(e, place=filed, place_from="dateline") if e in lead else e for e in events])


def _apart(sentences: Sequence[int], one: Event, other: Event) -> int:
    """Sentences between two events, of those that tell of any."""
    return sentences.index(other.sentence_start) - sentences.index(one.sentence_start)
