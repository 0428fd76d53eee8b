"""An id or a name leads to a thing and to all that is tied to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError, WarehouseError
from tests.warehouse.lakes import lake_in
from tests.warehouse.news import ATTACK, NEWS, TALKS
from warehouse.finding import Found, Namesakes, thing
from warehouse.publish import publish
from warehouse.query import reader
from warehouse.show import show
from warehouse.shown import Deeds, Often, ShownArticle, ShownEntity, ShownEvent, ShownStory, Some
from warehouse.storage.pointer import POINTER
from warehouse.store import Warehouse

# Ids as long as real ones, names in several spellings, and two people of one name.
MORE = """
INSERT INTO entity (entity_id, entity_name, kind, country, known, run_id, mentions, articles) VALUES
    ('abcdef0000000001', 'José Niño', 'PERSON', 'NOR', NULL, 'run1', 3, 2),
    ('abcdef0000000002', 'Jose Nino', 'PERSON', 'SDN', NULL, 'run1', 1, 1),
    ('abcdef0000000003', 'Rāwah', 'PLACE', 'IRQ', 'geonames:91597', 'run1', 4, 3),
    ('dada000000000004', 'Decade', 'ORG', NULL, NULL, 'run1', 1, 1);
UPDATE event_mention SET contexts = []; -- as a load writes it: a lake has no defaults
UPDATE article SET byline = [];
INSERT INTO entity_alias (
    name_id, alias, entity_id, canonical, alias_key, first_article_id, mention_count, run_id
) VALUES
    ('n1', 'José Niño', 'abcdef0000000001', true, 'jose nino', 'a4', 2, 'run1'),
    ('n1', 'Niño', 'abcdef0000000001', false, 'nino', 'a4', 1, 'run1'),
    ('n2', 'Jose Nino', 'abcdef0000000002', true, 'jose nino', 'a4', 1, 'run1'),
    ('n3', 'Rawa', 'abcdef0000000003', true, 'rawa', 'a5', 4, 'run1'),
    ('n4', 'Karo Front', 'front', true, 'karo front', 'a5', 0, 'run1'),
    ('n4', 'Rebels', 'front', false, 'rebels', 'a5', 4, 'run1'),
    ('n5', 'Decade', 'dada000000000004', true, 'decade', 'a4', 1, 'run1');
"""


def publish_in(home: Path) -> Path:
    """A published warehouse in one file."""
    with Warehouse.open(home / "live" / "warehouse.duckdb", home / "live" / "lock") as warehouse:
        fill_and_publish(warehouse, home / "dateline.duckdb")
    return home / "dateline.duckdb"


def publish_lake(home: Path) -> Path:
    """The same on a lake."""
    pointer = home / f"dateline{POINTER}"
    with Warehouse.open(lake_in(home), home / "lock") as warehouse:
        fill_and_publish(warehouse, pointer)
    return pointer


def fill_and_publish(warehouse: Warehouse, published: Path) -> None:
    with warehouse.transaction() as cursor:
        cursor.execute(NEWS)
        cursor.execute(MORE)
    publish(warehouse, published)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_in(tmp_path_factory.mktemp("home"))


def event(published: Path, wanted: str = ATTACK, most: int = 10) -> ShownEvent:
    shown = show(published, wanted, most)
    assert isinstance(shown, ShownEvent)
    return shown


def article(published: Path, wanted: str) -> ShownArticle:
    """An article by its id, which in this news is too short to be asked for."""
    from warehouse.show import read_article

    with reader(published) as cursor:
        return read_article(cursor, wanted, 10)


def story(published: Path, wanted: str) -> ShownStory:
    from warehouse.show import read_story

    with reader(published) as cursor:
        return read_story(cursor, wanted, 10)


def entity(published: Path, wanted: str, most: int = 10) -> ShownEntity:
    shown = show(published, wanted, most)
    assert isinstance(shown, ShownEntity)
    return shown


def test_an_event_comes_with_its_sentences_articles_and_story(published: Path) -> None:
    shown = event(published)
    assert (shown.event.event_type, shown.event.killed_low, shown.event.killed_high) == ("ASSAULT", 3, 5)
    assert [found.event_mention_id for found in shown.sentences.shown] == ["v5", "v2", "v3"]
    assert [(line.article_id, line.relation, line.copied_from) for line in shown.articles.shown] == [
        ("a5", "first", None),
        ("a2", "copy", "a5"),
        ("a3", "rewrite", None),
    ]
    assert [line.story_id for line in shown.stories.shown] == ["rawa"]
    assert [party.entity_name for party in shown.parties] == ["Karo Front"]
    assert shown.related == Some((), 0)


def test_tolls_are_told_with_who_says_so_and_how_many_copy_it(published: Path) -> None:
    claims = event(published).claims.shown
    assert [(c.toll_low, c.toll_high, c.agency, c.attribution, c.article_id, c.articles) for c in claims] == [
        (3, 3, "Wire", None, "a5", 2),
        (5, None, "Other", "a doctor", "a3", 1),
    ]


def test_lists_are_bounded_and_know_how_many_there_are(published: Path) -> None:
    shown = event(published, most=1)
    assert (len(shown.sentences.shown), shown.sentences.left_out) == (1, 2)
    assert (len(shown.articles.shown), shown.articles.left_out) == (1, 2)
    assert entity(published, "Karo Front", most=1).articles.left_out == 2


def test_an_article_comes_with_versions_copies_spans_and_events(published: Path) -> None:
    shown = article(published, "a5")
    assert [(line.article_id, line.is_latest) for line in shown.versions.shown] == [("a5", True), ("a1", False)]
    assert shown.story
    assert shown.story.story_id == "rawa"
    assert [line.article_id for line in shown.telling.shown] == ["a5", "a2", "a3"]
    words = [(shown.article.text[span.start : span.end], span.label) for span in shown.spans]
    assert words == [("Rebels", "ORG"), ("attacked", "event ASSAULT"), ("Rawa", "place")]
    assert [(found.event_id, found.event.type) for found in shown.events.shown] == [(ATTACK, "ASSAULT")]


def test_an_article_tells_of_what_is_planned_too(published: Path) -> None:
    shown = article(published, "a4")
    assert [(found.event_id, found.event.modality) for found in shown.events.shown] == [
        (TALKS, "actual"),
        (None, "planned"),
    ]


def test_a_story_comes_with_who_was_first_its_events_and_tolls(published: Path) -> None:
    shown = story(published, "rawa")
    assert [(line.article_id, line.minutes_after_first) for line in shown.articles.shown] == [
        ("a5", 0.0),
        ("a2", 60.0),
        ("a3", 150.0),
    ]
    assert [line.event_id for line in shown.events.shown] == [ATTACK]
    assert [claim.toll_low for claim in shown.claims.shown] == [3, 5]


def test_an_entity_comes_with_its_names_deeds_places_and_articles(published: Path) -> None:
    shown = entity(published, "Karo Front")
    assert shown.names.shown == (Often(words="Rebels", mentions=4), Often(words="Karo Front", mentions=0))
    assert shown.deeds == (Deeds(event_type="ASSAULT", quad=4, as_actor=1, as_recipient=0),)
    assert [(place.place_name, place.country, place.events) for place in shown.places.shown] == [("Rāwah", "IRQ", 1)]
    assert [line.event_id for line in shown.events.shown] == [ATTACK]
    assert [line.article_id for line in shown.articles.shown] == [
        "a3",
        "a2",
        "a5",
    ]  # the latest first; a1 is superseded


def test_who_stands_on_the_same_side_is_told_from_whom_it_is_done_to(published: Path) -> None:
    (other,) = entity(published, "norland").counterparts.shown
    assert (other.entity_name, other.done_to, other.done_by, other.beside, other.conflict) == ("Sudria", 0, 0, 1, 0)


@pytest.mark.parametrize("name", ["rebels", "  REBELS ", "Rébels", "front", "Karo  front"])
def test_a_name_is_found_in_any_case_accents_and_spelling(published: Path, name: str) -> None:
    assert entity(published, name).entity.entity_id == "front"


@pytest.mark.parametrize("name", ["geonames:91597", "Rawa", "abcdef0000000003"])
def test_an_entity_is_found_by_its_id_in_the_gazetteer(published: Path, name: str) -> None:
    assert entity(published, name).entity.entity_name == "Rāwah"


def test_a_name_of_several_gives_their_ids_the_most_named_first(published: Path) -> None:
    found = show(published, "jose NIÑO", 10)
    assert isinstance(found, Namesakes)
    assert found.is_exact
    assert [(e.entity_id, e.articles, e.written) for e in found.entities] == [
        ("abcdef0000000001", 2, 2),
        ("abcdef0000000002", 1, 1),
    ]


def test_words_of_several_names_give_those_who_have_them(published: Path) -> None:
    found = show(published, "José", 10)
    assert isinstance(found, Namesakes)
    ids = [e.entity_id for e in found.entities]
    assert (found.is_exact, ids) == (False, ["abcdef0000000001", "abcdef0000000002"])


def test_words_of_one_name_are_enough(published: Path) -> None:
    assert entity(published, "Karo").entity.entity_id == "front"


def test_a_name_that_looks_like_an_id_is_a_name(published: Path) -> None:
    assert entity(published, "Decade").entity.entity_id == "dada000000000004"


def test_six_characters_of_an_id_are_enough(published: Path) -> None:
    assert event(published, ATTACK[:6].upper()).event.event_id == ATTACK


def test_an_id_that_fits_several_names_them(published: Path) -> None:
    with pytest.raises(ConfigError, match="several begin so: entity abcdef0000000001, entity abcdef0000000002, entity"):
        show(published, "abcdef", 10)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("nobody at all", "no article here names anybody so, and it is no id"),
        ("' OR true --", "no article here names anybody so"),
        ("ffffffffffff", "here begins so, and nobody is named so"),
        ("abc", "too short"),
        ("", "no article here names anybody so"),
    ],
)
def test_what_is_nowhere_is_an_error_that_says_what_was_looked_for(published: Path, wanted: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        show(published, wanted, 10)
    assert says in str(caught.value)
    assert repr(wanted) in str(caught.value)


def test_an_event_mention_stands_for_its_event_or_says_why_there_is_none(published: Path) -> None:
    from warehouse.show import read_told

    with reader(published) as cursor:
        assert read_told(cursor, "v3", 10).event.event_id == ATTACK
        with pytest.raises(ConfigError, match=r"counts in no event \(affirmed, planned\); dateline why v6"):
            read_told(cursor, "v6", 10)
        assert thing(cursor, ATTACK) == Found("event", ATTACK)


def test_an_event_that_only_superseded_texts_tell_leads_to_why(published: Path) -> None:
    from warehouse.show import read_event

    with reader(published) as cursor, pytest.raises(ConfigError, match="dateline why 0123456789abcdef"):
        read_event(cursor, "0123456789abcdef", 10)


def test_without_a_warehouse_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="`dateline ingest` makes one"):
        show(tmp_path / "dateline.duckdb", "abcdef", 10)


def test_a_lake_tells_the_same(published: Path, tmp_path: Path) -> None:
    lake = publish_lake(tmp_path)
    for wanted in (ATTACK, TALKS, "Karo Front", "jose nino"):
        assert show(lake, wanted, 10) == show(published, wanted, 10)
    assert article(lake, "a5") == article(published, "a5")
    assert story(lake, "rawa") == story(published, "rawa")
