"""Entities across articles: linked while loading, once, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.ids import stable_id
from pipeline.records import DateMention, Mention, Participant, Quantity, Tags
from tests.warehouse.build import NOON, RUN, TEXT, assault, entry, fetch, poll, reading
from tests.warehouse.conftest import Ask
from warehouse import migrate
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.pages import unread_captures
from warehouse.rows import Reading
from warehouse.store import Warehouse
from warehouse.told import told_in

LINKED = "SELECT mention_text, entity_id FROM mention ORDER BY mention_text"


def named(name: str, start: int = 0, label: str = "PERSON", text: str | None = None) -> Mention:
    return Mention(
        start=start, end=start + 8, text=text or name, label=label, name=name, entity_id=stable_id(label, name.lower())
    )


def readings(warehouse: Warehouse, said: Sequence[Sequence[Mention]]) -> list[Reading]:
    """One article for each group of mentions."""
    poll(warehouse, [entry(number) for number, _ in enumerate(said)])
    fetch(warehouse, *(f"https://wire.example/{number}" for number, _ in enumerate(said)))
    unread = sorted(unread_captures(warehouse), key=lambda u: u.capture.url)
    return [reading(u, mentions=tuple(m)) for u, m in zip(unread, said, strict=True)]


def with_tags(made: Reading, **said: object) -> Reading:
    return reading(made.unread, **said)  # type: ignore[arg-type]


SAID = [
    [named("Muammar Gaddafi"), named("Muammar Gaddafi", 20, text="Gaddafi")],
    [named("Moammar al-Qadhafi")],
    [named("Hassan Ali"), named("Hussein Ali", 20)],
    [named("Muammar Gaddafi"), named("Hasan Aly", 20)],
]


def partition(ask: Ask) -> set[frozenset[str]]:
    return {frozenset(texts) for (texts,) in ask("SELECT list(mention_text) FROM mention GROUP BY entity_id")}


WANTED = {
    frozenset({"Muammar Gaddafi", "Gaddafi", "Moammar al-Qadhafi"}),
    frozenset({"Hassan Ali", "Hasan Aly"}),
    frozenset({"Hussein Ali"}),
}


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_one_by_one_together_and_in_any_order_the_same_names_share_an_entity(
    warehouse: Warehouse, ask: Ask, order: tuple[int, ...]
) -> None:
    made = readings(warehouse, SAID)
    for number in order:
        load_readings(warehouse, RUN, NOON, [made[number]], [])
    assert partition(ask) == WANTED


def test_a_batch_in_another_order_makes_the_same_ids(tmp_path: Path) -> None:
    found = []
    for folder, step in (("a", 1), ("b", -1)):
        with Warehouse.open(tmp_path / folder / "w.duckdb", tmp_path / folder / "lock") as warehouse:
            load_readings(warehouse, RUN, NOON, readings(warehouse, SAID)[::step], [])
            with warehouse.transaction() as cursor:
                found.append(cursor.execute(LINKED).fetchall())
    assert found[0] == found[1]


def test_loading_twice_changes_nothing(warehouse: Warehouse, ask: Ask) -> None:
    made = readings(warehouse, SAID)
    state = "SELECT * FROM entity_alias ORDER BY ALL"
    load_readings(warehouse, RUN, NOON, made, [])
    before = ask(state), ask("SELECT * FROM entity ORDER BY ALL")
    load_readings(warehouse, RUN, NOON, made, [])
    assert (ask(state), ask("SELECT * FROM entity ORDER BY ALL")) == before


def test_every_id_is_an_entitys_and_aliases_count_their_mentions(warehouse: Warehouse, ask: Ask) -> None:
    load_readings(warehouse, RUN, NOON, readings(warehouse, SAID), [])
    assert ask("SELECT count(*) FROM mention WHERE entity_id NOT IN (SELECT entity_id FROM entity)") == [(0,)]
    assert ask("SELECT sum(mention_count) FROM entity_alias") == ask("SELECT count(*) FROM mention")
    group_all(warehouse, RUN)
    assert ask("SELECT aliases, mentions, articles FROM entities WHERE list_contains(aliases, 'Gaddafi')") == [
        (["Muammar Gaddafi", "Gaddafi", "Moammar al-Qadhafi"], 4, 3)
    ]


def test_parties_of_events_get_the_same_entity_as_their_mentions(warehouse: Warehouse, ask: Ask) -> None:
    made = readings(warehouse, [[named("Yousef Raza")], [named("Yusuf Raza")]])
    party = Participant(start=0, end=8, text="Yusuf Raza", entity_id=named("Yusuf Raza").entity_id)
    made[1] = with_tags(made[1], mentions=(named("Yusuf Raza"),), events=[replace(assault(), actors=(party,))])
    load_readings(warehouse, RUN, NOON, made, [])
    assert ask("SELECT entity_id FROM event_participant WHERE participant_text = 'Yusuf Raza'") == ask(
        "SELECT entity_id FROM entity WHERE kind = 'PERSON'"
    )


def test_the_group_and_a_title_are_no_aliases(warehouse: Warehouse, ask: Ask) -> None:
    fajr = named("Fajr Movement", label="ORG")
    other = replace(fajr, start=20, end=29, text="the group", label="GROUP")
    leader = replace(named("Jo Doe"), start=40, end=50, text="the leader", role="the leader")
    load_readings(warehouse, RUN, NOON, readings(warehouse, [[fajr, other, leader]]), [])
    assert ask("SELECT alias FROM entity_alias ORDER BY 1") == [("Fajr Movement",), ("Jo Doe",)]


def test_what_is_known_of_names_places_dates_and_numbers_is_kept(warehouse: Warehouse, ask: Ask) -> None:
    (made,) = readings(warehouse, [[]])
    place = assault().place
    assert place is not None
    made = with_tags(
        made,
        mentions=(replace(named("Jo Doe"), role="General", country="FRA", sector="MIL"),),
        places=(replace(place, precision="city", decided_by="population"),),
        dates=(
            DateMention(
                start=41, end=47, text="Friday", date_start=date(2026, 11, 20), date_end=None, precision="day"
            ),
        ),
        quantities=(
            Quantity(
                start=59, end=64, text="three", low=3, high=3, unit="herder", fate="killed", counted="herders",
                source=None,
            ),
        ),
    )  # fmt: skip
    load_readings(warehouse, RUN, NOON, [made], [])
    assert ask("SELECT office, country, sector FROM mention") == [("General", "FRA", "MIL")]
    assert ask("SELECT place_precision, decided_by FROM place") == [("city", "population")]
    assert ask("SELECT date_text, date_start, date_end, date_precision FROM date_mention") == [
        ("Friday", date(2026, 11, 20), None, "day")
    ]
    assert ask("SELECT quantity_text, low, high, unit, fate, counted, source_text FROM quantity") == [
        ("three", 3.0, 3.0, "herder", "killed", "herders", None)
    ]
    assert ask("SELECT text[42:47], text[60:64] FROM article") == [("Friday", "three")]


def test_a_text_without_a_model_says_so(warehouse: Warehouse, ask: Ask) -> None:
    (made,) = readings(warehouse, [[]])
    told = told_in("", Tags(document_id="d", tagger="t", status="no model for ar"))
    load_readings(warehouse, RUN, NOON, [replace(made, told=told)], [])
    assert ask("SELECT tag_status FROM article") == [("no model for ar",)]
    assert ask("SELECT count(*) FROM entity") == [(0,)]


OLD = f"""
INSERT INTO article (article_id, url, version, is_latest, capture_id, feed_id, text, text_sha256, word_count, extractor,
    tagger, loaded_at, published_at, run_id)
VALUES ('a', 'u', 1, true, 'c', 'f', '{TEXT}', 'x', 1, 'e', 't', now(), '2026-11-01 12:00:00Z', 'r');
INSERT INTO mention VALUES ('m1', 'a', 'old', 'PERSON', 'Yousef Raza', 0, 9, 0.5, 'r'),
    ('m2', 'a', 'old', 'PERSON', 'Raza', 10, 14, 0.5, 'r'), ('m3', 'a', NULL, 'ORG', 'Acme', 20, 24, NULL, 'r');
INSERT INTO place (place_id, article_id, place_text, start_offset, end_offset, place_name, run_id)
SELECT 'p' || i, 'a', 'x', i, i + 1, 'x', 'r' FROM range(3000) AS t(i);
"""


def test_a_filled_warehouse_of_the_version_before_gets_entities_and_new_names_join_them(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(migrate.LEDGER)
        for name, text in [s for s in migrate.scripts("schema") if s[0] < "0006"]:
            migrate.apply(connection, name, text, migrate.digest(text))
        connection.execute(OLD)
    with Warehouse.open(path, tmp_path / "lock") as warehouse:
        load_readings(warehouse, RUN, NOON, readings(warehouse, [[named("Yusuf Raza")]]), [])
        group_all(warehouse, RUN)
        with warehouse.transaction() as cursor:
            entities = cursor.execute("SELECT entity_id, entity_name, kind, mentions FROM entities").fetchall()
            assert entities == [("old", "Yousef Raza", "PERSON", 3)]
            assert cursor.execute("SELECT count(*) FROM entity_alias WHERE alias_key IS NULL").fetchall() == [(0,)]
            assert cursor.execute("SELECT count(*), count(DISTINCT place_id) FROM place").fetchall() == [(3001, 3001)]
            with pytest.raises(duckdb.ConstraintException):
                cursor.execute("INSERT INTO place BY NAME SELECT * REPLACE (91 AS latitude) FROM place LIMIT 1")
