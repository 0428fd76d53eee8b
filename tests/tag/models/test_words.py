"""Known words: what the pipeline's own ruler and lemmatizer say, for every token of every text."""

from __future__ import annotations

import warnings

import pytest
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.language import Language

from pipeline.demo import load_stories
from pipeline.tag.models import words
from pipeline.tag.models.spacy_model import load_model, packaged_folder, with_paragraphs

ALL = [TAG, POS, MORPH, LEMMA, DEP, HEAD, ENT_TYPE, ENT_IOB, SENT_START]

COMPANY = [  # words whose lemma or class depends on the word beside them
    "Let's go: the army's gonna attack, it ain't over. Y'all c'mon.",
    "There is war. There's peace, there were talks, and we gotta leave.",
    "They ain't there. Let the dogs out! All of y'all, let us pray.",
    "What is \n\n there? \t Nothing  is.",
    "",
    " ",
    "gonna",
]


@pytest.fixture(scope="module")
def plain() -> Language:
    """The packaged pipeline as it comes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return with_paragraphs(spacy.load(packaged_folder()))


@pytest.mark.parametrize("text", COMPANY)
def test_words_in_company(plain: Language, text: str) -> None:
    known = load_model()
    for _ in range(2):  # asked, then remembered
        assert (known(text).to_array(ALL) == plain(text).to_array(ALL)).all()


def test_the_demo_wire(plain: Language) -> None:
    known = load_model()
    for story in load_stories():
        text = "\n\n".join(story.paragraphs)
        assert (known(text).to_array(ALL) == plain(text).to_array(ALL)).all(), text


def test_memory_is_bounded(plain: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST_KNOWN", 40)
    known = words.with_known_words(spacy.load(packaged_folder()))
    for text in (
        "Ten trains left Varn.",
        "Rebels took the harbour of Port Sel and held it.",
        "Talks failed.",
    ):
        assert (known(text).to_array(ALL) == plain(text).to_array(ALL)).all()
    assert len(known.get_pipe("dateline_words").row_of) <= 40
