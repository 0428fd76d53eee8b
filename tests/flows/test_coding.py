"""What a coded event says to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest

from flows.coding import DECIDED_BY, TIED_BY, facts_of
from flows.marking import STYLES, bracketed
from flows.parts import QUADS, Fact, days, figure, marks_of
from pipeline.records import Count, DateMention, Event, PlaceFrom, Quantity
from pipeline.tag.events.examples import sentence
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.places.weigh import WEIGHT
from tests.warehouse.build import TEXT
from tests.warehouse.published import attack, promise

SENTENCE = TEXT[: TEXT.index(".") + 1]
FRIDAY = DateMention(
    start=TEXT.index("Friday"),
    end=TEXT.index("Friday") + 6,
    text="Friday",
    date_start=date(2026, 11, 20),
    date_end=date(2026, 11, 20),
    precision="day",
)


def number(text: str, fate: str | None, low: float = 3) -> Quantity:
    """A number of TEXT."""
    start = TEXT.index(text)
    return Quantity(start=start, end=start + len(text), text=text, low=low, high=low, unit=None, fate=fate)


def told(event: Event, label: str) -> list[str]:
    return [fact.value for fact in facts_of(event, {"herders": "Herders of Rawa"}) if fact.label == label]


def test_each_part_is_marked_where_it_stands() -> None:
    marks = marks_of(attack(TEXT), SENTENCE, [FRIDAY], [number("three", "killed")])
    assert bracketed(SENTENCE, marks) == (
        "[actor: Soldiers] [trigger: attacked] the village of [place: Rawa] on [date: Friday] and killed "
        "[recipient: [killed: three] herders]."
    )


def test_offsets_count_from_the_sentence_wherever_it_stands_in_the_text() -> None:
    event = promise(TEXT)
    sentence = TEXT[event.sentence_start : event.sentence_end]
    assert [sentence[m.start : m.end] for m in marks_of(event, sentence)] == ["leave", "the army"]


def test_a_part_that_stands_in_another_sentence_is_not_marked() -> None:
    borrowed = replace(promise(TEXT), place=attack(TEXT).place, place_from="previous sentence")
    sentence = TEXT[borrowed.sentence_start : borrowed.sentence_end]
    assert "[place" not in bracketed(sentence, marks_of(borrowed, sentence, [FRIDAY]))
    assert "an event just before has it" in told(borrowed, "place")[0]


@pytest.mark.parametrize(
    ("quantities", "marked"),
    [
        ([number("three", "wounded")], False),
        ([number("three", None)], True),
        ([number("three", "killed", low=4)], False),
        ([number("Friday", None), number("three", "killed")], True),
        ([], False),
    ],
    ids=["another fate", "no fate", "another number", "its own fate first", "none"],
)
def test_a_toll_is_marked_where_a_number_tells_it(quantities: list[Quantity], marked: bool) -> None:
    stored = replace(attack(TEXT), killed=Count(low=3, high=3, text=""))
    assert ("[killed: three]" in bracketed(SENTENCE, marks_of(stored, SENTENCE, (), quantities))) is marked


def test_who_says_so_is_marked_by_its_words() -> None:
    said = replace(promise(TEXT), attribution="The governor")
    sentence = TEXT[said.sentence_start : said.sentence_end]
    assert bracketed(sentence, marks_of(said, sentence)).startswith("[says: The governor] said that")


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("what", "ASSAULT; quad 4 (material conflict), scale -9 of -10 to +10; contexts military"),
        ("actor", "Soldiers → sector MIL"),
        ("recipient", "three herders → Herders of Rawa (entity herders), country IRQ"),
        ("date", "Friday → 2026-11-20 (day)"),
        ("tolls", "killed 3"),
        ("truth", "affirmed, actual"),
        ("says", "the governor, in the lead and in the headline"),
        ("confidence", "0.80"),
        ("rule", 'assault.attack.attack: verb "attack"'),
        (
            "place",
            "Rawa → Rāwah, Al Anbar, IRQ, GeoNames 91597 PPL; the grammar ties it to the trigger (score 0.90)",
        ),
    ],
)
def test_a_fact_is_told_in_words(label: str, value: str) -> None:
    assert told(attack(TEXT), label) == [value]


def test_what_is_unknown_is_said_to_be() -> None:
    bare = replace(promise(TEXT), actors=())
    assert [told(bare, label) for label in ("actor", "place", "date", "tolls", "says")] == [
        ["nobody is named"],
        ["none is told"],
        ["none that can be dated"],
        [],
        ["the text itself"],
    ]
    assert told(bare, "rule") == ["of-another-version (not in this version's lexicon)"]


def test_a_type_that_the_rule_alone_would_not_give_is_explained() -> None:
    agreed = replace(attack(TEXT), type="AGREE")
    assert told(agreed, "rule")[0].endswith("alone ASSAULT; how it is told makes it AGREE")


@pytest.mark.parametrize(
    ("count", "words"), [((3, 3), "3"), ((12, None), "12 or more"), ((20, 30), "20 to 30"), ((0, 5), "0 to 5")]
)
def test_a_toll_is_told_with_its_bounds(count: tuple[int, int | None], words: str) -> None:
    assert figure(Count(low=count[0], high=count[1], text="")) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), "2026-11-20"),
        (date(2026, 11, 16), date(2026, 11, 22), "2026-11-16 to 2026-11-22"),
        (date(2026, 6, 1), None, "2026-06-01 to …"),
        (None, None, "unknown"),
    ],
)
def test_days_are_told_with_both_ends(start: date | None, end: date | None, words: str) -> None:
    assert days(start, end) == words


@pytest.mark.parametrize("trigger", load_lexicon().triggers[::50], ids=lambda t: t.id)
def test_no_example_is_shown_with_a_hole(trigger: Any) -> None:
    for template in (*trigger.examples, trigger.counter):
        assert not set("{}@|_") & set(sentence(template, trigger))


def test_every_code_has_its_words() -> None:
    lexicon = load_lexicon()
    assert {kind.quad for kind in lexicon.types.values()} == set(QUADS)
    assert set(get_args(PlaceFrom)) == set(TIED_BY)
    assert set(WEIGHT) | {"only", "population", "contains", "dateline"} == set(DECIDED_BY)


def test_every_fact_with_a_mark_has_the_marks_look() -> None:
    labels = {fact.label for fact in facts_of(attack(TEXT), {})}
    assert {"actor", "recipient", "place", "date", "says"} <= labels & set(STYLES)
    assert Fact("rule", 'assault.attack.attack: verb "attack"') in list(facts_of(attack(TEXT), {}))


def test_both_opinions_are_shown_where_the_learned_coder_was_asked() -> None:
    event = attack(TEXT)
    assert told(event, "learned") == []
    agreed = replace(event, learned_type="ASSAULT", learned_share=0.914)
    assert told(agreed, "learned") == ["by itself the learned coder says ASSAULT (0.91)"]
    denied = replace(event, learned_type="NONE", learned_share=0.6)
    assert told(denied, "learned") == ["by itself the learned coder says no event (0.60)"]
    assert told(replace(denied, rule="learned"), "rule") == ["none: the learned coder found it"]
