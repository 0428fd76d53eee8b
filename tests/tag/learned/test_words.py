"""Which words are asked about, and how they hang together."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from pipeline.tag.learned.words import Words, relation
from pipeline.tag.models.spacy_model import load_model


def parsed(text: str) -> Doc:
    return load_model()(text)


def word(doc: Doc, text: str) -> Token:
    return next(t for t in doc if t.text == text)


def test_verbs_and_nouns_may_tell_names_and_numbers_may_take_part() -> None:
    words = Words.of(next(parsed("Rebels shelled Varn and killed 12.").sents))
    assert [t.text for t in words.telling] == ["Rebels", "shelled", "killed"]
    assert [t.text for t in words.naming] == ["Rebels", "Varn", "12"]


@pytest.mark.parametrize(("text", "event", "other", "hangs"), [
    ("Rebels attacked a base.", "attacked", "Rebels", "nsubj"),
    ("Rebels attacked a base and a bridge.", "attacked", "bridge", "dobj>conj"),
    ("The minister met with farmers.", "met", "farmers", "prep:with>pobj"),
    ("Norland decided to attack Sudria.", "attack", "Norland", "up1:xcomp<nsubj"),
    ("Norland decided to attack Sudria.", "attack", "decided", "up1:xcomp"),
    ("Norland decided to attack Sudria.", "attack", "attack", "self"),
])  # fmt: skip
def test_how_a_word_hangs_on_an_event(text: str, event: str, other: str, hangs: str) -> None:
    doc = parsed(text)
    assert relation(word(doc, event), word(doc, other)) == hangs


def test_of_what_is_further_off_only_the_side_is_known() -> None:
    doc = parsed("Rebels attacked. Norland slept while rain fell on the harbour of the old town of Varn.")
    assert relation(word(doc, "slept"), word(doc, "Rebels")) == "before"
    assert relation(word(doc, "attacked"), word(doc, "Varn")) == "after"
