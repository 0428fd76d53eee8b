"""A small archive: two WARC files of pages, among what else crawls hold."""

from __future__ import annotations

from pathlib import Path

from tests.flows.archives import news_records, pages, write_warc

PAGES = 10


def write_archive(folder: Path) -> Path:
    """The folder, made."""
    folder.mkdir()
    news = pages(PAGES)
    for number, some in enumerate((news[: PAGES // 2], news[PAGES // 2 :]), 1):
        write_warc(folder / f"news-{number}.warc.gz", news_records(some))
    return folder
