"""What a document's words refer back to: its pronouns, and "the army" that was named before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from spacy.tokens import Doc, Span, Token

from pipeline.records import Mention
from pipeline.tag.events.descriptions import better_known, is_description, words_of
from pipeline.tag.events.pronouns import FORMS, again, is_empty, meant_by, quoted
from pipeline.tag.events.referring import ARGUMENTS, NOMINAL, Phrase, phrases_at
from pipeline.tag.events.triggers import Lexicon

FURTHEST = 100  # phrases called by the word of a description, the last of which are looked back to


@dataclass(slots=True)
class References:
    """What has been read of a document so far, by the index of the token that refers.

    `meant` are the heads that a pronoun stands for, `alike` the head by which a description is known better.
    """

    named: Mapping[int, Mention]
    lexicon: Lexicon
    meant: dict[int, tuple[Token, ...]] = field(default_factory=dict)
    alike: dict[int, Token] = field(default_factory=dict)
    _by_word: dict[str, list[Phrase]] = field(default_factory=dict)
    _genders: dict[object, str] = field(default_factory=dict)  # who was "she" once is never "he"
    _quoted: frozenset[int] = frozenset()  # somebody else's words, whose pronouns are left alone

    @classmethod
    def of(cls, doc: Doc, named: Mapping[int, Mention], lexicon: Lexicon) -> References:
        """All that can be told of a document; `named` are its mentions by the token they cover."""
        text = doc.text
        found = cls(named, lexicon, _quoted=frozenset(quoted(doc, text)))
        before: list[list[Phrase]] = []
        for sentence in doc.sents:
            here = found._read(sentence, before)
            ends = "\n" in text[sentence.start_char : sentence.end_char]  # only a paragraph's last is looked back to
            before = [here] if ends else [*before[-1:], here]
        return found

    def _read(self, sentence: Span, before: Sequence[Sequence[Phrase]]) -> list[Phrase]:
        """The phrases of a sentence; what refers back is settled on the way."""
        here: list[Phrase] = []
        for token in sentence:
            if token.pos_ in NOMINAL:
                here += self._phrases(token, here, before)
            elif (
                (form := FORMS.get(token.lower_)) and token.i not in self._quoted and not is_empty(token, self.lexicon)
            ):
                here += self._pronoun(token, form, here, before)
        return here

    def _pronoun(
        self, token: Token, form: str, here: Sequence[Phrase], before: Sequence[Sequence[Phrase]]
    ) -> Iterator[Phrase]:
        phrase = meant_by(token, form, [self._with_gender(p) for p in here], before)
        if phrase is not None and phrase.heads:
            self.meant[token.i] = phrase.heads
            if form in {"he", "she"}:
                self._genders.setdefault(phrase.key, form)
        if token.dep_ in ARGUMENTS:
            yield again(token, form, phrase)

    def _phrases(self, token: Token, here: Sequence[Phrase], before: Sequence[Sequence[Phrase]]) -> Iterator[Phrase]:
        found = phrases_at(token, self.named, self.lexicon)
        if found and is_description(token, self.named.get(token.i)):
            same = self._by_word.get(token.lemma_.lower(), ())[-FURTHEST:]
            known = better_known(token, same, [*chain(*before), *here], here, self.named)
            if known is not None:
                self.alike[token.i] = known
                found = [replace(found[0], entity_id=self._entity(known)), *found[1:]]
        for phrase in found:
            for word in words_of(phrase, self.named):
                self._by_word.setdefault(word, []).append(phrase)
            yield self._with_gender(phrase)

    def _entity(self, head: Token) -> str | None:
        head = self.alike.get(head.i, head)
        mention = self.named.get(head.i)
        return mention.entity_id if mention else None

    def _with_gender(self, phrase: Phrase) -> Phrase:
        if phrase.gender or phrase.kind not in {"person", "somebody"} or phrase.key not in self._genders:
            return phrase
        return replace(phrase, gender=self._genders[phrase.key])
