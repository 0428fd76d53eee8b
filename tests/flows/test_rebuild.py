"""`dateline rebuild`: the stored pages are read again without the network, and what changed is told."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from flows.briefs.refresh import is_behind
from pipeline.demo import DemoWire, load_stories
from pipeline.extract import EXTRACTOR
from tests.flows.home import dateline, make_home
from warehouse.query import ask

pytestmark = pytest.mark.prefect

FEED = "meridian-world"
OLD = "An older program took this line for the story.\nIt knew no better."


@pytest.fixture(scope="module")
def home(prefect_api: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose wire is gone, with articles that an older program made: one with another text, one without title."""
    stories = [story for story in load_stories() if FEED in story.feeds and story.kind != "missing"]
    with DemoWire(stories) as wire:
        feeds = [feed for feed in wire.feeds if feed.feed_id == FEED]
        made = make_home(tmp_path_factory.mktemp("rebuild") / "home", feeds)
        dateline("ingest", "--home", str(made), api=prefect_api)
    with duckdb.connect(str(made / "live" / "warehouse.duckdb")) as connection:
        urls = [url for (url,) in connection.execute("SELECT url FROM article ORDER BY url LIMIT 2").fetchall()]
        connection.execute("UPDATE article SET extractor = 'older'")
        connection.execute("UPDATE article SET text = ?, text_sha256 = 'x' WHERE url = ?", [OLD, urls[0]])
        connection.execute("UPDATE article SET title = 'Untitled' WHERE url = ?", [urls[1]])
    return made


def counts(report: str) -> dict[str, int]:
    """The counts of a report by their first words."""
    return {
        name.strip(): int(n) for name, n in re.findall(r"^  ([a-z ]+?)(?: \([a-z ]+\))? +(\d+)", report, re.MULTILINE)
    }


def versions(home: Path) -> list[tuple[object, ...]]:
    return ask(
        home / "dateline.duckdb",
        "SELECT version, is_latest, count(*), count(DISTINCT extractor) FROM article GROUP BY ALL ORDER BY ALL",
    ).rows


def test_a_dry_run_tells_what_would_change_and_writes_nothing(home: Path, prefect_api: str) -> None:
    told = dateline("rebuild", "--stage", "extract", "--dry-run", "--home", str(home), api=prefect_api)
    assert told.returncode == 0, told.stderr
    assert f"pages read again by {EXTRACTOR}" in told.stdout
    assert (counts(told.stdout)["text changed"], counts(told.stdout)["only other columns changed"]) == (1, 1)
    assert "  -It knew no better." in told.stdout
    with duckdb.connect(str(home / "live" / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT DISTINCT extractor FROM article").fetchall() == [("older",)]
        assert connection.execute("SELECT count(*) FROM run WHERE flow = 'rebuild'").fetchall() == [(0,)]


def test_a_rebuild_makes_new_versions_and_a_second_one_finds_nothing(home: Path, prefect_api: str) -> None:
    before = ask(home / "dateline.duckdb", "SELECT count(*) FROM article WHERE is_latest").rows[0][0]
    told = dateline("rebuild", "--home", str(home), api=prefect_api)
    assert told.returncode == 0, told.stderr
    assert counts(told.stdout)["text changed"] == 1
    assert "title 1" in told.stdout
    latest = ask(
        home / "dateline.duckdb",
        "SELECT count(*), count(DISTINCT extractor), max(version), min(title) <> 'Untitled' "
        "FROM article WHERE is_latest",
    ).rows
    assert latest == [(before, 1, 2, True)]
    kept = ask(
        home / "dateline.duckdb",
        "SELECT text FROM article WHERE version = 1 AND url IN (SELECT url FROM article WHERE version = 2)",
    ).rows
    assert kept == [(OLD,)]
    torn = ask(
        home / "dateline.duckdb",
        """
        SELECT m.mention_id FROM mention AS m JOIN article AS a USING (article_id)
        WHERE a.is_latest AND a.text[m.start_offset + 1 : m.end_offset] <> m.mention_text
        """,
    ).rows
    assert torn == []
    assert not is_behind(home / "brief.html", home / "dateline.duckdb")
    again = dateline("rebuild", "--home", str(home), api=prefect_api)
    assert again.stdout.startswith("0 pages read again")


def test_texts_are_tagged_again_by_a_new_lexicon_and_the_report_tells_what_changed(
    home: Path, prefect_api: str
) -> None:
    live = str(home / "live" / "warehouse.duckdb")
    with duckdb.connect(live) as connection:
        connection.execute("UPDATE article SET tagger = 'older'")
        connection.execute(
            "UPDATE event_mention SET modality = 'planned' WHERE event_mention_id = "
            "(SELECT min(event_mention_id) FROM event_mention JOIN article USING (article_id) "
            "WHERE is_latest AND modality = 'actual')"
        )
        latest = connection.execute("SELECT count(*) FROM article WHERE is_latest").fetchall()[0][0]
    dry = dateline("rebuild", "--stage", "tag", "--dry-run", "--home", str(home), api=prefect_api)
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout.startswith(f"{latest} texts tagged again by en_core_web_md")
    assert (counts(dry.stdout)["events coded otherwise"], counts(dry.stdout)["events that are gone"]) == (1, 0)
    assert re.search(r"\n  -[A-Z]+.* \| planned\n  \+[A-Z]+", dry.stdout)
    told = dateline("rebuild", "--stage", "tag", "--home", str(home), api=prefect_api)
    assert told.returncode == 0, told.stderr
    changed = ask(home / "dateline.duckdb", "SELECT count(*) FROM article WHERE is_latest AND tagger = 'older'").rows
    assert changed == [(0,)]
    orphans = ask(
        home / "dateline.duckdb",
        "SELECT event_id FROM event_mention WHERE event_id IS NOT NULL AND event_id NOT IN (SELECT event_id FROM event)"
        " AND article_id IN (SELECT article_id FROM article WHERE is_latest)",
    ).rows
    assert orphans == []
    again = dateline("rebuild", "--stage", "tag", "--home", str(home), api=prefect_api)
    assert again.stdout.startswith("0 texts tagged again")
