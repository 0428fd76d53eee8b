"""`dateline label`, `review` and `accuracy` on a real home: what a person says and is told."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.answers import wide_console
from flows.cli import app
from flows.labels.review import Review, Tally
from flows.rebuilding import Work
from pipeline.errors import ConfigError
from pipeline.settings import load_settings
from tests.conftest import script
from tests.warehouse.published import publish_reports
from warehouse.label_file import read_labels
from warehouse.labels import Drawn
from warehouse.query import ask
from warehouse.store import Warehouse, take_lock


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two reports of one attack and a promise."""
    home = tmp_path_factory.mktemp("made") / "home"
    publish_reports(home)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def mention(home: Path, kind: str) -> str:
    """An event mention of a type."""
    query = "SELECT event_mention_id FROM event_reports WHERE event_type = $kind ORDER BY url LIMIT 1"
    return str(ask(home / "dateline.duckdb", query, {"kind": kind}).rows[0][0])


def label(home: Path, *arguments: str, given: str = "") -> str:
    """What a command prints."""
    done = CliRunner().invoke(app, [*arguments, "--home", str(home)], input=given)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_a_report_is_stored_at_once_also_while_a_run_holds_the_home(home: Path) -> None:
    row = mention(home, "ASSAULT")
    lock = take_lock(home / "live" / "lock", 0)
    try:
        said = label(home, "label", row, "--wrong", "place", "--right", "Basra", "--by", "ann", "--note", "see map")
    finally:
        lock.release()
    assert said == f"event mention {row} (ASSAULT “attacked”) is wrong by ann: place should be Basra\n"
    ((stored,), wrong) = read_labels(home / "labels.jsonl")
    assert (stored.should_be, stored.note, stored.drawn_from, wrong) == ({"place": "Basra"}, "see map", None, [])
    assert stored.coded["actor"] == "Soldiers"
    assert "1 reported because somebody saw them, in no figure above; wrong in them: place 1" in label(home, "accuracy")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--wrong", "tone"], "'tone' is no part of a coding; one of event, type"),
        (["--wrong", "type", "--right", "BOMB"], "type 'BOMB': is no type of PLOVER; one of AGREE"),
        (["--wrong", "mode", "--right", "visit"], "is no mode of ASSAULT; one of "),
        (["--wrong", "type", "--right", "assault"], "is what is coded; leave out --wrong type"),
        (["--wrong", "type", "--right", "none"], "an event has a type; where there is no event: --wrong event"),
        (["--wrong", "date", "--right", "Friday"], "date 'Friday': is no date; 2026-11-20, "),
        (["--wrong", "date", "--right", "2026-11-21/2026-11-20"], "is no date"),
        (["--wrong", "toll", "--right", "three dead"], "is no toll; killed 12"),
        (["--wrong", "toll", "--right", "killed 12; killed 13"], "is no toll"),
        (["--wrong", "toll", "--right", "killed 99999999999999999999"], "is no toll"),
        (["--wrong", "actor", "--right", ";"], "names nobody and nowhere"),
        (["--wrong", "truth", "--right", "perhaps"], "is unknown; one of actual"),
        (["--wrong", "actor", "--right", " "], "nothing is given"),
        (["--wrong", "actor", "--wrong", "place", "--right", "Basra"], "'Basra' is of no part; say which: --right"),
        (["--wrong", "actor", "--right", "place=Basra"], "place is not said to be wrong; add --wrong place"),
        (["--wrong", "event", "--wrong", "type"], "says that there is none"),
        (["--wrong", "event", "--right", "x"], "there is nothing that it should be"),
        ([], "it is not clear what is said"),
        (["--correct", "--withdraw"], "it is not clear what is said"),
    ],
)
def test_what_cannot_be_is_refused_and_said(home: Path, arguments: list[str], told: str) -> None:
    with pytest.raises(ConfigError) as error:
        label(home, "label", mention(home, "ASSAULT"), *arguments)
    assert told in str(error.value)
    assert not (home / "labels.jsonl").exists()


def test_of_an_event_that_copies_tell_of_the_first_is_meant_and_of_two_sentences_one_is_asked_for(home: Path) -> None:
    ((event,),) = ask(home / "dateline.duckdb", "SELECT event_id FROM event").rows
    assert "(ASSAULT “attacked”) is right by" in label(home, "label", str(event), "--correct")
    with duckdb.connect(str(home / "dateline.duckdb")) as connection:
        last = "SELECT max(event_mention_id) FROM event_mention WHERE event_type = 'ASSAULT'"
        change = f"UPDATE event_mention SET sentence_text = 'They attacked.' WHERE event_mention_id = ({last})"
        connection.execute(change)
    with pytest.raises(ConfigError, match=r"a label is of one event mention: [0-9a-f]{16} “(Soldiers|They) attacked"):
        label(home, "label", str(event), "--correct")


def test_the_last_word_counts_and_can_be_taken_back(home: Path) -> None:
    row = mention(home, "ASSAULT")
    label(home, "label", row, "--correct")
    label(home, "label", row, "--wrong", "type", "--wrong", "place", "--right", "COERCE", "--right", "Basra")
    assert json.loads(label(home, "accuracy", "--json"))["standings"] == {"still wrong": 1}
    assert "is withdrawn by" in label(home, "label", row[:8], "--withdraw")
    assert json.loads(label(home, "accuracy", "--json"))["reported"] == 0
    assert len(read_labels(home / "labels.jsonl")[0]) == 3
    with pytest.raises(ConfigError, match="labels of event mentions that begin so: none"):
        label(home, "label", row, "--withdraw")


def test_a_label_is_taken_back_by_its_event_too(home: Path) -> None:
    ((event,),) = ask(home / "dateline.duckdb", "SELECT event_id FROM event").rows
    label(home, "label", mention(home, "ASSAULT"), "--correct")
    assert "is withdrawn by" in label(home, "label", str(event), "--withdraw")


def test_what_corrects_a_label_of_the_sample_is_of_the_sample(home: Path) -> None:
    label(home, "review", "--type", "ASSAULT", "--seed", "1", given="y\nq\n")
    ((drawn,), _) = read_labels(home / "labels.jsonl")
    label(home, "label", drawn.event_mention_id, "--wrong", "place")
    ((_, corrected), _) = read_labels(home / "labels.jsonl")
    assert (corrected.verdict, corrected.drawn_from) == ("wrong", drawn.drawn_from)
    assert drawn.drawn_from is not None


def test_what_was_coded_anew_meanwhile_is_passed_over(home: Path) -> None:
    row = mention(home, "ASSAULT")
    ((tagger,),) = ask(home / "dateline.duckdb", "SELECT any_value(tagger) FROM article").rows
    said = StringIO()
    review = Review(load_settings(home=home), wide_console(said), StringIO("y\n"), "ann", None)
    drawn = [Drawn(row, "another", 3), Drawn("0" * 16, str(tagger), 3), Drawn(row, str(tagger), 3)]
    assert review.walk(drawn) == Tally(right=1, wrong=0, skipped=2)
    assert said.getvalue().count("a run has coded it anew meanwhile") == 2


def test_a_review_stores_each_answer_and_goes_back(home: Path) -> None:
    said = label(home, "review", "--seed", "3", "--by", "ann", given="y\n?\nt\nPROTEST\nb\nn\ns\nq\n")
    assert "2 judged (1 right, 1 wrong), 1 skipped" in said
    verdicts = [(one.verdict, one.wrong, one.should_be) for one in read_labels(home / "labels.jsonl")[0]]
    assert len(verdicts) == 3
    assert verdicts[0] == ("right", (), {})
    assert verdicts[2] == ("wrong", ("event",), {})
    told = json.loads(label(home, "accuracy", "--json"))
    (coder,) = told["coders"]
    assert (told["drawn"], coder["labels"], coder["parts"]["whole"]["judged"]) == (2, 2, 2)
    assert "1 event mentions, drawn" in label(home, "review", given="")
    assert "event mentions judged by review, drawn at random within types" in label(home, "accuracy")


def test_a_review_runs_in_a_terminal_and_keeps_what_was_said_when_it_is_killed(home: Path) -> None:
    ours, theirs = pty.openpty()
    command = [str(script("dateline")), "review", "--home", str(home), "--by", "ann", "--seed", "1"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as asked:
        os.close(theirs)
        shown = until(ours, b"q ? ")
        os.write(ours, b"y\n")
        shown += until(ours, b"q ? ")
        asked.kill()
    os.close(ours)
    assert b"stored: right" in shown
    assert b"2 of 3" in shown
    assert [one.verdict for one in read_labels(home / "labels.jsonl")[0]] == ["right"]


def until(terminal: int, end: bytes) -> bytes:
    """What is shown up to a prompt."""
    shown = b""
    while not shown.endswith(end):
        shown += os.read(terminal, 4096)
    return shown


def test_a_rebuild_tells_what_became_of_what_was_said(home: Path) -> None:
    label(home, "label", mention(home, "ASSAULT"), "--wrong", "place", "--right", "Basra")
    label(home, "label", mention(home, "RETREAT"), "--correct")
    settings = load_settings(home=home)
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        with warehouse.transaction() as cursor:
            cursor.execute("DELETE FROM event_mention WHERE event_type = 'RETREAT'")
        with Work(settings, "run-9", warehouse, dry=False) as work:
            assert work.check_labels() == [
                "2 codings that people judged",
                "  still wrong                     1",
                "  gone                            1",
            ]


def test_a_line_that_is_no_label_is_told(home: Path) -> None:
    (home / "labels.jsonl").write_text('{"label_id": "half\n')
    done = CliRunner().invoke(app, ["accuracy", "--home", str(home)])
    assert "labels.jsonl line 1: no label, and passed over" in done.stderr
