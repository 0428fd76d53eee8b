"""Hostile text through the whole pipeline: stored as text, and nowhere shown as anything else."""

from __future__ import annotations

import json
import logging
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from lxml.html import document_fromstring
from rich.console import Console
from typer.testing import CliRunner

from flows.answers import table_of, write_csv
from flows.cli import app, fail
from flows.logs import Json, guard_logs
from flows.manual import print_summary
from flows.panel.pages import feed_rows, run_page
from flows.session import Session
from flows.visible import JOINERS, exact, json_line, lines, markdown, one_line
from pipeline.errors import ConfigError
from pipeline.parse.text import plain_text
from pipeline.records import Feed
from pipeline.settings import load_settings
from pipeline.sources import load_feeds
from pipeline.sources.feeds import parse_feeds
from tests.flows.home import make_home
from tests.flows.hostile_wire import ESCAPES, FEED_TITLE, MARKUP, SCRIPT, SECRET, SQL, TITLES, TURNED, hostile_wire
from warehouse.checks import checks, choose, run_checks
from warehouse.query import Answer, ask
from warehouse.runs import Run, begin_run, end_run
from warehouse.store import Warehouse, statement

STYLING = re.compile(r"\x1b\[[0-9;]*m")  # what rich itself sends to a terminal


@dataclass(frozen=True, slots=True)
class Told:
    """A home after one run over the wire."""

    home: Path
    run: Run
    log: str

    @property
    def published(self) -> Path:
        return self.home / "dateline.duckdb"

    def dateline(self, *arguments: str) -> str:
        """What a command prints."""
        done = CliRunner().invoke(app, [*arguments, "--home", str(self.home)])
        assert done.exit_code in (0, 1), done.exception
        return done.output


@contextmanager
def logged() -> Iterator[StringIO]:
    """What is logged meanwhile, as JSON."""
    factory, handler = logging.getLogRecordFactory(), logging.StreamHandler(StringIO())
    handler.setFormatter(Json())
    guard_logs()
    loggers = [logging.getLogger(name) for name in ("flows", "warehouse")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield handler.stream
    logging.setLogRecordFactory(factory)
    for logger, level in zip(loggers, before, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    with hostile_wire() as url:
        feed = Feed(feed_id="harm", url=url, title=None, allow_private=True)
        home = make_home(tmp_path_factory.mktemp("hostile") / "home", [feed])
        settings = load_settings(home=home, workers=1, host_interval_seconds=0.0, page_seconds=100, tag_seconds=200)
        with logged() as log, Warehouse.open(settings.live, settings.lock) as warehouse:
            begin_run(warehouse, "r1", datetime.now(UTC), flow="ingest", version="test", flow_run_id=None)
            with Session(settings, load_feeds(settings.feeds_file), "r1", warehouse) as session:
                session.poll(["harm"])
                session.read(session.fetch(session.due_pages(None, None)))
                session.group()
                session.publish()
                with warehouse.transaction(of_book=True) as cursor:
                    run = end_run(cursor, "r1", datetime.now(UTC), "completed")
    return Told(home, run, log.getvalue())


def assert_harmless(shown: str) -> None:
    """Nothing that a terminal would obey or hide, and no secret."""
    found = {c for c in shown if c not in JOINERS and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert found <= {"\n"}
    assert SECRET not in shown


def test_every_text_is_stored_as_text(told: Told) -> None:
    stored = {title for (title,) in ask(told.published, "SELECT title FROM entry").rows}
    assert {plain_text(title) for title in TITLES.values()} <= stored
    assert ask(told.published, "SELECT count(*) FROM entry WHERE status = 'loaded'").rows == [(len(TITLES),)]
    assert ask(told.published, "SELECT count(*) FROM article").rows == [(len(TITLES),)]
    ((text,),) = ask(told.published, "SELECT text FROM article WHERE contains(url, '/sql')").rows
    assert "'); DROP TABLE event; -- five people" in str(text)
    assert "Ana </script> Moreno" in str(text)


def test_the_warehouse_keeps_its_promises(told: Told) -> None:
    broken = [f.check.name for f in run_checks(told.published, choose([], checks(), quick=False), 3) if not f.is_kept]
    assert broken == []


QUERIES = (
    "FROM feed", "FROM entry", "FROM article", "FROM mention", "FROM failure", "FROM poll", "FROM event_reports",
    "FROM feed_health", "FROM article_claim", "FROM capture",
)  # fmt: skip


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("query", QUERIES)
def test_sql_shows_it_harmlessly(told: Told, query: str, form: str) -> None:
    assert_harmless(told.dateline("sql", query, "--format", form))


def test_markup_of_a_console_is_text(told: Told) -> None:
    shown = told.dateline("sql", "SELECT title FROM entry WHERE contains(title, 'shells')")
    assert "[red]shells[/red] [link=file:///etc/passwd]Karo[/link] [/]" in shown


def test_json_is_what_was_stored(told: Told) -> None:
    query = "SELECT title FROM entry ORDER BY title"
    shown = [json.loads(line)["title"] for line in told.dateline("sql", query, "--format", "json").splitlines()]
    assert shown == [title for (title,) in ask(told.published, query).rows]


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "Karo"),
        ("search", "soldiers", "attacked"),
        ("feeds", "list"),
        ("feeds", "show", "harm"),
        ("check",),
        ("sql", "SELECT '\x1b[2J\u202e' AS \"\x1b[31m[red]\""),
    ],
)
def test_commands_show_it_harmlessly(told: Told, arguments: tuple[str, ...]) -> None:
    assert_harmless(told.dateline(*arguments))


def test_show_shows_it_harmlessly(told: Told) -> None:
    things = "(FROM (SELECT article_id FROM article) UNION ALL (SELECT story_id FROM story) UNION ALL"
    ids = ask(told.published, f"{things} (SELECT entity_id FROM entity) UNION ALL (SELECT event_id FROM event))").rows
    for (row_id,) in [*ids[:6], *ids[-3:]]:
        assert_harmless(told.dateline("show", str(row_id), "--full-text"))
    assert_harmless(told.dateline("show", str(ids[0][0]), "--json"))
    assert_harmless(told.dateline("show", "\x1b[2J nobody\u202e"))


def test_why_shows_it_harmlessly(told: Told) -> None:
    ids = ask(
        told.published, "SELECT article_id FROM article UNION ALL SELECT event_mention_id FROM event_mention"
    ).rows
    assert len(ids) > len(TITLES)
    for (row_id,) in ids[:12]:
        assert_harmless(told.dateline("why", str(row_id)))


def test_the_brief_shows_it_harmlessly(told: Told) -> None:
    assert_harmless(told.dateline("brief", "--since", "30d"))
    page = (told.home / "brief.html").read_text("utf-8")
    assert_harmless(page)
    assert len(page) < 500_000
    read = document_fromstring(page)
    assert len(read.xpath("//script")) == 1
    assert read.xpath("//img | //@onerror | //@href[contains(., 'javascript')]") == []
    assert "Karo </script><img src=x onerror=alert(1)> army & <b>navy</b>" in read.text_content()


@pytest.fixture(scope="module")
def ailing(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A copy of the home, in which a feed fails with a text that means harm."""
    home = tmp_path_factory.mktemp("ailing") / "home"
    shutil.copytree(told.home, home)
    with duckdb.connect(str(load_settings(home=home).live)) as live:
        live.execute("UPDATE feed SET consecutive_failures = 3, last_error = ?", [f"not_a_feed: {ESCAPES}{TURNED}"])
    return replace(told, home=home)


def test_the_doctor_shows_it_harmlessly(ailing: Told) -> None:
    shown = ailing.dateline("doctor")
    assert_harmless(shown)
    assert "harm: not_a_feed: " in shown


def test_the_doctors_json_is_harmless_and_what_was_stored(ailing: Told) -> None:
    shown = ailing.dateline("doctor", "--json")
    assert_harmless(shown)
    whats = [str(json.loads(line)["what"]) for line in shown.splitlines()]
    assert any(ESCAPES + TURNED in what for what in whats)


def test_explained_tagging_shows_it_harmlessly(told: Told, tmp_path: Path) -> None:
    ((text,),) = ask(told.published, "SELECT text FROM article LIMIT 1").rows
    record = {"id": "x\x1b[2J", "title": ESCAPES, "text": f"{text}\n{TURNED}", "language": "en"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n\x1b[2J no JSON\n")
    done = CliRunner().invoke(app, ["tag", "--explain", str(tmp_path / "a.jsonl")])
    assert_harmless(done.output)
    assert "Police arrested" in done.output.replace("[trigger: ", "").replace("]", "").replace("[actor: ", "")


def test_the_summary_of_a_run_shows_it_harmlessly(told: Told) -> None:
    shown = StringIO()
    print_summary(Console(file=shown, width=160), told.published, told.run)
    assert_harmless(shown.getvalue())
    assert "gone" in shown.getvalue()
    assert "token=***" in shown.getvalue()


def test_a_terminal_gets_only_the_colours_of_its_own_program(told: Told) -> None:
    shown = StringIO()
    console = Console(file=shown, force_terminal=True, color_system="truecolor", width=120, highlight=False)
    console.print(table_of(ask(told.published, "SELECT left(title, 100) FROM entry")))
    print_summary(console, told.published, told.run)
    assert_harmless(STYLING.sub("", shown.getvalue()))


def test_a_run_logs_what_it_is_about_harmlessly(told: Told) -> None:
    assert_harmless(told.log)
    records = [json.loads(line) for line in told.log.splitlines()]
    assert {record["run"] for record in records} == {"r1"}
    (failed,) = [record for record in records if "failed: " in record["message"]]
    assert failed["message"].startswith("fetch failed: http_404: the server at http://127.0.0.1:")
    assert (failed["level"], failed["feed"]) == ("info", "harm")
    assert failed["url"].endswith("?token=***")
    articles = {record["article"] for record in records if "article" in record}
    assert articles == {row_id for (row_id,) in ask(told.published, "SELECT article_id FROM article").rows}


class Terminal(StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_csv_is_exact_in_a_file_and_harmless_on_a_terminal() -> None:
    answer = Answer(("a",), [(ESCAPES,)])
    file, terminal = StringIO(), Terminal()
    write_csv(answer, file)
    write_csv(answer, terminal)
    assert ESCAPES in file.getvalue()
    assert_harmless(terminal.getvalue())


@pytest.mark.parametrize("text", [ESCAPES, TURNED, SECRET.join(("https://a:b@x.example/?token=", "\n\x1b[2J"))])
def test_errors_are_shown_harmlessly(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        fail(ConfigError(f"feeds.toml:3 {text}", f"{text} is listed twice"), 2)
    shown = capsys.readouterr().err
    assert_harmless(shown)
    assert shown.count("\n") == 1


@pytest.mark.parametrize(
    "feed_id", ["../../etc/passwd", "a b", "a'b", 'a\\"b', "a\\nb", "a/b", "A", "\u202ea", "a\\u001b[2J"]
)
def test_a_feed_id_that_means_harm_is_refused(feed_id: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_feeds(f'[[feed]]\nid = "{feed_id}"\nurl = "https://wire.example/rss"\n')
    assert "\n" not in str(caught.value)


def test_pages_of_prefect_hold_text_and_no_markup(told: Told) -> None:
    rows = feed_rows(told.published)
    assert_harmless(json.dumps(rows, ensure_ascii=False, default=str))
    failures = ask(told.published, statement("run_failures"), {"run_id": "r1"}).rows
    assert failures
    hostile = [("fetch", "http_404", text, None) for text in (MARKUP, SCRIPT, SQL, ESCAPES, FEED_TITLE)]
    page = run_page(told.run, [*failures, *hostile])
    assert_harmless(page)
    assert not re.search(r"<(?!/?$)", page)
    ours = "All of it: `dateline sql"
    for row in page.split("\n"):
        if row.startswith(ours):
            continue
        if row.startswith("| fetch"):
            assert len(re.findall(r"(?<!\\)\|", row)) == 4, row
        assert not re.search(r"(?<!\\)[`\[]", row), row


def test_a_megabyte_is_shown_in_part(told: Told) -> None:
    """In a table of thirty columns it would be drawn for minutes."""
    shown = told.dateline("sql", "SELECT title FROM entry WHERE length(title) > 100000")
    assert "characters in all)" in shown.replace("\n", "")
    assert len(shown) < 100_000


def test_each_way_of_showing_a_text() -> None:
    assert one_line("a\n\x1b\u202e\u200b\\") == "a\\n\\x1b\\u202e\\u200b\\"
    assert exact("\\x1b") == "\\\\x1b"
    assert lines("a\n\tb") == "a\n\\tb"
    assert markdown("[a](b)\n|") == "\\[a\\]\\(b\\)\\\\n\\|"
    assert json.loads(json_line({"a": "\x9b\u202e\U000e0001ü"})) == {"a": "\x9b\u202e\U000e0001ü"}
    assert json_line({"a": "\U000e0001ü\x9b"}) == '{"a": "\\udb40\\udc01ü\\u009b"}'
