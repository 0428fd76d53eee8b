"""What analysts ask of the views, on made-up news: exact answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import Ask
from tests.warehouse.news import ATTACK, TALKS, publish_news
from warehouse.migrate import scripts
from warehouse.store import Cursor
from warehouse.tallies import tally

ATTACKED = "Rebels attacked Rawa and killed three herders."
DOCTOR = "At least five people died when rebels attacked Rawa, a doctor said."
VIEWS = dict(scripts("views"))


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_news(tmp_path_factory.mktemp("home"))


@pytest.fixture
def cursor(news: Path) -> Iterator[Cursor]:
    """The made-up news; what a test changes is undone."""
    with duckdb.connect(str(news)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.begin()
        yield connection
        connection.rollback()


@pytest.fixture
def ask(cursor: Cursor) -> Ask:
    return lambda query: cursor.execute(query).fetchall()


def examples(text: str) -> list[str]:
    """The queries that a view's file opens with."""
    return re.findall(r"^--   (.+?;)(?: --.*)?$", text, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_view_opens_with_what_a_row_is_and_its_example_runs(name: str, ask: Ask) -> None:
    text = VIEWS[name]
    view = name.removesuffix(".sql")
    assert text.startswith("-- ")
    assert f"VIEW {view} AS" in text
    assert f"COMMENT ON VIEW {view} IS" in text
    assert examples(text)
    for example in examples(text):
        assert view in example
        ask(example)


def test_event_feed_has_a_row_an_event_with_its_fullest_report(ask: Ask) -> None:
    rows = ask("""
        SELECT event_id, event_day, actors, recipients, place_name, killed_low, killed_high, report_count,
               sentence_text, title, url, article_id, story_id, rule, attribution
        FROM event_feed ORDER BY event_type
    """)
    assert rows == [
        (ATTACK, date(2026, 11, 20), ["Rebels"], ["three herders"], "Rāwah", 3, 5, 2, ATTACKED,
         "Three killed in Rawa", "https://wire.example/1", "a5", "rawa", "assault.attack.attack", None),
        (TALKS, date(2026, 11, 19), ["Norland", "Sudria"], [], None, None, None, 1, "Norland and Sudria held talks.",
         "Norland and Sudria meet", "https://wire.example/4", "a4", "meeting", "consult.meet.hold-talk", None),
    ]  # fmt: skip


def test_event_reports_has_a_row_a_coded_sentence_also_of_what_did_not_happen(ask: Ask) -> None:
    rows = ask("""
        SELECT event_mention_id, event_id, actors, actor_country, actor_sector, recipients, recipient_sector, modality
        FROM event_reports ORDER BY event_mention_id
    """)
    assert rows == [
        ("v2", ATTACK, ["Rebels"], "IRQ", "REB", ["three herders"], "CVL", "actual"),
        ("v3", ATTACK, ["rebels"], "IRQ", "REB", [], None, "actual"),
        ("v4", TALKS, ["Norland", "Sudria"], "NOR", None, [], None, "actual"),
        ("v5", ATTACK, ["Rebels"], "IRQ", "REB", ["three herders"], "CVL", "actual"),
        ("v6", None, ["The army"], None, "MIL", ["Norland"], None, "planned"),
    ]


def test_days_and_places_are_counted_once_an_event(ask: Ask) -> None:
    assert ask("SELECT * FROM events_daily ORDER BY event_day") == [
        (date(2026, 11, 19), None, "CONSULT", 1, 1, 1, None, None, None, None, 2.5),
        (date(2026, 11, 20), "IRQ", "ASSAULT", 4, 1, 2, 3, 5, None, None, -9.0),
    ]
    assert ask(
        "SELECT event_day, place_name, admin1, events, conflicts, killed_at_least, event_types FROM place_daily"
    ) == [(date(2026, 11, 20), "Rāwah", "Al Anbar", 1, 1, 3, ["ASSAULT"])]


def test_a_pair_is_two_entities_or_codes_and_both_actors_where_nobody_is_the_recipient(ask: Ask) -> None:
    rows = ask(
        "SELECT event_day, actor, recipient, event_type, mutual, events, reports, killed_at_most FROM dyads_daily"
    )
    assert sorted(rows) == [
        (date(2026, 11, 19), "Norland", "Sudria", "CONSULT", True, 1, 1, None),
        (date(2026, 11, 20), "Karo Front", "IRQ CVL", "ASSAULT", False, 1, 2, 5),
    ]


def test_whom_only_a_thinner_report_names_is_a_recipient_all_the_same(cursor: Cursor, ask: Ask) -> None:
    cursor.execute("UPDATE event SET recipients = [], recipient_ids = ['norland'] WHERE event_type = 'ASSAULT'")
    assert ask("SELECT actor_id, recipient_id, mutual FROM dyads_daily WHERE event_type = 'ASSAULT'") == [
        ("front", "norland", False)
    ]


def test_a_timeline_has_what_an_entity_did(ask: Ask) -> None:
    rows = ask(
        "SELECT event_day, role, event_type, place_name, sentence_text FROM actor_timeline WHERE entity_id = 'front'"
    )
    assert rows == [(date(2026, 11, 20), "actor", "ASSAULT", "Rāwah", ATTACKED)]
    assert ask("SELECT role, event_id FROM actor_timeline WHERE entity_name = 'Sudria'") == [("actor", TALKS)]


def test_casualties_say_who_gives_which_number_and_which_reports_are_one(ask: Ask) -> None:
    rows = ask("""
        SELECT event_id, fate, toll_low, toll_high, attribution, agency, origin_article_id, sentence_text, article_id
        FROM casualties ORDER BY article_id
    """)
    assert rows == [
        (ATTACK, "killed", 3, 3, None, "Wire", "a5", ATTACKED, "a2"),
        (ATTACK, "killed", 5, None, "a doctor", "Other", "a3", DOCTOR, "a3"),
        (ATTACK, "killed", 3, 3, None, "Wire", "a5", ATTACKED, "a5"),
    ]


def test_casualties_of_two_kinds_in_one_sentence_are_two_rows(cursor: Cursor, ask: Ask) -> None:
    cursor.execute("UPDATE event_mention SET wounded_low = 7, wounded_high = 9 WHERE event_mention_id = 'v3'")
    assert ask("SELECT fate, toll_low, toll_high FROM casualties WHERE article_id = 'a3' ORDER BY fate") == [
        ("killed", 5, None),
        ("wounded", 7, 9),
    ]


def test_a_story_spreads_in_minutes(ask: Ask) -> None:
    rows = ask("""
        SELECT minutes_after_first, relation, title, copied_from, copied_from_url, origin_article_id
        FROM story_timeline WHERE story_id = 'rawa' ORDER BY published_at
    """)
    assert rows == [
        (0.0, "first", "Three killed in Rawa", None, None, "a5"),
        (60.0, "copy", "Three killed, says Wire", "a5", "https://wire.example/1", "a5"),
        (150.0, "rewrite", "Five dead, says doctor", None, None, "a3"),
    ]


def test_a_version_is_held_against_the_one_that_it_supersedes(ask: Ask) -> None:
    columns = "article_id, supersedes, title_before, title, lines_added, lines_removed, marks"
    diff = ask(f"SELECT {columns} FROM article_diff")
    assert diff == [
        ("a5", "a1", "Two killed in Rawa", "Three killed in Rawa",
         ["Rebels attacked Rawa and killed three herders."], ["Rebels attacked Rawa and killed two herders."],
         ["CORRECTED"])
    ]  # fmt: skip


def test_a_trend_holds_the_last_day_against_the_days_of_four_weeks_and_counts_copies_once(
    cursor: Cursor, ask: Ask
) -> None:
    # fourteen reports in the four weeks before, one that is older, and a day of those weeks that names others
    cursor.execute("""
        INSERT INTO article BY NAME
        SELECT article.* REPLACE ('b' || n AS article_id, published_at - to_days(2 * n) AS published_at)
        FROM article, range(1, 16) AS t(n) WHERE article_id = 'a3';
        INSERT INTO mention BY NAME
        SELECT mention.* REPLACE ('n' || n AS mention_id, 'b' || n AS article_id)
        FROM mention, range(1, 16) AS t(n) WHERE mention_id = 'm3';
    """)
    tally(cursor, "run1")
    assert ask("SELECT entity_name, today, reports_today, round(reports_usual * 15, 6) FROM entity_trend") == [
        ("Karo Front", date(2026, 11, 20), 2, 14)
    ]
    assert ask("SELECT round(times_usual, 3), round(surprise, 3) FROM entity_trend") == [(2.143, 0.767)]


def test_of_a_young_archive_the_usual_is_that_of_the_days_there_are(cursor: Cursor, ask: Ask) -> None:
    cursor.execute("UPDATE mention SET entity_id = 'front' WHERE mention_id = 'm4'")
    tally(cursor, "run1")
    assert ask("SELECT reports_today, reports_usual, times_usual FROM entity_trend") == [(2, 1, 2)]
    cursor.execute("DELETE FROM entity_day WHERE named_on < '2026-11-20'")
    assert ask("SELECT reports_today, reports_usual, times_usual, surprise FROM entity_trend") == [
        (2, None, None, None)
    ]


def test_a_date_in_the_future_is_no_last_day(cursor: Cursor, ask: Ask) -> None:
    cursor.execute("UPDATE article SET published_at = '2031-01-01 00:00:00Z' WHERE article_id = 'a3'")
    tally(cursor, "run1")
    assert ask("SELECT today, reports_today, times_usual FROM entity_trend") == [(date(2026, 11, 20), 2, None)]


def test_runs_tell_how_long_they_took_and_what_failed(ask: Ask) -> None:
    assert ask(
        "SELECT run_id, status::VARCHAR, elapsed_seconds, failures, failed_with FROM run_log ORDER BY run_id"
    ) == [
        ("run1", "completed", 90.0, 3, ["fetch http_404: 2", "extract no_text: 1"]),
        ("run2", "running", None, 0, []),
    ]


def test_quotes_have_who_said_what_about_whom_without_the_speaker_himself(ask: Ask) -> None:
    rows = ask(
        "SELECT speaker, speech, event_type, modality, about, about_ids, sentence_text FROM quotes ORDER BY speaker"
    )
    assert rows == [
        ("Norland", "direct", "RETREAT", "planned", ["The army"], [], "The army will leave Rawa, Norland said."),
        ("a doctor", "indirect", "ASSAULT", "actual", ["rebels"], ["front"], DOCTOR),
    ]


def test_provenance_leads_from_an_event_to_the_bytes_of_its_page_and_the_poll(ask: Ask) -> None:
    rows = ask("""
        SELECT event_mention_id, article_id, version, capture_id, warc_file, warc_offset, feed_id, entry_id, poll_id,
               first_seen_at, feed_title, run_id, flow
        FROM provenance WHERE event_type = 'ASSAULT' ORDER BY article_id
    """)
    page = "raw/2026/11/20/one.warc.gz"
    seen = datetime(2026, 11, 20, 12, tzinfo=UTC)
    later = datetime(2026, 11, 20, 12, 0, 1, tzinfo=UTC)
    assert rows == [
        ("v2", "a2", 1, "c2", page, 200, "paper", "e2", "p2", later, "The Paper", "run1", "ingest"),
        ("v3", "a3", 1, "c3", page, 300, "paper", None, None, None, "The Paper", "run1", "ingest"),
        ("v5", "a5", 2, "c5", page, 500, "wire", "e1", "p1", seen, "The Wire", "run1", "ingest"),
    ]
