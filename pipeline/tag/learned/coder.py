"""The coder that asks rules and model, and the one that asks the model alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from spacy.tokens import Token

from pipeline.records import Event, Modality, Participant, Polarity
from pipeline.tag.amounts.tolls import find_tolls
from pipeline.tag.events.coder import Reading, Setting, event_of, read_sentences, told_together, without_harmless
from pipeline.tag.events.fold import Draft
from pipeline.tag.events.matches import KIND_OF, Match, find_fits, light_verb
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.participants import Wanted, parties
from pipeline.tag.events.roles import RECIPIENTS, Sides
from pipeline.tag.events.triggers import LEARNED, NO_EVENT, Lexicon, Trigger
from pipeline.tag.events.truth import Truth
from pipeline.tag.learned.asked import Asked
from pipeline.tag.learned.combine import ALONE, BOTH, Verdict, Weights, adds, as_worded, judged, outermost
from pipeline.tag.learned.opinions import Model, Opinion, open_model

SHIPPED = Path(__file__).parent / "model"
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LearnedCoder:
    """The model, with the rules' events before it, or alone.

    Where an entry of `silent` fits, the model adds nothing: what is no event, and what the operator has muted.
    """

    lexicon: Lexicon
    silent: Lexicon
    model: Model
    name: str
    weights: Weights
    alone: bool

    @property
    def version(self) -> str:
        """The model's and the lexicon's."""
        return f"{self.name} {self.model.version} {self.lexicon.version}"

    def code(self, text: ParsedText) -> tuple[Event, ...]:
        """All events of the text, in the order of their triggers."""
        setting = Setting.of(text, self.lexicon)
        read = list(read_sentences(setting, self.lexicon))
        asked = [Asked.of(reading.sentence, coded, setting.text) for reading, coded in read]
        opinions = self.model.opinions(asked, self.weights.sure, blind=self.alone)
        found = [
            event
            for (reading, coded), told in zip(read, opinions, strict=True)
            for event in self._sentence(reading, coded, told, setting)
        ]
        return told_together(found, setting, self.lexicon)

    def _sentence(
        self, reading: Reading, coded: Sequence[tuple[Draft, Event]], told: Sequence[Opinion], setting: Setting
    ) -> Iterator[Event]:
        known = [] if self.alone else coded
        heads = {draft.match.head.i for draft, _ in known}
        carriers = [o for o in told if o.word.i not in heads]
        for draft, event in known:
            yield from self._judged(draft, event, told, carriers, setting)
        own = [o for o in told if o.word.dep_ != "compound" and adds(o, self.weights)]
        if own:
            taken = self._taken(reading, setting)
            free = [o for o in own if o.word.i not in taken and not any(_is_same_deed(o, *one) for one in known)]
            for opinion in _apart(free):
                if (added := self._added(opinion, reading, setting)) is not None:
                    yield added

    def _taken(self, reading: Reading, setting: Setting) -> set[int]:
        """The words at which the model adds nothing: the rules read them, or they are silent."""
        drafts = () if self.alone else reading.drafts
        matches = find_fits(reading.sentence, self.silent, setting.roster)
        matches += [m for d in drafts for m in (d.match, *d.parts)]
        return {t.i for m in matches for t in (*m.tokens, m.light) if t}

    def _judged(
        self, draft: Draft, event: Event, told: Sequence[Opinion], carriers: Sequence[Opinion], setting: Setting
    ) -> Iterator[Event]:
        """An event of the rules as the model leaves it: by its opinion on the head of the trigger.

        Where it sees the deed at a word that is tied to that ("a bomb" of "a bomb killed"), the event stays as it is.
        """
        telling, opinion = _telling(draft, told), next((o for o in told if o.word == draft.match.head), None)
        carrier = _carrier(draft, event.type, carriers)
        if telling < self.weights.keep and carrier and carrier.share(event.type) >= self.weights.keep:
            yield replace(event, **_asked(carrier))
        elif opinion is None:
            yield event
        elif verdict := judged(event, opinion, telling, self.weights):
            yield self._by_verdict(event, verdict, opinion, setting)

    def _by_verdict(self, event: Event, verdict: Verdict, opinion: Opinion, setting: Setting) -> Event:
        """The event of the model's type and mode, with its recipients."""
        kind = self.lexicon.types[verdict.type]
        actors, recipients = self._sides(opinion, verdict.type, setting)
        actors = event.actors or _without(actors, event.recipients)
        return replace(
            event,
            type=kind.name,
            mode=verdict.mode,
            quad=kind.quad,
            scale=kind.modes.get(verdict.mode, kind.scale) if verdict.mode else kind.scale,
            actors=actors,
            recipients=as_worded(_without(recipients, actors), event.recipients) or event.recipients,
            **_asked(opinion),
        )

    def _added(self, opinion: Opinion, reading: Reading, setting: Setting) -> Event | None:
        """An event that the rules have not."""
        trigger = _trigger(opinion)
        match = Match(trigger, opinion.word, (opinion.word,), light_verb(opinion.word, trigger, self.lexicon))
        truth = Truth(cast(Polarity, opinion.polarity), cast(Modality, opinion.modality))
        draft = Draft(match, opinion.type, trigger.mode, truth)
        tolls = reading.tolls or tuple(find_tolls(reading.sentence, self.lexicon))
        if not without_harmless([draft], reading.sentence, setting.text, has_victims=bool(tolls)):
            return None
        actors, recipients = self._sides(opinion, opinion.type, setting)
        if not (actors or recipients):
            return None
        whole = Reading(reading.sentence, tolls, (*reading.drafts, draft))
        event = event_of(draft, whole, setting, self.lexicon, (actors, _without(recipients, actors)))
        return replace(event, **_asked(opinion)) if event else None

    def _sides(self, opinion: Opinion, kind: str, setting: Setting) -> Sides:
        """The parties that the model names, as the rules would write them."""
        wanted = RECIPIENTS.get(kind, "anything")
        return self._parties(opinion.actors, setting, "actor"), self._parties(opinion.recipients, setting, wanted)

    def _parties(self, heads: Sequence[Token], setting: Setting, wanted: Wanted) -> tuple[Participant, ...]:
        found = [p for head in heads for p in parties([head], setting.roster, self.lexicon, wanted)]
        return outermost(found)


def both(lexicon: Lexicon, folder: Path | None = None, weights: Weights = BOTH) -> LearnedCoder:
    """Rules and model together."""
    return LearnedCoder(lexicon, _silent(lexicon), open_model(folder or SHIPPED), "both", weights, alone=False)


def alone(lexicon: Lexicon, folder: Path | None = None, weights: Weights = ALONE) -> LearnedCoder:
    """The model alone."""
    return LearnedCoder(lexicon, _silent(lexicon), open_model(folder or SHIPPED), LEARNED, weights, alone=True)


def _silent(lexicon: Lexicon) -> Lexicon:
    """The entries that tell no event, and those that the operator has muted."""
    return lexicon.of((*lexicon.muted, *(t for t in lexicon.triggers if t.type == NO_EVENT)))


def _apart(opinions: Sequence[Opinion]) -> list[Opinion]:
    """One opinion a deed: of "opened fire" the surer word, where one hangs on the other and both are of one type."""
    kept: list[Opinion] = []
    for one in sorted(opinions, key=lambda o: -o.share(o.type)):
        if not any(one.type == other.type and _hang_together(one.word, other.word) for other in kept):
            kept.append(one)
    return kept


def _telling(draft: Draft, told: Sequence[Opinion]) -> float:
    """How likely any of the trigger's words tells an event; 1 where the model has not read them."""
    words = {t.i for t in draft.match.tokens}
    return max((o.telling for o in told if o.word.i in words), default=1.0)


def _carrier(draft: Draft, kind: str, opinions: Sequence[Opinion]) -> Opinion | None:
    """Of the words that are tied to a rules' word the one that tells that type most likely."""
    tied = [o for o in opinions if _are_tied(o.word, draft.match.head)]
    return max(tied, key=lambda o: o.share(kind), default=None)


def _is_same_deed(opinion: Opinion, draft: Draft, event: Event) -> bool:
    """Whether the model sees at another word what the rules have coded: at "bomb" the killing."""
    return opinion.type == event.type and _are_tied(opinion.word, draft.match.head)


def _are_tied(noun: Token, head: Token) -> bool:
    """ "A bomb killed nine", "nine were killed in an attack", "killed and wounded in …", "an attack in which …"."""
    above = noun.head.head if noun.head.dep_ == "prep" else noun.head
    heads = (head, head.head) if head.dep_ == "conj" else (head,)
    return above in heads or noun in (h.head for h in heads if h.dep_ in {"relcl", "acl"})


def _hang_together(one: Token, other: Token) -> bool:
    return one.head == other or other.head == one or abs(one.i - other.i) == 1


def _asked(opinion: Opinion) -> dict[str, Any]:
    """What the model says by itself."""
    kind, share = opinion.own_type
    return {"learned_type": kind, "learned_share": round(share, 2)}


def _without(parties: Sequence[Participant], others: Sequence[Participant]) -> tuple[Participant, ...]:
    taken = {(p.start, p.end) for p in others}
    return tuple(p for p in parties if (p.start, p.end) not in taken)


def _trigger(opinion: Opinion) -> Trigger:
    """An entry of one word, as if the lexicon had it."""
    return Trigger(
        id=LEARNED, kind=KIND_OF[opinion.word.pos_], type=opinion.type, mode=opinion.mode(opinion.type),
        pattern=opinion.word.lemma_, head=NOTHING, rest=(), rest_heads=(), actor=("subj",), recipient=("obj",),
        needs=(), subject=NOTHING, object=NOTHING, not_subject=NOTHING, not_object=NOTHING, not_owner=NOTHING,
        never=NOTHING, mutual=False, plural=False, passive=False, effect=False, alone=False, examples=(), counter="",
    )  # fmt: skip
