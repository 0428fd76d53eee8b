"""Another recogniser's names in the place of the pipeline's own. The recognisers here are rules, written out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.tag.models.labels import Scheme
from pipeline.tag.models.recogniser import Found, Names, score_of

SCHEME = Scheme("rules", frozenset({"PERSON", "GPE"}), {"PER": "PERSON", "LOC": "GPE", "MISC": ""})


@dataclass
class Capitals:
    """Runs of words with capitals are persons; "Mosul" is a place, "Cup" is dropped. Remembers what it was given."""

    limit: int = 1000
    version: str = "capitals 1"
    seen: list[str] = field(default_factory=list)

    def measure(self, texts: Sequence[str]) -> list[int]:
        return [len(t.split()) for t in texts]

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        self.seen += texts
        return [[self._found(m) for m in re.finditer(r"[A-Z]\w+(?: [A-Z]\w+)*[,.]?", text)] for text in texts]

    def _found(self, match: re.Match[str]) -> Found:
        label = {"Mosul": "LOC", "Cup": "MISC"}.get(match[0].strip(",."), "PER")
        return Found(match.start(), match.end(), label, 0.75)


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "DATE", "pattern": "Thursday"}, {"label": "PERSON", "pattern": "the north"},
                        {"label": "NORP", "pattern": "Iraqi"}, {"label": "NORP", "pattern": "Hassan"}])  # fmt: skip
    return nlp


def tagged(nlp: Language, text: str, limit: int = 1000) -> Doc:
    return Names(Capitals(limit), SCHEME)(nlp(text))


def test_names_come_from_the_recogniser_and_other_kinds_from_below(nlp: Language) -> None:
    doc = tagged(nlp, "from the north of Mosul came Karim Hassan, by thursday.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Mosul", "GPE"), ("Karim Hassan", "PERSON")]


def test_a_date_from_below_stays_where_no_name_lies_over_it(nlp: Language) -> None:
    names = Names(Capitals(), Scheme("none", frozenset({"PERSON"}), {"PER": ""}))
    doc = names(nlp("an Iraqi unit left on Thursday from the north."))
    assert [(e.text, e.label_) for e in doc.ents] == [("Iraqi", "NORP"), ("Thursday", "DATE")]


def test_each_name_has_its_score_and_the_others_none(nlp: Language) -> None:
    names = Names(Capitals(), Scheme("p", frozenset({"PERSON"}), {"PER": "PERSON", "LOC": ""}))
    doc = names(nlp("in Mosul lives Omar Sabri."))
    assert [(e.text, score_of(e)) for e in doc.ents] == [("Omar Sabri", 0.75)]
    assert score_of(doc[0:1]) is None


def test_punctuation_at_the_ends_is_no_part_of_a_name(nlp: Language) -> None:
    assert [e.text for e in tagged(nlp, "he met Omar Sabri, and Huda.").ents] == ["Omar Sabri", "Huda"]


def test_half_a_token_is_no_name() -> None:
    nlp = spacy.blank("en")

    class Halves(Capitals):
        def find(self, texts: Sequence[str]) -> list[list[Found]]:
            return [[Found(0, 3, "PER", 0.9)] for _ in texts]

    assert Names(Halves(), SCHEME)(nlp("Samarra fell.")).ents == ()


def test_a_long_text_gives_the_names_that_its_parts_give(nlp: Language) -> None:
    sentences = [f"then Omar Sabri number {i} reached Mosul with his men." for i in range(40)]
    whole = tagged(nlp, " ".join(sentences))
    cut = tagged(nlp, " ".join(sentences), limit=25)
    assert [(e.start, e.end, e.label_) for e in cut.ents] == [(e.start, e.end, e.label_) for e in whole.ents]
    assert len(cut.ents) == 80


def test_a_window_is_read_with_the_sentence_before_it(nlp: Language) -> None:
    recogniser = Capitals(limit=12)
    Names(recogniser, SCHEME)(nlp("the first one came. the second one came. the third one came. the fourth one came."))
    assert [text.split()[1] for text in recogniser.seen] == ["first", "second", "third"]


@pytest.mark.parametrize("text", ["", " \n ", "...", "\u202e", "🚀🚀", "A" * 3000])
def test_odd_texts_are_read_without_error(nlp: Language, text: str) -> None:
    assert all(e.text in text for e in tagged(nlp, text, limit=5).ents)
