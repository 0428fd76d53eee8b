"""What tries again what failed, and what reads again what another version read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flows.status.retries import retry_of
from flows.status.versions import versions_of
from pipeline.settings import Settings
from tests.flows.status.asked import NOW, change, numbers, status
from tests.warehouse.build import capture, entry, page_failure, poll
from warehouse.pages import record_fetches
from warehouse.publish import publish
from warehouse.store import Warehouse


def test_failures_are_told_by_reason_with_what_tries_them_again(settings: Settings) -> None:
    later, soon = NOW + timedelta(hours=3), NOW - timedelta(hours=1)
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        poll(warehouse, [entry(n) for n in range(3, 10)])
        urls = [f"https://wire.example/{n}" for n in range(3, 10)]
        record_fetches(warehouse, "run-1", NOW, [capture(urls[4]), capture(urls[6])], [page_failure(urls[0], None)])
        record_fetches(warehouse, "run-1", NOW, [], [page_failure(urls[1], later), page_failure(urls[2], None)])
        busy = page_failure(urls[3], soon)
        busy = replace(busy, failure=replace(busy.failure, reason="http_503"))
        record_fetches(warehouse, "run-1", NOW, [], [busy])
        with warehouse.transaction() as cursor:
            told = "INSERT INTO failure VALUES (?, 'run-1', now(), ?, 'wire', ?, ?, 'told', NULL)"
            cursor.execute(told, ["x", "extract", urls[4], "no_text"])
            cursor.execute(told, ["v", "extract", urls[6], "image"])
            cursor.execute(told, ["y", "extract", urls[5], "crashed"])
            cursor.execute(told, ["z", "poll", "https://wire.example/rss", "http_503"])
            cursor.execute(told, ["w", "extract", "file:///a.warc.gz#byte=7", "damaged"])
            failed = "UPDATE entry SET status = 'failed', stage = 'extract' WHERE url = ?"
            cursor.execute(failed, [urls[4]])
            cursor.execute(failed, [urls[6]])
            cursor.execute("UPDATE entry SET status = 'loaded' WHERE url = ?", [urls[5]])
            cursor.execute("UPDATE feed SET consecutive_failures = 2, next_poll_at = ?", [later])
        publish(warehouse, settings.published)
    told_of = {
        (group.stage, group.reason): (group.failing, retry_of(group, NOW)) for group in numbers(settings).failures
    }
    assert told_of == {
        ("fetch", "http_404"): (3, "again after 11-27 15:00 (2 of 3 not)"),
        ("fetch", "http_503"): (1, "again in the next run"),
        ("extract", "no_text"): (1, "by a better version: dateline rebuild --stage extract"),
        ("extract", "image"): (1, "not tried again"),
        ("extract", "crashed"): (0, "none fails any more"),
        ("extract", "damaged"): (1, "not tried again"),
        ("poll", "http_503"): (1, "again after 11-27 15:00; now: dateline ingest --feed wire"),
    }


def test_articles_that_another_version_read_are_counted_with_what_reads_them_again(settings: Settings) -> None:
    change(settings, "UPDATE article SET tagger = 'm 1 / rules 9 / de 2'")
    versions = versions_of(numbers(settings))
    assert (versions.extracted_by_others, versions.tagger) == (1, "m 1 / rules 9 / de 2")
    change(
        settings,
        "INSERT INTO article BY NAME SELECT * REPLACE ('b' AS article_id, 'm 1 / rules 9' AS tagger) FROM article",
        "INSERT INTO article BY NAME SELECT * REPLACE ('c' AS article_id, 'm 1 / rules 8' AS tagger, "
        "loaded_at - INTERVAL 1 DAY AS loaded_at) FROM article WHERE article_id = 'b'",
    )
    versions = versions_of(numbers(settings))
    assert (versions.extracted_by_others, versions.tagger, versions.tagged_by_others) == (3, "m 1 / rules 9", 1)
    told = status(settings)[1]
    assert "another one read 3 articles: dateline rebuild --stage extract" in told
    assert "another one read 1 article: dateline rebuild --stage tag" in told
    change(settings, "UPDATE capture SET pruned_at = now()")
    assert versions_of(numbers(settings)).extracted_by_others_pruned == 3
    assert "another one read 3 further articles, whose pages are deleted" in status(settings)[1]
