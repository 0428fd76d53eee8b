"""Word classes, features and lemmas of English, looked up once a word.

spaCy's attribute ruler matches 179 patterns at every token and its lemmatizer asks every token in Python: together a
fifth of the pipeline's time. All but nine patterns look at one token alone, so what they say of a word with its tag and
relation stands, and so does its lemma. The original components answer once for each such word; the answer is kept.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

Pattern = dict[str, Any]  # as the ruler writes it
Rows = Any  # numpy array of 64-bit hashes, a row a token

ASKED = [ORTH, TAG, DEP]
TOLD = [TAG, DEP, POS, MORPH, LEMMA]
MIX = np.array([1, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)  # odd: hashes of hashes stay apart
MOST_KNOWN = 200_000  # words kept, about 30 MB; a piece of text has fewer


class KnownWords:
    """What the ruler and the lemmatizer would set, with what they said of each word kept for the next time."""

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        self.vocab, self.lemmatizer = ruler.vocab, lemmatizer
        together = [p for p in ruler.patterns if _width(p) > 1]
        self.alone = self._ruler(p for p in ruler.patterns if _width(p) == 1)
        self.together = self._ruler(together)
        self.signs = np.array([self.vocab.strings.add(_sign(p)) for p in together], dtype=np.uint64)
        self._forget()

    def _ruler(self, patterns: Iterable[Pattern]) -> Any:
        ruler: Any = AttributeRuler(self.vocab)
        ruler.add_patterns(patterns)
        return ruler

    def _forget(self) -> None:
        self.row_of: dict[int, int] = {}
        self.told: Rows = np.empty((MOST_KNOWN, len(TOLD) + 1), dtype=np.uint64)  # memory comes with use

    def __call__(self, doc: Doc) -> Doc:
        """Sets word class, features and lemma of all tokens, whose tags and relations are known."""
        if not len(doc):
            return doc
        asked = doc.to_array(ASKED)
        told = self._told(asked)
        doc.from_array([TAG, POS, MORPH, LEMMA], told[:, [0, 2, 3, 4]])
        for number in np.flatnonzero(told[:, 1] != asked[:, 2]).tolist():
            doc[number].dep = int(told[number, 1])  # spaces have no relation
        signs = np.isin(doc.to_array([LOWER, DEP]), self.signs).any(axis=1)
        for number in np.flatnonzero(signs).tolist():
            self._set_together(doc, max(0, number - 1), number + 2, told)
        return doc

    def _told(self, asked: Rows) -> Rows:
        """What is known of each token: TOLD, and the lemma that the ruler set (0: none)."""
        keys = (asked * MIX).sum(axis=1, dtype=np.uint64).tolist()
        if new := {key: n for n, key in enumerate(keys) if key not in self.row_of}:
            first, last = len(self.row_of), len(self.row_of) + len(new)
            if last > MOST_KNOWN:
                self._forget()
                return self._told(asked)
            self.told[first:last] = self._ask(asked[list(new.values())])
            self.row_of |= {key: first + n for n, key in enumerate(new)}
        return self.told[[self.row_of[key] for key in keys]]

    def _ask(self, asked: Rows) -> Rows:
        doc = Doc(self.vocab, words=[self.vocab.strings[orth] for orth in asked[:, 0].tolist()])
        doc.from_array([TAG, DEP], asked[:, 1:])
        ruled = self.alone(doc).to_array(LEMMA)
        return np.column_stack([self.lemmatizer(doc).to_array(TOLD), ruled])

    def _set_together(self, doc: Doc, start: int, end: int, told: Rows) -> None:
        """Patterns of two tokens, where a word stands without which they cannot match."""
        found = [(*key, start + a, start + z) for *key, a, z in self.together.match(doc[start:end])]
        for number in range(start, min(end, len(doc))) if found else ():
            doc[number].lemma = int(told[number, -1])
        self.together.set_annotations(doc, found)
        if found:
            self.lemmatizer(doc)


def _width(pattern: Pattern) -> int:
    return max(map(len, pattern["patterns"]))


def _sign(pattern: Pattern) -> str:
    """A word or relation without which the pattern cannot match."""
    tokens = [token for alternative in pattern["patterns"] for token in alternative]
    exact = (token.get(name) for token in tokens for name in ("LOWER", "DEP"))
    return next(word for word in exact if isinstance(word, str))


@Language.factory("dateline_words")
def known_words(nlp: Language, name: str) -> KnownWords:
    """In place of the pipeline's attribute ruler and rule lemmatizer, which it asks."""
    return KnownWords(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))


def with_known_words(nlp: Language) -> Language:
    """The English pipeline with `KnownWords` in place of the two components."""
    nlp.add_pipe("dateline_words", after="lemmatizer")
    nlp.disable_pipe("attribute_ruler")
    nlp.disable_pipe("lemmatizer")
    return nlp
