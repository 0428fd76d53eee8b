"""From matches to drafts of events: one deed told twice is joined, governors take their content, plans are recast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import cast

from spacy.tokens import Token

from pipeline.records import Modality
from pipeline.tag.clause import surface_subjects
from pipeline.tag.events.belonging import Belonging, causes
from pipeline.tag.events.matches import Match, fills
from pipeline.tag.events.modality import is_about, is_known
from pipeline.tag.events.modes import FROM_AFAR
from pipeline.tag.events.participants import Roster
from pipeline.tag.events.triggers import Lexicon, Outcome
from pipeline.tag.events.truth import Truth
from pipeline.tag.grammar import children, keys, pobjs, with_conjuncts

# Governors whose content names the other side: "agreed to meet X", "called for sanctions against X".
TAKES_PARTIES = frozenset({"AGREE", "REJECT", "THREATEN", "CONCEDE", "REQUEST", "PROTEST"})
# What mode by the instrument says more than the trigger's own: jets that bomb, drones that fire missiles.
FINER: Mapping[str | None, Set[str]] = {
    "destroy": FROM_AFAR,
    "explosives": FROM_AFAR - {"explosives", "suicide-attack"},
    "heavy-weapons": frozenset({"aerial", "drone"}),
    "aerial": frozenset({"drone"}),
}
ASIDE = frozenset({"nsubj", "nsubjpass", "relcl", "advcl", "parataxis", "appos", "poss"})
AIMING = frozenset({"REQUEST", "PROTEST", "MOBILIZE"})  # what they are for is no event of its own
CARRIERS = ("subj", "with", "by", "from", "using")
MEANS = (*CARRIERS, "in")


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before its parties are read: the match that carries it and those folded into it."""

    match: Match
    type: str
    mode: str | None
    truth: Truth
    parts: tuple[Match, ...] = ()


def fold(
    matches: Sequence[Match], truths: Mapping[int, Truth], fates: Mapping[int, str], roster: Roster, lexicon: Lexicon
) -> list[Draft]:
    """Drafts of a sentence's events; `fates` are the kinds of toll by the token that tells them."""
    drafts = {m.head.i: Draft(m, m.trigger.type, m.trigger.mode, truths[m.head.i]) for m in matches}
    _join_effects(drafts, Belonging(fates, roster, lexicon))
    _drop_movements(drafts)
    _take_content(drafts, lexicon)
    whole = [_with_purpose(_with_means(draft, lexicon), lexicon) for draft in drafts.values()]
    return [_recast(each, lexicon) for draft in whole for each in (draft, *_besides(draft, lexicon))]


def _join_effects(drafts: dict[int, Draft], belonging: Belonging) -> None:
    """An effect ("killed 12") joins the deed it belongs to ("a raid"), which carries the event."""
    joined = _join_bombers(drafts, belonging)  # "killing three and wounding eight": where the one went, the other goes
    for index in [*sorted(drafts), *sorted(drafts)]:  # "killed and hurt in a blast": behind the hurt go the killed
        draft = drafts.get(index)
        if draft is None or not draft.match.trigger.effect:
            continue
        deed = _deed_of(draft, drafts, joined, belonging)
        if deed is not None:
            joined[index] = deed.match.head.i
            effect = belonging.as_effect(draft.match)
            drafts[deed.match.head.i] = replace(deed, parts=(*deed.parts, effect, *draft.parts))
            del drafts[index]


def _join_bombers(drafts: dict[int, Draft], belonging: Belonging) -> dict[int, int]:
    """ "A suicide bomber struck": who strikes is named by a deed of the same. Which head went to which."""
    joined: dict[int, int] = {}
    for deed in [d for d in drafts.values() if d.type == "ASSAULT" and not d.match.trigger.effect]:
        for doer in belonging.doers(deed.match):
            named = drafts.get(doer.i)
            if named is not None and named.type == "ASSAULT" and named.truth == deed.truth:
                deed = drafts[deed.match.head.i] = replace(deed, parts=(*deed.parts, named.match))
                joined[doer.i] = deed.match.head.i
                del drafts[doer.i]
    return joined


def _deed_of(
    effect: Draft, drafts: Mapping[int, Draft], joined: Mapping[int, int], belonging: Belonging
) -> Draft | None:
    """The nearest other deed of violence, as true as the effect, that the effect may have come of."""
    others = [d for d in drafts.values() if d.match is not effect.match and d.type == "ASSAULT"]
    by_token = {t.i: d for d in others for t in d.match.tokens} | {d.match.head.i: d for d in others}
    for token in with_conjuncts(belonging.near(effect.match)):
        deed = by_token.get(joined.get(token.i, token.i))
        if deed is not None and deed.truth == effect.truth and belonging.holds(effect.match, deed.match):
            return deed
    return None


def _drop_movements(drafts: dict[int, Draft]) -> None:
    """Forces that are moved and then strike are one deed: "units were called up and returned fire" is the fire."""
    struck = [t for d in drafts.values() if d.type == "ASSAULT" for t in _strikers(d)]
    for index, draft in list(drafts.items()):
        movers = {t.i for t in (*draft.match.tokens[1:], *fills(draft.match, "subj"))}
        if draft.type == "MOBILIZE" and any(t.i in movers and v.head.i == index for v, t in struck):
            del drafts[index]


def _strikers(deed: Draft) -> list[tuple[Token, Token]]:
    """The verb of a deed that is told as what follows another verb, with each of who does it."""
    verb = deed.match.verb
    if verb is None or verb.dep_ not in {"conj", "advcl"} or deed.truth.modality != "actual":
        return []
    if verb.dep_ == "advcl" and verb.tag_ != "VBG":
        return []
    return [(verb, t) for t in surface_subjects(verb)]


def _take_content(drafts: dict[int, Draft], lexicon: Lexicon) -> None:
    """A governor takes the event it holds as content, as the tables say: "agreed to withdraw" is one CONCEDE."""
    for index in sorted(drafts, reverse=True):
        draft = drafts[index]
        outer = _complement_of(draft.match, [d.match for d in drafts.values()], lexicon)
        if outer is None or outer.head.i not in drafts:
            continue
        governor = drafts[outer.head.i]
        outcome = _outcome(governor.type, draft, lexicon)
        if outcome is None:
            continue
        drafts[outer.head.i] = replace(
            governor,
            type=outcome.type or governor.type,
            mode=outcome.mode or governor.mode if outcome.type is None else outcome.mode,
            parts=(*governor.parts, draft.match) if governor.type in TAKES_PARTIES else governor.parts,
        )
        del drafts[index]


def _complement_of(match: Match, outer: Iterable[Match], lexicon: Lexicon) -> Match | None:
    """The match whose content this one is: "agreed to WITHDRAW", "called for TALKS", "plan to STRIKE"."""
    by_token = {t.i: m for m in outer if m is not match for t in m.tokens}
    token = match.head
    if match.light is not None and match.light.i not in by_token:
        token = match.light
    for _ in range(6):
        asked = token.dep_ == "advcl" and token.tag_ == "VB" and _has_aims(by_token.get(token.head.i))
        if token.head == token or (token.dep_ in ASIDE and not asked):
            return None
        if token.dep_ == "acl" and token.tag_ != "VB":
            return None
        if token.dep_ == "prep" and is_known(match.head) and _is_topic(token.head, lexicon):
            return None
        beside = token.dep_ == "conj" and token.pos_ == "VERB"  # "refused to meet and expelled": no content of "meet"
        token = token.head
        if token.i in by_token and not beside:
            return by_token[token.i]
    return None


def _is_topic(noun: Token, lexicon: Lexicon) -> bool:
    """ "Demanded an inquiry into the murder", which there was; "demanded an end to the siege" asks for nothing else."""
    return is_about(noun, lexicon) and not keys(noun) & lexicon.words["ends"]


def _has_aims(outer: Match | None) -> bool:
    """ "Marched to protest", "were deployed to arrest"; "called on X to stop" is often parsed as if it were one."""
    return outer is not None and outer.trigger.type in AIMING


def _outcome(outer: str, inner: Draft, lexicon: Lexicon) -> Outcome | None:
    if outer == "AGREE" and inner.truth.polarity == "negated":  # "vowed never to negotiate"
        return lexicon.refused.get(inner.type) or lexicon.complements.get((outer, inner.type))
    exact = lexicon.complements.get((outer, f"{inner.type}.{inner.mode}"))
    return exact or lexicon.complements.get((outer, inner.type))


def _with_means(draft: Draft, lexicon: Lexicon) -> Draft:
    """The mode of a deed of violence by its instrument, where the trigger gives none or one that says less."""
    if draft.type != "ASSAULT":
        return draft
    if draft.mode is None:
        inner = next((m.trigger.mode for m in draft.parts if m.trigger.type == "ASSAULT" and m.trigger.mode), None)
        draft = replace(draft, mode=inner or _mode_of(_means(draft), lexicon))
    finer = _mode_of(_means(draft) if draft.mode == "destroy" else _carriers(draft, lexicon), lexicon)
    return replace(draft, mode=finer) if finer in FINER.get(draft.mode, ()) else draft


def _mode_of(instruments: Iterable[Token], lexicon: Lexicon) -> str | None:
    for token in instruments:
        names = keys(token) | {k for c in token.lefts if c.dep_ == "compound" for k in keys(c)}
        known = [n for n in sorted(names, key=len, reverse=True) if n in lexicon.instruments]
        if known:
            return lexicon.instruments[known[0]]
    return None


def _carriers(draft: Draft, lexicon: Lexicon) -> list[Token]:
    """What a bomb or a shell came from: who dropped it, and not whom it hit."""
    deed = draft.match
    found = [t for place in CARRIERS for t in with_conjuncts(fills(deed, place))]
    bombs = [*found, *(t for m in (deed, *draft.parts) for t in (*m.tokens, *surface_subjects(m.head)))]
    return [o for b in bombs for o in _launchers(b, lexicon)] + found


def _launchers(noun: Token, lexicon: Lexicon) -> list[Token]:
    """ "Bombs dropped by a drone", "a missile fired from a jet"; not "a convoy protected by helicopters"."""
    thrown = [c for c in children(noun, "acl") if c.lemma_.lower() in lexicon.words["launching"]]
    return [o for c in thrown for o in pobjs(c, "by", "from")]


def _means(draft: Draft) -> list[Token]:
    """Words that may name what it was done with."""
    found: list[Token] = []
    for match in (draft.match, *draft.parts):
        died_of = ("of",) if match.trigger.kind == "verb" else ()  # not of "the killing of a helicopter pilot"
        found += [t for place in (*MEANS, *died_of) for t in with_conjuncts(fills(match, place))]
        found += [*match.tokens[1:], *(surface_subjects(match.head) if match.head.pos_ == "VERB" else [match.head])]
        found += causes(match.head)
        found += [o for c in match.head.children if c.lower_ == "using" for o in c.children if o.dep_ == "dobj"]
    return found


def _with_purpose(draft: Draft, lexicon: Lexicon) -> Draft:
    """The type by what the deed is for: troops that are sent to keep the peace are AID."""
    top = draft.match.light or draft.match.head
    said = {t.lower_ for t in top.subtree}
    found = (name for name, words in lexicon.purposes.get(draft.type, {}).items() if words & said)
    becomes = next(found, None)
    return draft if becomes is None else replace(draft, type=becomes, mode=None)


def _besides(draft: Draft, lexicon: Lexicon) -> list[Draft]:
    """What the deed is, too, by the words of its clause: who is sentenced to prison is imprisoned."""
    head = draft.match.head
    said = {t.lower_ for c in head.children if c.dep_ != "conj" for t in c.subtree} | {head.lemma_.lower()}
    found = (name for name, words in lexicon.besides.get(f"{draft.type}.{draft.mode}", {}).items() if words & said)
    return [replace(draft, type=kind, mode=mode) for kind, mode in (name.split(".") for name in found)]


def _recast(draft: Draft, lexicon: Lexicon) -> Draft:
    """A type of its own goes before a type with a flag: a planned visit is AGREE, "will not meet" is REJECT."""
    if draft.truth.modality != "planned":
        return draft
    refusal = draft.truth.polarity == "negated"
    outcome = (lexicon.refused if refusal else lexicon.planned).get(draft.type)
    if outcome is None:
        return draft
    modality = cast(Modality, outcome.modality or draft.truth.modality)
    truth = Truth("affirmed", modality)
    return replace(draft, type=outcome.type or draft.type, mode=outcome.mode, truth=truth)
