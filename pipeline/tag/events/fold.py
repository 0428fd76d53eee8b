"""From matches to drafts of events: one deed told twice is joined, governors take their content, plans are recast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from spacy.tokens import Token

from pipeline.records import Modality
from pipeline.tag.events.matches import Match, complement_of, fills
from pipeline.tag.events.triggers import Lexicon, Outcome
from pipeline.tag.events.truth import Truth
from pipeline.tag.grammar import children, keys, pobjs, surface_subjects, with_conjuncts

# Governors whose content names the other side: "agreed to meet X", "called for sanctions against X".
TAKES_PARTIES = frozenset({"AGREE", "REJECT", "THREATEN", "CONCEDE", "REQUEST"})
FROM_AFAR = frozenset({"explosives", "suicide-attack", "aerial", "drone", "heavy-weapons"})  # say more than "destroy"
MEANS = ("subj", "with", "by", "in", "from", "using", "of")


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before its parties are read: the match that carries it and those folded into it."""

    match: Match
    type: str
    mode: str | None
    truth: Truth
    parts: tuple[Match, ...] = ()


def fold(matches: Sequence[Match], truths: Mapping[int, Truth], lexicon: Lexicon) -> list[Draft]:
    """Drafts of a sentence's events."""
    drafts = {m.head.i: Draft(m, m.trigger.type, m.trigger.mode, truths[m.head.i]) for m in matches}
    _join_effects(drafts)
    _take_content(drafts, lexicon)
    return [_recast(_with_purpose(_with_means(draft, lexicon), lexicon), lexicon) for draft in drafts.values()]


def _join_effects(drafts: dict[int, Draft]) -> None:
    """An effect ("killed 12") joins the deed it belongs to ("a raid"), which carries the event."""
    joined: dict[int, int] = {}  # "killing three and wounding eight": where the killing went, the wounding goes
    for index in sorted(drafts):
        draft = drafts[index]
        if not draft.match.trigger.effect:
            continue
        deed = _deed_of(draft, drafts, joined)
        if deed is not None and deed.truth == draft.truth:
            joined[index] = deed.match.head.i
            drafts[deed.match.head.i] = replace(deed, parts=(*deed.parts, draft.match, *draft.parts))
            del drafts[index]


def _deed_of(effect: Draft, drafts: Mapping[int, Draft], joined: Mapping[int, int]) -> Draft | None:
    others = {d.match.head.i: d for d in drafts.values() if d.match is not effect.match and d.type == "ASSAULT"}
    for token in with_conjuncts(_near(effect.match)):
        if deed := others.get(joined.get(token.i, token.i)):
            return deed
    return None


def _near(match: Match) -> list[Token]:
    """Words that may tell of the deed that an effect belongs to."""
    verb, near = match.head, list[Token]()
    if verb.pos_ == "VERB":
        near += [*fills(match, "subj"), *surface_subjects(verb)]
        near += [t for p in ("in", "by", "during", "after", "when") for t in fills(match, p)]
        if verb.dep_ in {"advcl", "conj", "xcomp", "ccomp", "dep"}:
            near.append(verb.head)
        near += [c for c in verb.children if c.dep_ in {"advcl", "conj", "ccomp"}]
    if verb.dep_ in {"acl", "relcl"}:
        near.append(verb.head)
    return near


def _take_content(drafts: dict[int, Draft], lexicon: Lexicon) -> None:
    """A governor takes the event it holds as content, as the tables say: "agreed to withdraw" is one CONCEDE."""
    for index in sorted(drafts, reverse=True):
        draft = drafts[index]
        outer = complement_of(draft.match, [d.match for d in drafts.values()])
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


def _outcome(outer: str, inner: Draft, lexicon: Lexicon) -> Outcome | None:
    exact = lexicon.complements.get((outer, f"{inner.type}.{inner.mode}"))
    return exact or lexicon.complements.get((outer, inner.type))


def _with_means(draft: Draft, lexicon: Lexicon) -> Draft:
    """The mode of a deed of violence by its instrument, where the trigger gives none, or only that it destroys."""
    if draft.type != "ASSAULT" or draft.mode not in {None, "destroy"}:
        return draft
    inner = next((m.trigger.mode for m in draft.parts if m.trigger.type == "ASSAULT" and m.trigger.mode), None)
    mode = (inner if draft.mode is None else None) or _means(draft, lexicon)
    return replace(draft, mode=mode) if mode and (draft.mode is None or mode in FROM_AFAR) else draft


def _means(draft: Draft, lexicon: Lexicon) -> str | None:
    for match in (draft.match, *draft.parts):
        tokens = [t for place in MEANS for t in with_conjuncts(fills(match, place))]
        tokens += [*match.tokens[1:], *(surface_subjects(match.head) if match.head.pos_ == "VERB" else [match.head])]
        tokens += _causes(match.head)
        tokens += [o for c in match.head.children if c.lower_ == "using" for o in c.children if o.dep_ == "dobj"]
        for token in tokens:
            names = sorted(
                keys(token) | {k for c in token.lefts if c.dep_ == "compound" for k in keys(c)}, key=len, reverse=True
            )
            mode = next((lexicon.instruments[n] for n in names if n in lexicon.instruments), None)
            if mode is not None:
                return mode
    return None


def _causes(verb: Token) -> list[Token]:
    """What it came of: "as a result of a blast", "due to a blast", "when a bomb went off"."""
    found = [t for r in pobjs(verb, "as") if r.lemma_ == "result" for t in pobjs(r, "of")]
    found += [
        t for c in verb.children if c.lower_ in {"because", "due"} for t in (*children(c, "pobj"), *pobjs(c, "to"))
    ]
    clauses = [c for c in children(verb, "advcl") if any(m.lower_ in {"when", "after", "as"} for m in c.children)]
    return found + [s for c in clauses for s in surface_subjects(c)]


def _with_purpose(draft: Draft, lexicon: Lexicon) -> Draft:
    """The type by what the deed is for: troops that are sent to keep the peace are AID."""
    top = draft.match.light or draft.match.head
    said = {t.lower_ for t in top.subtree}
    found = (name for name, words in lexicon.purposes.get(draft.type, {}).items() if words & said)
    becomes = next(found, None)
    return draft if becomes is None else replace(draft, type=becomes, mode=None)


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
