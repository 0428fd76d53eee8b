"""The worst pages end in time with an outcome that is recorded, and the pages beside them lose nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import pytest

from pipeline.extract.worker import Crash, Workers
from pipeline.records import Article, Page
from tests.extract import jobs
from tests.extract.hard_pages import HARD, normal_page, page, sentences, varied_pages

SECONDS = 10.0
NORMAL = 40

# What is refused, and as what; all others hold a story or take too long.
REFUSED = {
    "nothing": "empty",
    "blanks only": "empty",
    "noise": "binary",
    "noise that begins as HTML": "binary",
    "a gzip file cut short": "archive",
    "200,000 line breaks": "too_many_tags",
    "100,000 unclosed tags": "too_many_tags",
}
# These may be given up on a slow machine; on any machine they end.
SLOW = {"an article of 5 MB", "a table of 60,000 rows", "100,000 spans", "20,000 links"}
GIVEN_UP = {"timeout", "memory"}
LINES = {line for seed, count in ((1, 12), (2, 9), (3, 9)) for line in sentences(seed, count)}


@dataclass(slots=True)
class Results:
    """What came of each page, by its name, and how long all took."""

    outcomes: dict[str, Article | str | Crash] = field(default_factory=dict)
    seconds: float = 0.0


def mixed() -> Iterator[Page]:
    """All hard pages, with a normal one before and after each."""
    for number, (name, make) in enumerate(HARD.items()):
        yield normal_page(number)
        yield page(name, make())
    yield from (normal_page(number) for number in range(len(HARD), NORMAL))


@pytest.fixture(scope="module")
def results() -> Results:
    pages = list(mixed())
    results = Results()
    with Workers(jobs.read, count=2, seconds=SECONDS, warm_up=jobs.read_one, memory_bytes=2 << 30) as workers:
        start = time.monotonic()
        for index, outcome in workers.map(pages):
            results.outcomes[pages[index].page_id] = outcome
        results.seconds = time.monotonic() - start
    return results


@pytest.mark.parametrize("name", HARD)
def test_a_hard_page_has_an_outcome(results: Results, name: str) -> None:
    outcome = results.outcomes[name]
    if name in REFUSED:
        assert outcome == REFUSED[name]
    elif isinstance(outcome, Crash):
        assert name in SLOW
        assert outcome.reason in GIVEN_UP
    else:
        assert isinstance(outcome, Article)
        assert any(line in outcome.text for line in LINES)


def test_no_page_beside_a_hard_one_is_lost(results: Results) -> None:
    for number in range(NORMAL):
        assert results.outcomes[f"normal-{number}"] == jobs.read(normal_page(number))


def test_all_hard_pages_take_bounded_time(results: Results) -> None:
    assert len(results.outcomes) == len(HARD) + NORMAL
    assert results.seconds < (len(SLOW) * (SECONDS + 2.0) + len(HARD) * 2.0) / 2 + 20.0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its size")
def test_memory_stays_flat_over_many_pages() -> None:
    with Workers(jobs.read_and_weigh, count=1, seconds=SECONDS, warm_up=jobs.read_one) as workers:
        sizes = [size for _, size in workers.map(list(islice(varied_pages(), 300)))]
    assert all(isinstance(size, float) for size in sizes)
    assert max(sizes[200:]) - max(sizes[:100]) < 8.0  # MiB; measured 0.4, and 0.1 for 1,000 more pages
