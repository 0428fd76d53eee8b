"""A run over the whole demo wire is held to its gold."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.demo import fresh_home, wire_at
from pipeline.demo import DemoWire, Gold, GoldEvent, gold
from pipeline.errors import ConfigError
from tests.flows.home import dateline, make_home
from tests.warehouse.test_views import examples
from warehouse.migrate import scripts
from warehouse.query import ask
from warehouse.questions import Question, questions

pytestmark = pytest.mark.prefect

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
EVENTS_FOUND = 0.90  # least share of the gold's events whose type is coded in the sentence that tells of them


@dataclass(frozen=True)
class Outcome:
    """What a run left, by path of the wire."""

    base_url: str
    published: Path

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return ask(self.published, query).rows

    def path(self, url: str) -> str:
        return url.removeprefix(self.base_url)


@pytest.fixture(scope="module")
def outcome(prefect_api: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """The demo wire, ingested once."""
    with DemoWire() as wire:
        home = make_home(tmp_path_factory.mktemp("demo") / "home", wire.feeds)
        run = dateline("ingest", "--home", str(home), api=prefect_api)
        assert run.returncode == 1, run.stderr  # some of it is broken on purpose
        yield Outcome(wire.base_url, home / "dateline.duckdb")


@pytest.fixture(scope="module")
def expected() -> Gold:
    return gold()


def test_every_feed_gives_its_entries(outcome: Outcome, expected: Gold) -> None:
    seen = dict(outcome.rows("SELECT feed_id, count(*) FROM entry GROUP BY 1"))
    assert seen == {feed_id: count for feed_id, count in expected.entries.items() if count}


def test_exactly_the_expected_articles_are_loaded(outcome: Outcome, expected: Gold) -> None:
    loaded = {outcome.path(url) for (url,) in outcome.rows("SELECT url FROM article")}
    assert loaded == {a.path for a in expected.articles}


def test_exactly_the_expected_failures_are_recorded(outcome: Outcome, expected: Gold) -> None:
    failed = {(outcome.path(url), stage, reason) for url, stage, reason in outcome.rows(FAILURES)}
    assert failed == {(f.path, f.stage, f.reason) for f in expected.failures}


FAILURES = "SELECT url, stage::VARCHAR, reason FROM failure"


def straight(text: str | None) -> str:
    """Quote marks as they were meant: the wire writes them in several ways, the cleaner in one."""
    return re.sub("[“”\"]|``|''", '"', re.sub("[’‘`]", "'", text or ""))


def test_articles_say_what_their_pages_say(outcome: Outcome, expected: Gold) -> None:
    columns = "url, title, language, dateline, text, published_at"
    loaded = {outcome.path(row[0]): row[1:] for row in outcome.rows(f"SELECT {columns} FROM article")}
    wrong: list[tuple[object, ...]] = []
    for want in expected.articles:
        title, language, place, text, published = loaded[want.path]
        got = (straight(title), language, (place or "").split(",")[0].casefold(), published)
        if got != (straight(want.title), want.language, (want.place or "").casefold(), want.published):
            wrong.append((want.path, got))
        flat = straight(" ".join(text.split()))
        if not flat.startswith(straight(want.first_words)) or not flat.endswith(straight(want.last_words)):
            wrong.append((want.path, text[:60], text[-60:]))
        wrong += [(want.path, phrase) for phrase in want.absent if phrase in text]
    assert wrong == []


@pytest.mark.parametrize(("name", "text"), [view for view in scripts("views") if view[0] != "labels.sql"])
def test_the_examples_of_each_view_find_something(outcome: Outcome, name: str, text: str) -> None:
    """All but those of labels, which only people make: see tests/warehouse/test_labels.py."""
    found = {example: len(outcome.rows(example)) for example in examples(text)}
    assert found, name
    assert 0 not in found.values(), found


@pytest.mark.parametrize("one", questions(), ids=lambda one: one.name)
def test_the_demo_answers_every_shipped_question_as_the_readme_shows(outcome: Outcome, one: Question) -> None:
    answer = ask(outcome.published, one.sql)
    shown = README.partition(f"`dateline sql {one.name}`\n")[2].partition("\n```\n\n    ")[2]
    assert tuple(re.split(r"\s+┃\s+", shown.partition("\n")[0].strip())) == answer.columns
    rows = re.search(r"^    (\d+) rows?$", shown, re.MULTILINE)
    assert rows
    assert len(answer.rows) == int(rows[1]) > 1


def test_copies_and_updates_are_one_story(outcome: Outcome, expected: Gold) -> None:
    told = outcome.rows("SELECT url, story_id FROM article JOIN story_article USING (article_id)")
    by_path = {outcome.path(url): story for url, story in told}
    path_of = {a.story_id: a.path for a in expected.articles}
    for group in expected.groups:
        stories = {by_path[path_of[story_id]] for story_id in group.story_ids}
        assert len(stories) == 1, (group.kind, sorted(group.story_ids))


def joined(expected: Gold) -> list[set[str]]:
    """The gold's groups, those that share a story as one: the copies of a text and its rewrites."""
    found: list[set[str]] = []
    for group in expected.groups:
        near = [other for other in found if other & group.story_ids]
        found = [other for other in found if other not in near] + [set(group.story_ids).union(*near)]
    return found


def test_strangers_are_different_stories(outcome: Outcome, expected: Gold) -> None:
    listed = "SELECT list(url) FROM article JOIN story_article USING (article_id) GROUP BY story_id"
    together = {frozenset(row[0]) for row in outcome.rows(listed)}
    path_of = {a.story_id: a.path for a in expected.articles}
    groups = [{path_of[story_id] for story_id in group} for group in joined(expected)]
    for urls in together:
        paths = {outcome.path(url) for url in urls}
        assert len(paths) == 1 or any(paths <= group for group in groups), paths


def test_the_events_that_any_coder_must_find_are_found(outcome: Outcome, expected: Gold) -> None:
    coded = outcome.rows("""
        SELECT url, event_type, sentence_text, modality, polarity FROM event_mention JOIN article USING (article_id)
    """)
    wanted = [(a.path, event) for a in expected.articles for event in a.events]
    missed = [(path, event) for path, event in wanted if not any(matches(row, outcome, path, event) for row in coded)]
    share = 1 - len(missed) / len(wanted)
    assert share >= EVENTS_FOUND, "\n".join([f"{share:.3f}", *(f"{path}: {e.type}: {e.says}" for path, e in missed)])


def matches(row: tuple[Any, ...], outcome: Outcome, path: str, event: GoldEvent) -> bool:
    """Whether a coded sentence is the gold's event."""
    url, event_type, sentence, modality, polarity = row
    return (
        outcome.path(url) == path
        and event_type == event.type
        and event.says in sentence
        and (modality, polarity) == (event.modality, event.polarity)
    )


def test_every_row_of_an_event_leads_to_its_words(outcome: Outcome) -> None:
    torn = outcome.rows("""
        SELECT m.sentence_text FROM event_mention AS m JOIN article AS a USING (article_id)
        WHERE substr(a.text, m.sentence_start + 1, m.sentence_end - m.sentence_start) <> m.sentence_text
           OR substr(a.text, m.start_offset + 1, m.end_offset - m.start_offset) <> m.trigger_text
           OR m.start_offset < m.sentence_start OR m.end_offset > m.sentence_end
    """)
    assert torn == []


def test_labels_are_never_deleted(tmp_path: Path) -> None:
    home = tmp_path / "home"
    fresh_home(home, home / "labels.jsonl")
    (home / "labels.jsonl").write_text("{}\n")
    with pytest.raises(ConfigError, match=r"labels\.jsonl: holds your labels"):
        fresh_home(home, home / "labels.jsonl")
    assert (home / "labels.jsonl").read_text() == "{}\n"


def test_a_port_that_is_taken_is_no_hindrance() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, wire_at(taken.getsockname()[1]) as wire:
        assert httpx.get(f"{wire.base_url}/nothing").status_code == 404
