"""Parties of an event: from the head of a noun phrase to its span, entity, country and sector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Doc, Token

from pipeline.records import Mention, Participant
from pipeline.tag.clause import speakers
from pipeline.tag.events.owned import as_forces, is_weapon, owners_of
from pipeline.tag.events.references import References
from pipeline.tag.events.referring import PLURAL, is_thing, kind_of
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import QUANTITIES, children, keys, pobjs, with_conjuncts
from pipeline.tag.names.nations import country_of, is_seat, name_of

INNER = frozenset({
    "det", "predet", "compound", "amod", "nmod", "nummod", "poss", "case", "quantmod", "advmod", "npadvmod", "punct",
    "neg",
})  # fmt: skip
TAIL_PREPOSITIONS = frozenset({"of", "for", "from", "in"})
NO_PARTY_LABELS = frozenset({"DATE", "TIME", "PERCENT", "ORDINAL", "MONEY"})
STATES = frozenset({"GPE"})
AFFECTED = frozenset({"dobj", "nsubjpass"})
ARMED = frozenset({"MIL", "REB", "PRM"})  # they act for whom they belong to
SOMEBODIES = frozenset({"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC", "GROUP"})
OWNERS = frozenset({"ORG", "GPE", "NORP", "GROUP"})
POLICE = frozenset({"police", "policeman", "policewoman"})
OF_THE_LAND = frozenset({"COP", "GOV", "JUD", "LEG"})  # "police in Paris" are French, activists may be anybody
BEYOND_STATES = frozenset({"UNO", "EUR", "IGO"})  # PLOVER's codes for bodies of states
ELLIPTIC = frozenset({"several", "others", "some", "many", "few"})


@dataclass(frozen=True, slots=True)
class Roster:
    """What is known of the document's names: mentions by the token they cover, and what its words refer back to.

    `meant` are the heads that a pronoun stands for, `alike` the head by which a description is known better.
    """

    by_token: Mapping[int, Mention]
    meant: Mapping[int, tuple[Token, ...]]
    alike: Mapping[int, Token]

    @classmethod
    def of(cls, doc: Doc, mentions: Iterable[Mention], lexicon: Lexicon) -> Roster:
        """Mentions by token index; of overlapping ones the first stands."""
        found: dict[int, Mention] = {}
        for mention in mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            for token in span or ():
                found.setdefault(token.i, mention)
        references = References.of(doc, found, lexicon)
        return cls(found, references.meant, references.alike)


Wanted = Literal["anything", "actor", "addressee", "deed"]


def parties(heads: Iterable[Token], roster: Roster, lexicon: Lexicon, wanted: Wanted) -> tuple[Participant, ...]:
    """The parties that these heads and what is coordinated with them name, without repeats.

    An "actor" can act: deeds, weapons and documents are left out. An "addressee" can be spoken to: no wages, no
    capital; a "deed" may stand for one ("condemned the bombing"). The owner of a deed ("Norland's decision") is meant.
    """
    found: dict[tuple[int, int], Participant] = {}
    for head in with_conjuncts(heads):
        for token in (t for each in _meant(head, roster, lexicon) for t in roster.meant.get(each.i, (each,))):
            if _is_party(token, lexicon, acting=wanted in {"actor", "addressee"}):
                party = participant(token, roster, lexicon)
                if token != head and is_weapon(head, lexicon):
                    party = as_forces(party, token, head, lexicon)
                if wanted in {"anything", "actor"} or _is_addressee(token, party, roster, lexicon, wanted):
                    for side in _of_each_state(token, party):
                        found.setdefault((side.start, side.end), side)
    return tuple(found.values())


def _of_each_state(token: Token, party: Participant) -> tuple[Participant, ...]:
    """ "Armenian and Azerbaijani soldiers" are two parties: "Armenian", and "Azerbaijani soldiers"."""
    demonyms = [c for c in children(token, "amod", "nmod", "compound") if c.ent_type_ == "NORP"]
    states = [t for t in with_conjuncts(demonyms) if t.i < token.i]
    countries = [country_of(t.text) for t in states]
    if token.tag_ not in PLURAL or len(states) < 2 or None in countries or len(set(countries)) < len(states):
        return (party,)
    *others, last = zip(states, countries, strict=True)
    sides = [
        replace(party, start=t.idx, end=t.idx + len(t), text=t.text, entity_id=None, country=country)
        for t, country in others
    ]
    start, country = last[0].idx, last[1]
    text = party.text[start - party.start :]
    return (*sides, replace(party, start=start, text=text, entity_id=None, country=country))


def _meant(head: Token, roster: Roster, lexicon: Lexicon) -> list[Token]:
    """The owner of a deed or a weapon: whose decision, whose warplanes."""
    owned = owners_of(head, lexicon)
    if owned or head.ent_type_ or not keys(head) & (lexicon.words["deeds"] | lexicon.words["no_party"]):
        return owned or [head]
    return [o for o in children(head, "poss") if o.i in roster.meant] or [head]  # "its jets"


def _is_party(token: Token, lexicon: Lexicon, *, acting: bool) -> bool:
    if (
        token.pos_ in {"PRON", "DET", "SCONJ", "VERB", "AUX", "ADP", "PUNCT", "ADV"}
        or token.ent_type_ in NO_PARTY_LABELS
    ):
        return False
    if token.pos_ == "NUM" and acting and not token.ent_type_:
        return False
    names = keys(token)
    if acting and names & lexicon.words["no_party"] and token.ent_type_ not in {"PERSON", "ORG", "GPE", "NORP"}:
        return bool(token.ent_type_)
    return True


def _is_addressee(token: Token, party: Participant, roster: Roster, lexicon: Lexicon, wanted: Wanted) -> bool:
    """A person, a body, a state or a place with a name; else what has a sector or a country that is no mere thing."""
    mention = roster.by_token.get(token.i)
    if (mention is not None and mention.label in SOMEBODIES) or kind_of(token, mention, lexicon) != "thing":
        return True
    if wanted == "deed" and keys(token) & (lexicon.words["no_party"] | lexicon.words["demands"]):
        return True
    return bool(party.sector or party.country) and not is_thing(token, lexicon)


def is_alive(head: Token, roster: Roster, lexicon: Lexicon) -> bool:
    """Is it people or a body of them, or a pronoun for such?"""
    meant = roster.meant.get(head.i, (head,))
    return any(kind_of(t, roster.by_token.get(t.i), lexicon) != "thing" for t in meant)


def participant(token: Token, roster: Roster, lexicon: Lexicon) -> Participant:
    """The noun phrase around `token` with what is known of it, and of what it stands for: "the army", "its forces"."""
    inside = phrase(token)
    span = token.doc[inside[0].i : inside[-1].i + 1]
    mention = roster.by_token.get(token.i)
    body = _body_before(token, mention, roster)
    country = (mention.country if mention else None) or (body.country if body else None) or _country(token, inside)
    sector = (mention.sector if mention else None) or _sector(token, inside, country, lexicon)
    if body is not None and sector == "COP" and not keys(token) & POLICE:
        sector = None  # "UN inspectors" are no police
    if country is None and sector in OF_THE_LAND:
        country = country_of(span.text)
    if sector is None and mention is not None and mention.label in STATES and name_of(span.text):
        sector = "GOV"
    found = Participant(
        start=span.start_char,
        end=span.end_char,
        text=span.text,
        entity_id=mention.entity_id if mention else None,
        country=country,
        sector=sector,
    )
    if (known := roster.alike.get(token.i) or _name_beside(token, roster)) is not None:
        return _filled(found, participant(known, roster, lexicon))
    for members in (roster.meant.get(t.i, ()) for t in pobjs(token, "of")):  # "300 of them"
        for member in members[:1]:
            return replace(_filled(found, participant(member, roster, lexicon)), entity_id=None)
    owner = _owner_of(token, inside, roster) if found.entity_id is None else None
    return _owned(found, owner, counted=token.lemma_.lower() in QUANTITIES) if owner else found


def _name_beside(token: Token, roster: Roster) -> Token | None:
    """The name in apposition: "the interior minister, Ana Reve"."""
    named = (t for t in children(token, "appos") if t.i in roster.by_token and token.pos_ == "NOUN")
    return next((t for t in named if roster.by_token[t.i].label in {"PERSON", "ORG"}), None)


def _filled(party: Participant, other: Participant) -> Participant:
    """The party with what is known of the other, of whom it is another word."""
    return replace(
        party,
        entity_id=party.entity_id or other.entity_id,
        country=party.country or other.country,
        sector=party.sector or other.sector,
    )


def _owned(party: Participant, owner: Mention, *, counted: bool) -> Participant:
    """The party as its owner's: forces act for whom they belong to, "nine members" are of the sector of their body."""
    sector = party.sector or (owner.sector if counted else None)
    belongs = counted or sector in ARMED
    return replace(
        party,
        entity_id=owner.entity_id if belongs else party.entity_id,
        country=party.country or owner.country,
        sector=sector,
    )


def _owner_of(token: Token, inside: list[Token], roster: Roster) -> Mention | None:
    """Whose "its forces" or "fighters of the Karo Front" are: "the Front said its fighters took the town"."""
    if inside[0].tag_ == "PRP$" and inside[0].lower_ in {"its", "their"}:
        owners_here: Iterable[Token] = (*speakers(token), *roster.meant.get(inside[0].i, ()))
    else:
        owners_here = (t for t in pobjs(token, "of") if t in inside)
    found = [roster.by_token[t.i] for t in owners_here if t.i in roster.by_token]
    return next((m for m in found if m.label in OWNERS), None)


def phrase(token: Token) -> list[Token]:
    """Tokens of the noun phrase without relative clauses, appositions and coordinated phrases, in order."""
    left = [t for c in token.lefts if c.dep_ in INNER and not _is_year(c) for t in c.subtree if t.i < token.i]
    dashes = [t.i for t in left if t.text in {"-", "--", "–", "—"} and t.whitespace_]  # "VARN - President Oru"
    start = max(dashes) + 1 if dashes else min((t.i for t in left), default=token.i)
    end = token.i
    for child in token.rights:
        if child.dep_ == "case" or (child.dep_ in {"compound", "nummod"} and child.i == end + 1):
            end = child.i
        elif child.dep_ == "prep" and child.lower_ in TAIL_PREPOSITIONS and child.i == end + 1:
            end = _tail_end(child, end)
        else:
            break
    tokens = [token.doc[i] for i in range(start, end + 1)]
    while (
        len(tokens) > 1
        and (tokens[0].is_punct or tokens[0].is_space)
        and tokens[0].i < token.i
        and tokens[0].text not in "\"'“‘($"
    ):
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[0].lower_ == "dead" and tokens[0].i and tokens[0].nbor(-1).pos_ == "VERB":
        return tokens[1:]  # "shot dead six passengers"
    return tokens


def _is_year(number: Token) -> bool:
    """ "In 2014 militants captured the city": no 2014 militants."""
    return number.tag_ == "CD" and number.ent_type_ == "DATE" and number.i > 0 and number.nbor(-1).lower_ == "in"


def _tail_end(preposition: Token, end: int) -> int:
    """Last token of "of the northern province": cut before clauses, coordination and dates."""
    inner = children(preposition, "pobj")
    if not inner or inner[0].ent_type_ in NO_PARTY_LABELS:
        return end
    nested = phrase(inner[0])
    return max(nested[-1].i, end) if nested[0].i <= preposition.i + 1 else end  # "which … in" reaches back


def _body_before(token: Token, mention: Mention | None, roster: Roster) -> Mention | None:
    """The body beyond states whose people they are: "UN inspectors", "EU ministers"."""
    if mention is not None:
        return None
    named = (roster.by_token.get(t.i) for t in children(token, "compound", "nmod", "amod", "poss"))
    return next((m for m in named if m is not None and m.country in BEYOND_STATES), None)


def _country(token: Token, inside: list[Token]) -> str | None:
    """By the words of the phrase; a capital behind "in" only tells where they are: "activists in Paris"."""
    where = next((t for p in children(token, "prep") if p.lower_ == "in" for t in children(p, "pobj")), None)
    away = where is not None and where in inside and is_seat(" ".join(t.text for t in phrase(where)))
    own = [t for t in inside if not (away and where is not None and t.i >= where.head.i)]
    found = country_of(_text_of(own))
    for apposed in children(token, "appos"):
        found = found or country_of(_text_of(phrase(apposed)))
    return found


def _text_of(tokens: list[Token]) -> str:
    return str(tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text)


def _sector(token: Token, inside: list[Token], country: str | None, lexicon: Lexicon) -> str | None:
    """Who is only counted is of the sector of those counted: "dozens of soldiers", "killed two, wounding four"."""
    counted = _counted(token)
    if counted is not None:
        return _own_sector(counted, phrase(counted), None, lexicon)
    return _own_sector(token, inside, country, lexicon)


def _own_sector(token: Token, inside: list[Token], country: str | None, lexicon: Lexicon) -> str | None:
    """By modifier and head noun; a country's name alone acts for its government; titles speak for persons."""
    if token.pos_ == "PROPN" and country in BEYOND_STATES:
        return None  # the European Union is no trade union
    names = keys(token)
    before = [t for t in inside if t.i < token.i and t.dep_ in {"compound", "amod", "nmod", "poss"}]
    joined = next(
        (lexicon.sectors[n] for n in sorted(names, key=len, reverse=True) if "_" in n and n in lexicon.sectors), None
    )
    if joined:
        return joined
    modifiers = [m for t in reversed(before) if (m := lexicon.sector_modifiers.get(t.lower_))]
    head = next((lexicon.sectors[n] for n in names if n in lexicon.sectors), None)
    if "ELI" in modifiers:
        return "ELI"
    if modifiers and (head in {None, "MIL", "GOV", "CVL", "REB", "COP", "OPP"} or token.ent_type_ == "PERSON"):
        return modifiers[0]
    if head:
        return head
    titled = [lexicon.sectors[t.lower_] for t in before if t.lower_ in lexicon.sectors and t.dep_ != "amod"]
    if titled:
        return titled[-1]
    for apposed in children(token, "appos"):
        if found := next((lexicon.sectors[n] for n in keys(apposed) if n in lexicon.sectors), None):
            return found
    if country and token.ent_type_ in STATES and country_of(token.doc[inside[0].i : inside[-1].i + 1].text):
        return "GOV"  # a state, no town in it
    return None


def _counted(token: Token) -> Token | None:
    """Whom a bare number or a word of quantity stands for: behind "of", else the people counted before it."""
    bare = token.pos_ == "NUM" or token.lower_ in ELLIPTIC
    if not bare and token.lemma_.lower() not in QUANTITIES:
        return None
    if members := pobjs(token, "of"):
        return members[0]
    if not bare:
        return None
    before = reversed(token.doc[token.sent.start : token.i])
    return next((t for t in before if t.pos_ == "NOUN" and (children(t, "nummod") or t.dep_ in AFFECTED)), None)
