"""Homes, commands and comparisons for the tests of whole runs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.records import Feed
from pipeline.sources import add_feed
from tests.conftest import script
from warehouse.query import ask

# What a run must leave, without what differs by nature: times of the runs, ids of the runs, places in files.
CONTENT = {
    "entries": "SELECT feed_id, entry_id, url, title, status::VARCHAR, reason, article_id FROM entry",
    "captures": "SELECT DISTINCT url, body_sha256 FROM capture",
    "articles": "SELECT article_id, url, version, is_latest, title, text_sha256, language, dateline FROM article",
    "mentions": "SELECT mention_id, label, mention_text FROM mention",
    "places": "SELECT place_id, geonameid, country FROM place",
    "event mentions": "SELECT event_mention_id, event_id, event_type, mode, sentence_text FROM event_mention",
    "participants": "SELECT event_mention_id, role, ordinal, participant_text, country, sector FROM event_participant",
    "stories": "SELECT story_id, title, first_article_id, article_count, feed_count FROM story",
    "memberships": "SELECT article_id, story_id, relation FROM story_article",
    "events": "SELECT event_id, event_type, actors, recipients, mention_count, article_count, story_count FROM event",
}


def make_home(folder: Path, feeds: Sequence[Feed]) -> Path:
    """A new home that lists those feeds."""
    folder.mkdir(parents=True)
    (folder / "feeds.toml").write_text("# test\n")
    for feed in feeds:
        add_feed(folder / "feeds.toml", feed)
    return folder


def environment(api: str | None, **more: str) -> dict[str, str]:
    """The environment of a command of ours."""
    values = {**os.environ, "DATELINE_BATCH_SIZE": "8", "DATELINE_WORKERS": "2", **more}
    return {**values, "PREFECT_API_URL": api} if api else values


def dateline(
    *arguments: str, api: str | None = None, seconds: float = 180, cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """The installed command, to its end."""
    return subprocess.run(
        [str(script("dateline")), *arguments],
        env=environment(api, **more),
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def content(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a run left, by kind, in a fixed order."""
    published = home / "dateline.duckdb"
    return {name: ask(published, f"{query} ORDER BY ALL").rows for name, query in CONTENT.items()}
