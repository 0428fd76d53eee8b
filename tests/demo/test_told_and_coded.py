"""Coded events are held to those that are told as a reader would hold them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import Event, Participant, Span
from tests.demo.told import Reading, Told, Words
from tests.demo.told_and_coded import Figures, judge

TEXT = "Rebels attacked a camp and killed a guard. Police arrested two men."


def told(says: str, kind: str, mode: str | None = None, **other: object) -> Told:
    trigger = says.split()[1]
    reading = Reading(kind, frozenset({mode}), (Words.of(says.split()[0]),), None)
    row = Told("story", says, (trigger,), (reading,), None, frozenset({"actual"}), False)
    return replace(row, **other)  # type: ignore[arg-type]


def coded(trigger: str, kind: str, actor: str | None = None, **other: object) -> Event:
    start = TEXT.index(trigger)
    first, end = (0, TEXT.index(" Police")) if start < TEXT.index("Police") else (TEXT.index("Police"), len(TEXT))
    event = Event(
        type=kind, mode=None, contexts=(), quad=4, scale=-9.0, trigger=Span(start, start + len(trigger), trigger),
        sentence_start=first, sentence_end=end, recipients=(), place=None, date_start=None, date_end=None,
        actors=(Participant(start=0, end=0, text=actor),) if actor else (), date_text=None, killed=None, wounded=None,
        arrested=None, polarity="affirmed", modality="actual", attribution=None, confidence=0.5, rule="a.b.c",
    )  # fmt: skip
    return replace(event, **other)  # type: ignore[arg-type]


ATTACK = told("Rebels attacked", "ASSAULT")
OLD_OR_NOT = replace(ATTACK, truths=frozenset({"actual", "historical"}))
ARREST = told("Police arrested", "COERCE", "arrest")


def counts(rows: list[Told], events: list[Event]) -> tuple[int, int, int]:
    """Right, missed and wrong."""
    judged = list(judge(rows, events, TEXT))
    return sum(j.right for j in judged), sum(j.missed for j in judged), sum(j.wrong for j in judged)


@pytest.mark.parametrize(
    ("rows", "events", "expected"),
    [
        ([ATTACK], [coded("attacked", "ASSAULT")], (1, 0, 0)),
        ([ATTACK], [coded("killed", "ASSAULT")], (1, 0, 0)),  # the sentence and the type decide
        ([ATTACK], [coded("killed", "ASSAULT"), coded("attacked", "ASSAULT")], (1, 0, 1)),  # one happening, one event
        ([ATTACK], [coded("attacked", "COERCE")], (0, 1, 1)),
        ([ATTACK], [coded("arrested", "ASSAULT")], (0, 1, 1)),  # in another sentence
        ([ATTACK], [], (0, 1, 0)),
        ([], [coded("attacked", "ASSAULT")], (0, 0, 1)),
        ([], [coded("attacked", "ASSAULT", modality="planned")], (0, 0, 0)),
        ([ATTACK], [coded("attacked", "ASSAULT", polarity="negated")], (0, 1, 0)),
        ([replace(ATTACK, may=True)], [], (0, 0, 0)),
        ([replace(ATTACK, may=True)], [coded("attacked", "ASSAULT")], (0, 0, 0)),
        ([replace(ATTACK, truths=frozenset({"negated"}))], [coded("attacked", "ASSAULT")], (0, 0, 1)),
        ([OLD_OR_NOT], [coded("attacked", "ASSAULT", modality="historical")], (1, 0, 0)),
        ([ATTACK, ARREST], [coded("arrested", "COERCE"), coded("attacked", "ASSAULT")], (2, 0, 0)),
    ],
)  # fmt: skip
def test_events_are_right_missed_or_wrong(rows: list[Told], events: list[Event], expected: tuple[int, ...]) -> None:
    assert counts(rows, events) == expected


def test_shares_are_of_what_is_told_and_of_what_is_coded() -> None:
    events = [coded("attacked", "ASSAULT", "Rebels"), coded("killed", "ASSAULT"), coded("arrested", "COERCE", "They")]
    figures = Figures.of(list(judge([ATTACK, ARREST], events, TEXT)))
    assert (figures.precision(), figures.recall()) == (2 / 3, 1.0)
    assert (figures.precision("actors"), figures.recall("actors")) == (1 / 3, 0.5)
    assert (figures.precision("mode"), figures.recall("mode")) == (1 / 3, 0.5)  # the arrest lacks its own


def test_marks_of_the_headline_are_judged_on_events_that_are_right() -> None:
    rows = [replace(ATTACK, in_headline=True), ARREST]
    events = [coded("attacked", "ASSAULT", in_headline=True), coded("arrested", "COERCE", in_headline=True)]
    figures = Figures.of(list(judge(rows, [*events, coded("killed", "ASSAULT", in_headline=True)], TEXT)))
    assert (figures.headline_precision(), figures.headline_recall()) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("rebels|it?", "The Rebels of Karo", True),
        ("rebels|it", "capital", False),
        ("eight", "eighteen", False),
        ("20", "more than 20", True),
    ],
)
def test_parties_are_known_by_whole_words(written: str, text: str, found: bool) -> None:
    assert Words.of(written).stand_in(text) is found
