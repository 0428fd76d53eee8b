"""`dateline show` on a real warehouse: what a person reads, and a program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from rich.console import Console
from typer.testing import CliRunner

from flows.cli import app
from flows.show.article import show_article
from flows.show.things import show_event
from flows.show.writing import show_found, write_show
from tests.warehouse.published import publish_reports
from warehouse.query import ask
from warehouse.show import show
from warehouse.shown import ShownArticle, ShownEvent

ROOT = Path(__file__).parents[2]
HEAVY = ("spacy", "prefect", "torch", "pandas")
MARKED = (
    "  [actor: Soldiers] [trigger: attacked] the village of [place: Rawa] on [date: Friday] and killed "
    "[recipient: [killed: three] herders]."
)
EVENT = "SELECT event_id FROM event"
FIRST = "SELECT article_id FROM article WHERE url LIKE '%/1'"
STORY = "SELECT arg_max(story_id, article_count) FROM story"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_reports(tmp_path_factory.mktemp("home"))


def row_id(published: Path, query: str) -> str:
    return str(ask(published, query).rows[0][0])


def shown(published: Path, wanted: str, most: int = 10, *, full_text: bool = False) -> list[str]:
    target = StringIO()
    assert write_show(published, wanted, most, target, full_text=full_text)
    return target.getvalue().splitlines()


def as_json(published: Path, wanted: str) -> Any:
    target = StringIO()
    write_show(published, wanted, 10, target, as_json=True)
    (line,) = target.getvalue().splitlines()
    return json.loads(line)


def test_an_event_is_shown_with_what_is_known_and_its_sentence_once_for_all_copies(published: Path) -> None:
    event_id = row_id(published, EVENT)
    lines = shown(published, event_id)
    assert lines[0] == f"event {event_id}: ASSAULT, 2026-11-20"
    for line in (
        "    what        ASSAULT; quad 4 (material conflict), scale -9 of -10 to +10",
        "    date        2026-11-20 (day)",
        "    tolls       killed 3",
        "Sentences (2): dateline why ID says how each was coded",
        MARKED,
    ):
        assert line in lines
    assert lines.count(MARKED) == 1
    assert len([line for line in lines if line.startswith("    mention ")]) == 2
    assert [line.split(" · ")[-1] for line in lines[lines.index("Articles: dateline show ID (2)") + 1 :][:2]] == [
        "https://wire.example/1",
        "https://wire.example/2",
    ]


def test_each_id_that_it_shows_can_be_asked_for(published: Path) -> None:
    lines = [*shown(published, row_id(published, EVENT)), *shown(published, row_id(published, STORY))]
    ids = {line.split()[0] for line in lines if line.startswith("    ") and len(line.split()[0]) == 16}
    assert len(ids) == 5  # the event, its story and three articles
    for wanted in ids:
        assert wanted in shown(published, wanted)[0]


def test_an_article_is_shown_with_its_text_marked_and_its_events_by_id(published: Path) -> None:
    lines = shown(published, row_id(published, FIRST))
    text = next(line for line in lines if "[event ASSAULT: attacked]" in line)
    assert "[place, GPE: Rawa] on [date: Friday] and killed [number: three] [NORP: herders]" in text
    assert f"    {row_id(published, EVENT)}  ASSAULT · Soldiers → three herders · Rāwah · “attacked”" in lines
    (planned,) = [line for line in lines if "in no event" in line]
    assert "RETREAT withdraw · the army · “leave” · in no event (affirmed, planned): dateline why" in planned


def test_a_long_text_is_cut_at_a_paragraph_unless_all_of_it_is_asked_for(published: Path) -> None:
    found = show(published, row_id(published, FIRST), 10)
    assert isinstance(found, ShownArticle)
    long = replace(found, article=replace(found.article, text="\n".join(["A paragraph of news. " * 30] * 4)), spans=())
    for full_text, paragraphs in ((False, 2), (True, 4)):
        target = StringIO()
        show_article(Console(file=target, width=160), long, full_text=full_text)
        assert target.getvalue().count("\n  A paragraph") == paragraphs
        assert ("--full-text shows them" in target.getvalue()) is not full_text


def test_a_story_is_shown_with_who_was_first_and_who_copied(published: Path) -> None:
    lines = shown(published, row_id(published, STORY))
    first = row_id(published, FIRST)
    assert any(line.startswith(f"    {first}  ") and " · first · " in line for line in lines)
    assert any(f"copy of {first} +1 h" in line for line in lines)
    assert any("killed 3 by " in line and "(and 1 copy)" in line for line in lines)


def test_an_entity_is_shown_by_its_name(published: Path) -> None:
    lines = shown(published, "herders of RAWA")
    assert lines[0].endswith(": Herders of Rawa")
    assert "    ASSAULT       0 as actor, 1 as recipient" in lines
    assert any(row_id(published, EVENT) in line for line in lines)
    assert any("https://wire.example/1" in line for line in lines)


def test_what_is_left_out_says_how_to_see_it(published: Path) -> None:
    lines = shown(published, row_id(published, EVENT), most=1)
    assert lines.count("    … and 1 more: a higher --limit shows them") == 2  # sentences, articles


def test_sentences_that_the_copy_does_not_hold_are_said_to_be_in_the_whole(published: Path) -> None:
    found = show(published, row_id(published, EVENT), 10)
    assert isinstance(found, ShownEvent)
    target = StringIO()
    event = replace(found.event, mention_count=5)
    show_event(Console(file=target, width=160), replace(found, event=event))
    assert "… and 3 more in texts that this copy does not hold: --full asks all of them" in target.getvalue()


def test_in_a_pipe_each_thing_is_one_line_whatever_its_length(published: Path) -> None:
    found = show(published, row_id(published, FIRST), 10)
    assert isinstance(found, ShownArticle)
    target = StringIO()
    long = replace(found, article=replace(found.article, text="word " * 500))
    show_article(Console(file=target, width=80), long, full_text=True)
    assert any(len(line) > 2_000 for line in target.getvalue().splitlines())


def test_on_a_terminal_the_marks_are_colours(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    target = StringIO()
    console = Console(file=target, force_terminal=True, color_system="truecolor", width=80)
    show_found(console, show(published, row_id(published, FIRST), 10), full_text=False)
    assert "\x1b[1;38;2;213;94;0mattacked\x1b[0m" in target.getvalue()
    assert "[event ASSAULT: " not in target.getvalue()
    assert "\x1b[1;38;2;86;180;233mname\x1b[0m" in target.getvalue()


def test_hostile_text_is_spelled_out(published: Path) -> None:
    found = show(published, row_id(published, FIRST), 10)
    assert isinstance(found, ShownArticle)
    hostile = "\x1b]0;owned\x07 [bold]\u202e <script>"
    article = replace(found.article, title=hostile, text=hostile, url=hostile, agency=hostile, byline=[hostile])
    lines = tuple(replace(line, title=hostile, url=hostile) for line in found.versions.shown)
    versions = replace(found.versions, shown=lines * 2, total=2)
    target = StringIO()
    show_article(Console(file=target, width=160), replace(found, article=article, versions=versions), full_text=True)
    assert r"“\x1b]0;owned\x07 [bold]\u202e <script>”" in target.getvalue()
    assert not set("\x1b\x07\u202e") & set(target.getvalue())


def test_json_is_one_object_with_the_same(published: Path) -> None:
    event_id = row_id(published, EVENT)
    told = as_json(published, event_id)
    assert (told["kind"], told["event"]["event_id"], told["sentences"]["total"]) == ("event", event_id, 2)
    assert told["sentences"]["shown"][0]["event"]["trigger"]["text"] == "attacked"
    assert as_json(published, row_id(published, FIRST))["kind"] == "article"
    assert as_json(published, row_id(published, STORY))["articles"]["shown"][0]["relation"] == "first"
    assert as_json(published, "Herders of Rawa")["entity"]["entity_name"] == "Herders of Rawa"


@pytest.fixture
def with_namesakes(published: Path, tmp_path: Path) -> Path:
    """The same with herders of another town; the home."""
    copy = Path(shutil.copy(published, tmp_path))
    with duckdb.connect(str(copy)) as connection:
        connection.execute("""
            INSERT INTO entity (entity_id, entity_name, kind, run_id) VALUES ('other', 'Herders of Karo', 'GROUP', 'r');
            INSERT INTO entity_alias (
                name_id, alias, entity_id, canonical, alias_key, first_article_id, mention_count, run_id
            )
            SELECT 'n', 'Herders of Karo', 'other', true, 'herders of karo', first_article_id, 1, 'r'
            FROM entity_alias LIMIT 1
        """)
    return tmp_path


def test_words_of_one_name_show_whose_it_is(published: Path) -> None:
    assert shown(published, "herders of") == shown(published, "Herders of Rawa")


def test_words_of_several_names_list_these_with_exit_status_2(with_namesakes: Path) -> None:
    done = CliRunner().invoke(app, ["show", "herders of", "--home", str(with_namesakes)])
    heading, *rows = done.stdout.splitlines()
    assert done.exit_code == 2
    assert heading.startswith(
        "2 entities have these words in a name, and none is named “herders of”; ask for one by its id"
    )
    assert [" ".join(row.split()[1:4]) for row in rows] == ["Herders of Rawa", "Herders of Karo"]
    asked = CliRunner().invoke(app, ["show", "herders of", "--json", "--home", str(with_namesakes)])
    told = json.loads(asked.stdout)
    assert (told["kind"], told["is_exact"], len(told["entities"])) == ("namesakes", False, 2)


def test_it_is_quick_for_it_loads_no_model_and_no_prefect(published: Path) -> None:
    code = f"""
import sys
from flows.cli import app
app(["show", {row_id(published, EVENT)!r}, "--home", {str(published.parent)!r}], standalone_mode=False)
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
