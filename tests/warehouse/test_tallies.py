"""What views need counted is counted once, and taken back when it does not stand any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.records import Claim, Mention, Tags
from tests.warehouse.build import NOON, RUN, TEXT, entry, fetch, poll, reading, tags_of
from tests.warehouse.conftest import Ask
from warehouse.checks import checks, find_broken
from warehouse.gathered import TaggedArticle
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.pages import UnreadCapture, unread_captures
from warehouse.retag import store_retagged
from warehouse.rows import Reading
from warehouse.store import Warehouse
from warehouse.told import told_in

OTHERWISE = (
    "Police in Rawa said on Monday that a ferry with forty passengers had sunk in the harbour during a storm. "
    "Divers found twelve bodies by the evening, and the search was to go on at dawn, the harbour master told reporters."
)
COUNTED = "SELECT entity_name, usual_office, mentions, articles FROM entities ORDER BY entity_name"


def named(name: str, office: str | None, times: int = 1) -> tuple[Mention, ...]:
    """A person, named so often in a text."""
    first = ord(name[0]) * 10
    return tuple(
        Mention(start=first + n, end=first + n + 1, text=name, label="PERSON", entity_id=name, name=name, role=office)
        for n in range(times)
    )


def load(
    warehouse: Warehouse,
    number: int,
    text: str,
    *mentions: Mention,
    hour: int = 0,
    claims: tuple[Claim, ...] = (),
    grouped: bool = True,
) -> None:
    """The text of page 1, 2 … as it reads at that hour, grouped."""
    at = NOON + timedelta(hours=hour)
    poll(warehouse, [entry(number, published_at=at, updated_at=at)], at=at)
    fetch(warehouse, f"https://wire.example/{number}", at=at)
    load_readings(warehouse, RUN, at, [read(u, text, mentions, claims) for u in unread_captures(warehouse)], [])
    if grouped:
        group_all(warehouse, RUN)


def read(unread: UnreadCapture, text: str, mentions: tuple[Mention, ...], claims: tuple[Claim, ...]) -> Reading:
    plain = reading(unread, text, events=[])
    told = told_in(text, replace(tags_of(text, []), mentions=mentions))
    return replace(plain, told=told, article=replace(plain.article, claims=claims))


@pytest.fixture
def kept(warehouse: Warehouse) -> None:
    """Two articles that name Ann, one of them as a general."""
    load(warehouse, 1, TEXT, *named("Ann Lee", "General", 2))
    load(warehouse, 2, TEXT + " More.", *named("Ann Lee", None), *named("Bob Ray", "Minister", 2))


@pytest.mark.usefixtures("kept")
def test_names_are_counted_once_whatever_is_grouped_again(warehouse: Warehouse, ask: Ask) -> None:
    counted = [("Ann Lee", "General", 3, 2), ("Bob Ray", "Minister", 2, 1)]
    assert ask(COUNTED) == counted
    group_all(warehouse, RUN)
    assert ask(COUNTED) == counted
    assert ask("SELECT count(*) FROM article WHERE is_counted <> is_latest") == [(0,)]


def test_a_version_that_never_stood_when_it_was_grouped_counts_nothing(warehouse: Warehouse, ask: Ask) -> None:
    for hour, text, name in ((0, TEXT, "Ann Lee"), (1, TEXT + " More.", "Bob Ray")):
        load(warehouse, 1, text, *named(name, "General"), hour=hour, grouped=hour > 0)
    assert ask("SELECT version, is_counted FROM article ORDER BY version") == [(1, False), (2, True)]
    counts = "SELECT entity_name, mentions, articles FROM entity ORDER BY entity_name"
    assert ask(counts) == [("Ann Lee", 0, 0), ("Bob Ray", 1, 1)], "NULL would say that it was not grouped yet"
    assert ask("SELECT office, mentions FROM entity_office") == [("General", 1)]


@pytest.mark.usefixtures("kept")
@pytest.mark.lake
def test_what_a_new_version_does_not_name_any_more_is_taken_back(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, 2, TEXT + " More of it.", *named("Ann Lee", "Colonel", 3), hour=1)
    assert ask(COUNTED) == [("Ann Lee", "Colonel", 5, 2), ("Bob Ray", None, 0, 0)]
    assert ask("SELECT count(*) FROM entity_office") == [(2,)]


@pytest.mark.usefixtures("kept")
@pytest.mark.lake
def test_texts_that_are_tagged_again_are_counted_again(warehouse: Warehouse, ask: Ask) -> None:
    ((article_id,),) = ask("SELECT article_id FROM article WHERE url LIKE '%/1'")
    tags = Tags(document_id="d", tagger="newer", mentions=named("Ann Lee", "Colonel"))
    told = told_in(TEXT, tags)
    store_retagged(warehouse, RUN, [TaggedArticle(article_id=article_id, published_at=NOON, told=told)])
    assert ask(COUNTED) == [("Ann Lee", None, 1, 1), ("Bob Ray", "Minister", 2, 1)]
    group_all(warehouse, RUN)
    assert ask(COUNTED) == [("Ann Lee", "Colonel", 2, 2), ("Bob Ray", "Minister", 2, 1)]


DAYS = "SELECT entity_name, named_on, report_count FROM entity_day JOIN entity USING (entity_id) ORDER BY ALL"


@pytest.mark.usefixtures("kept")
def test_a_day_counts_the_reports_of_it_that_stand_copies_once(warehouse: Warehouse, ask: Ask) -> None:
    today, tomorrow = NOON.date(), NOON.date() + timedelta(days=1)
    assert ask(DAYS) == [("Ann Lee", today, 1), ("Bob Ray", today, 1)], "the second text is a copy of the first"
    load(warehouse, 3, OTHERWISE, *named("Ann Lee", None))
    load(warehouse, 4, OTHERWISE + " More.", *named("Bob Ray", None), hour=24)
    assert ask(DAYS) == [("Ann Lee", today, 2), ("Bob Ray", today, 1), ("Bob Ray", tomorrow, 1)]
    load(warehouse, 2, TEXT + " More of it.", *named("Ann Lee", None), hour=25)
    assert ask(DAYS) == [("Ann Lee", today, 2), ("Ann Lee", tomorrow, 1), ("Bob Ray", tomorrow, 1)]


def test_a_text_that_turns_out_to_be_a_copy_is_no_report_any_more(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, 1, TEXT, *named("Ann Lee", None), hour=2)
    load(warehouse, 2, OTHERWISE, *named("Ann Lee", None), hour=1)
    assert [count for _, _, count in ask(DAYS)] == [2]
    load(warehouse, 3, f"{TEXT} {OTHERWISE}", *named("Ann Lee", None))
    assert [count for _, _, count in ask(DAYS)] == [1]


@pytest.mark.usefixtures("kept")
def test_counts_are_those_that_a_check_makes_anew(warehouse: Warehouse) -> None:
    load(warehouse, 1, TEXT + " And more.", *named("Bob Ray", "Minister"), hour=1)
    with warehouse.transaction() as cursor:
        for check in checks():
            if check.name in {
                "entities_counted_wrongly",
                "days_counted_wrongly",
                "claims_compared_wrongly",
                "rows_doubled",
            }:
                assert find_broken(cursor, check, 3).rows == ()


def test_claims_are_compared_within_their_article(warehouse: Warehouse, ask: Ask) -> None:
    same = (Claim(field="title", source="meta", value="A raid", chosen=True),)
    other = Claim(field="title", source="feed", value="An attack")
    load(warehouse, 1, TEXT, claims=same)
    load(warehouse, 2, TEXT + " More.", claims=(*same, other, replace(other, field="section")))
    assert ask("SELECT url[-1], field, disputed FROM article_claim JOIN article USING (article_id) ORDER BY ALL") == [
        ("1", "title", False),
        ("2", "section", False),
        ("2", "title", True),
        ("2", "title", True),
    ]
