"""Each name gets its referent: who or what is meant, under which canonical form, with title, country and sector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.records import Mention
from pipeline.tag.names.actors import Actor
from pipeline.tag.names.persons import title_in
from pipeline.tag.names.referents import Referent, Referents, state_referent
from pipeline.tag.names.restore import abbreviation_after, long_form_after
from pipeline.tag.names.roles import also_known_as, body_nouns, office, references, role_around, role_before
from pipeline.tag.names.spans import Name

ARMED = frozenset({"REB", "PRM", "UAF", "CRM"})  # what "the group" means in the news


def identify(
    doc: Doc,
    text: str,
    names: Sequence[Name],
    actors: Mapping[str, Actor],
    governments: Mapping[tuple[int, int], str],
    document_id: str = "",
) -> tuple[Mention, ...]:
    """Mentions in the order of the text. `actors` by their words; `governments`: states by their seats (offsets)."""
    referents = Referents((text[n.start : n.end] for n in names if n.label == "PERSON"), document_id)
    found = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        words = text[name.start : name.end]
        if iso3 := governments.get((name.start, name.end)):
            found.append(_mention(text, replace(name, label="ORG"), state_referent(iso3), None))
            continue
        owner = _owner(name, names) if words not in actors else None
        known = text[owner.start : owner.end] if owner else words
        role = _role(doc, text, name)
        referent = referents.meet(owner.label if owner else name.label, known, actors.get(known), role)
        if referent is not None and referent.kind == "PERSON" and name.label in {"ORG", "GPE"}:
            name = replace(name, label="PERSON")  # "Barbecue", as he is known
        if referent is not None:
            _learn(text, name, referent, role, referents)
        found.append(_mention(text, name, referent, role))
    found = sorted(_resolved(text, found, referents), key=lambda m: (m.start, -m.end))
    return tuple(m for at, m in enumerate(found) if not _is_repeated(m, found[max(0, at - 3) : at]))


def _is_repeated(mention: Mention, before: Sequence[Mention]) -> bool:
    """Does it lie in a longer mention of the same referent? "M23" in "M23 rebels"."""
    return mention.entity_id is not None and any(
        m.entity_id == mention.entity_id and mention.end <= m.end for m in before
    )


def _owner(group: Name, names: Sequence[Name]) -> Name | None:
    """The body whose people a group is: "Fajr" of "Fajr fighters"."""
    inner = (n for n in names if group.start <= n.start and n.end < group.end and n.label == "ORG" and n is not group)
    return next(inner, None) if group.label in {"ORG", "GROUP"} else None


def _learn(text: str, name: Name, referent: Referent, role: str | None, referents: Referents) -> None:
    """The office held; other forms of the name that stand in brackets after it; what kind of body it is."""
    if role and (held := office(role)):
        referents.hold(held, referent)
    for start, end in (abbreviation_after(text, name.start, name.end), long_form_after(text, name.start, name.end)):
        if start < end:
            referents.alias(text[start:end], referent)
    if name.label in {"PERSON", "ORG"} and (other := also_known_as(text, name.end)):
        referents.alias(other, referent)
    if name.label == "ORG":
        _, blank, last = text[name.start : name.end].lower().rpartition(" ")
        kinds = {last} & body_nouns() if blank else set()
        for noun in kinds | ({"group"} if referent.sector in ARMED else set()):
            referents.hold(noun, referent)


def _role(doc: Doc, text: str, name: Name) -> str | None:
    """The title or office beside a person's name."""
    span = doc.char_span(name.start, name.end, alignment_mode="expand") if name.label == "PERSON" else None
    if span is None:
        return None
    return role_before(span) or title_in(text[name.start : name.end]) or role_around(text, name.start, name.end)


def _mention(text: str, name: Name, referent: Referent | None, role: str | None) -> Mention:
    """A mention; "armed men", and a surname that several bear, are nobody that is known: without id and name."""
    found = Mention(
        start=name.start, end=name.end, text=text[name.start : name.end], label=name.label, score=name.score, role=role
    )
    if referent is None:
        return found
    found = replace(found, country=referent.country, sector=referent.sector)
    if referent.kind == "GROUP":
        return found
    known = referent.key if referent.kind == "ACTOR" else None
    return replace(found, entity_id=referent.entity_id, name=referent.name, known=known)


def _resolved(text: str, found: Sequence[Mention], referents: Referents) -> list[Mention]:
    """With "the prime minister", "the group" for the only one of that kind that the text has named before."""
    first = {m.entity_id: m.start for m in reversed(found)}
    taken = {(m.start, m.end): m for m in found}
    added = dict(_references(text, referents, first))
    free = {at: m for at, m in added.items() if at not in taken and not _overlaps(at, taken)}
    groups = {at: m for at, m in added.items() if at in taken and taken[at].label == "GROUP"}
    return list({**taken, **free, **groups}.values())


def _references(
    text: str, referents: Referents, first: Mapping[str | None, int]
) -> Iterator[tuple[tuple[int, int], Mention]]:
    """Mentions of what is called by its office or kind, where one referent alone can be meant."""
    for start, end, words in references(text):
        held = referents.holder(words)
        if held is not None and first.get(held.entity_id, end) < start:
            label, role = ("PERSON", words) if held.kind == "PERSON" else ("GROUP", None)
            yield (start, end), _mention(text, Name(start, end, label), held, role)


def _overlaps(at: tuple[int, int], taken: Mapping[tuple[int, int], Mention]) -> bool:
    return any(start < at[1] and at[0] < end for start, end in taken)
