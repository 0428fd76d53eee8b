"""The shipped model: alone, and beside the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from pipeline.errors import ConfigError
from pipeline.records import Event
from pipeline.tag.events.coders import EventCoder, check_coder, open_coder
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.triggers import LEARNED, Lexicon, load_lexicon
from pipeline.tag.learned import FILES, TOKENIZER, check_learned
from pipeline.tag.learned.asked import Asked
from pipeline.tag.learned.coder import SHIPPED, both
from pipeline.tag.learned.combine import Weights
from pipeline.tag.learned.encoder import LONGEST, REMEMBERED, Encoder, Floats
from pipeline.tag.learned.opinions import Model, Opinion, Sure, open_model
from pipeline.tag.models.spacy_model import load_model

LENT = "Norland lent Sudria two billion dollars on Friday."
GIVEN = "Zambia donated 100 elephants to Senegal's empty park."  # which the rules have no word for
CHARGED = "Prosecutors charged the former mayor of Varn with taking bribes."


def whole(vectors: Floats) -> Floats:
    """A text's own vector: the mean of its pieces', of length 1."""
    mean = vectors.mean(axis=0)
    return mean / np.linalg.norm(mean)


def coded(name: str, text: str, lexicon: Lexicon | None = None) -> tuple[Event, ...]:
    return open_coder(name, lexicon or load_lexicon()).code(ParsedText(doc=load_model()(text)))


def without_loans() -> Lexicon:
    """A lexicon that has no word for them."""
    lexicon = load_lexicon()
    return lexicon.of(t for t in lexicon.triggers if not t.id.startswith("aid."))


def with_rules(tmp_path: Path, text: str) -> Lexicon:
    rules = tmp_path / "rules.toml"
    rules.write_text(text)
    return load_lexicon(rules)


@dataclass(frozen=True)
class Pointing:
    """The shipped model, but for whom it takes for recipients: those words."""

    words: tuple[str, ...]

    def opinions(self, asked: Sequence[Asked], sure: Sure, *, blind: bool = False) -> list[list[Opinion]]:
        told = open_model(SHIPPED).opinions(asked, sure, blind=blind)
        return [[replace(o, recipients=tuple(t for t in o.word.sent if t.text in self.words)) for o in s] for s in told]


@pytest.mark.parametrize("name", ["learned", "both"])
def test_the_shipped_coders_are_event_coders(name: str) -> None:
    coder = open_coder(check_coder(name), load_lexicon())
    assert isinstance(coder, EventCoder)
    assert coder.version.startswith(f"{name} ")


def test_alone_the_model_finds_type_mode_and_parties() -> None:
    (event,) = coded("learned", CHARGED)
    assert (event.type, event.mode, event.rule) == ("ACCUSE", "allege", LEARNED)
    assert [p.text for p in event.actors] == ["Prosecutors"]
    assert [p.text for p in event.recipients] == ["the former mayor of Varn"]
    assert event.trigger.text == "charged"


@pytest.mark.parametrize("name", ["learned", "both"])
@pytest.mark.parametrize(
    "text",
    [
        "Bombed, shot and killed.",  # nobody is named
        "…",
        "👍🏽 " * 30,
        "kill " * 400,  # longer than is read
        "Killed\u200b\u202eby \x00 them\n\n\n; shot",
        "SOLDIERS\tSHELLED\tVARN\tAND\tKILLED\tTEN",
    ],
)
def test_no_text_is_too_odd(name: str, text: str) -> None:
    assert isinstance(coded(name, text), tuple)


def test_beside_the_rules_it_says_what_it_thinks_of_their_events() -> None:
    (by_rules,) = coded("rules", LENT)
    (event,) = coded("both", LENT)
    assert (event.type, event.rule, event.trigger) == (by_rules.type, by_rules.rule, by_rules.trigger)
    assert by_rules.learned_type is None
    assert event.learned_type == "AID"
    assert event.learned_share is not None
    assert event.learned_share > 0.5
    assert event.confidence > by_rules.confidence  # two of one mind


def test_it_adds_what_the_rules_have_not() -> None:
    lexicon = without_loans()
    assert coded("rules", LENT, lexicon) == ()
    (event,) = coded("both", LENT, lexicon)
    assert (event.type, event.rule, event.trigger.text) == ("AID", LEARNED, "lent")
    assert [p.text for p in (*event.actors, *event.recipients)] == ["Norland", "Sudria"]


@pytest.mark.parametrize("name", ["learned", "both"])
@pytest.mark.parametrize(("text", "rules"), [
    (LENT, '[[mute]]\nrule = "aid.give-somebody"\n[[mute]]\nrule = "aid.give"\n'),
    (GIVEN, """
        [[trigger]]
        type = "NONE"
        id = "zoo"
        verbs = ["donate elephant"]
        example = "The zoo {verb} on Friday."
        counter = "The bank donated 100 dollars on Friday."
    """),
], ids=["muted", "none"])  # fmt: skip
def test_it_adds_nothing_where_the_operator_wants_none(tmp_path: Path, name: str, text: str, rules: str) -> None:
    assert coded(name, text) != ()
    assert coded(name, text, with_rules(tmp_path, rules)) == ()


@pytest.mark.parametrize(("text", "words", "recipients"), [
    ("Farmers near Varn blamed a Tajik canal.", ("Tajik",), ["a Tajik canal"]),  # the same party, in the rules' words
    ("Farmers near Varn blamed a Tajik canal.", ("Tajik", "canal"), ["a Tajik canal"]),
    ("Farmers near Varn blamed a Tajik canal.", ("Varn",), ["Varn"]),
    ("Farmers near Varn blamed a Tajik canal.", (), ["a Tajik canal"]),
    ("Gunmen robbed lorries of an aid convoy.", ("lorries", "convoy"), ["lorries of an aid convoy"]),  # a part is none
])  # fmt: skip
def test_recipients_are_the_model_s_in_the_rules_words(
    text: str, words: tuple[str, ...], recipients: list[str]
) -> None:
    coder = replace(both(load_lexicon()), model=cast(Model, Pointing(words)))
    (event,) = coder.code(ParsedText(doc=load_model()(text)))
    assert [p.text for p in event.recipients] == recipients


def test_others_than_the_rules_recipients_must_be_surer() -> None:
    text = ParsedText(doc=load_model()("Two people were stabbed to death in the crowd."))
    (event,) = both(load_lexicon()).code(text)
    (lightly,) = both(load_lexicon(), weights=Weights(swap=0.5)).code(text)
    assert [p.text for p in event.recipients] == ["Two people"]
    assert [p.text for p in lightly.recipients] == ["Two people", "the crowd"]


@pytest.mark.parametrize("text", [
    "The film was shot in Varn last summer.",
    "Shares of the bank fell sharply on Tuesday.",
    "The stadium opens its doors at six.",
])  # fmt: skip
def test_nothing_is_made_of_what_tells_no_event(text: str) -> None:
    assert coded("both", text) == coded("learned", text) == ()


def test_what_was_read_just_now_is_not_read_again() -> None:
    encoder = open_model(SHIPPED).encoder
    pieces, vectors = encoder.encode(LENT)
    assert vectors.shape == (len(pieces.ids), 384)
    assert encoder.encode(LENT)[1] is vectors
    for n in range(REMEMBERED):
        encoder.encode(f"{CHARGED} {n}")
    again, same = encoder.encode(LENT)
    assert again == pieces
    assert same is not vectors, "it was read again"
    assert np.array_equal(same, vectors)


def test_numpy_works_on_one_thread() -> None:
    with threadpool_limits(2, user_api="blas"):
        open_model.__wrapped__(SHIPPED)
        threads = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    assert threads
    assert set(threads) == {1}


def test_like_texts_have_like_vectors() -> None:
    encoder = open_model(SHIPPED).encoder
    texts = [LENT, "Sudria gets a loan of two billion dollars from Norland.", "Rain fell on the harbour all night."]
    first, alike, other = (whole(encoder.encode(text)[1]) for text in texts)
    assert float(np.linalg.norm(first)) == pytest.approx(1.0, abs=1e-3)
    assert np.dot(first, alike) > np.dot(first, other) + 0.2


def test_of_an_endless_sentence_the_beginning_is_read() -> None:
    text = "Rebels shelled " + "the villages of Karo and " * 200 + "Varn."
    pieces, vectors = open_model(SHIPPED).encoder.encode(text)
    assert len(pieces.ids) == len(vectors) == LONGEST
    assert pieces.at(0, 6) == 1
    assert pieces.at(len(text) - 5, len(text) - 1) is None
    assert coded("both", text) is not None


def test_a_folder_without_a_model_is_told_before_anything_starts(tmp_path: Path) -> None:
    assert check_learned(None) is None
    assert check_learned(SHIPPED) == SHIPPED
    (tmp_path / FILES[0]).touch()
    with pytest.raises(ConfigError, match=f"lacks {', '.join(FILES[1:])}; a folder that"):
        check_learned(tmp_path)
    (tmp_path / FILES[0]).unlink()
    with pytest.raises(ConfigError, match=TOKENIZER):
        Encoder.open(tmp_path)
    with pytest.raises(ConfigError, match="learned coder's folder"):
        both(load_lexicon(), tmp_path)


@pytest.mark.parametrize("text", [
    "A bomb killed nine people in Varn on Friday.",
    "Shelling killed two children in Varn.",
    "In an attack near Varn a group of unidentified persons wounded the judge.",
])  # fmt: skip
def test_a_deed_told_by_what_is_tied_to_the_rules_word_stays_and_is_one(text: str) -> None:
    (by_rules,) = coded("rules", text)
    (event,) = coded("both", text)
    assert (event.type, event.mode, event.trigger) == (by_rules.type, by_rules.mode, by_rules.trigger)
    assert event.learned_type == "ASSAULT"
