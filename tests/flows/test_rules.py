"""`dateline rules …`: entries listed, shown and tried, as typed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.home import check_run
from flows.reading import tagger_options
from pipeline.errors import ConfigError
from pipeline.settings import load_settings
from tests.flows.home import dateline

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
OWN = """
[[trigger]]
type = "PROTEST"
id = "pot-banging"
mode = "demo"
verbs = ["bang pot|pan"]
example = "Residents {verb} in Karo on Monday."
counter = "The cook banged a door in Karo on Monday."

[[mute]]
rule = "assault.attack.storm"
"""
TOO_WIDE = """
[[trigger]]
type = "PROTEST"
id = "banging"
verbs = ["bang"]
example = "Residents sang in Karo on Monday."
counter = "The cook banged a door in Karo on Monday."
"""
OUTDONE = """
[[trigger]]
type = "ASSAULT"
id = "bomb-anything"
mode = "explosives"
verbs = ["bomb"]
example = "Rebels {verb} a base on Monday."
counter = "Rebels built a base on Monday."
"""


def lines(*arguments: str, status: int = 0) -> list[str]:
    done = CliRunner().invoke(app, ["rules", *arguments])
    assert done.exit_code == status, (done.output, done.exception)
    return done.output.splitlines()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "rules.toml").write_text(OWN)
    return tmp_path


def test_own_entries_that_are_read_as_they_say_pass(home: Path) -> None:
    assert lines("test", "--home", str(home)) == [
        "ok      protest.pot-banging.bang-pot-pan",
        "1 of 1 entries are read as they say; 1 muted",
    ]


def test_an_entry_that_is_read_otherwise_fails_with_both_its_sentences(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(TOO_WIDE)
    assert lines("test", str(tmp_path / "mine.toml"), status=1) == [
        'FAILED  protest.banging.bang: should be PROTEST: "Residents sang in Karo on Monday." is no event; '
        'should be no PROTEST: "The cook banged a door in Karo on Monday." is PROTEST (by protest.banging.bang)',
        "0 of 1 entries are read as they say; 0 muted",
    ]


def test_an_entry_that_a_shipped_one_outdoes_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OUTDONE)
    assert lines("test", str(tmp_path / "mine.toml"))[0] == (
        "ok      assault.bomb-anything.bomb (its example is coded by assault.explosives.bomb)"
    )


def test_the_readme_shows_rules_and_what_trying_them_prints(tmp_path: Path) -> None:
    section = README.split("## Your own event rules")[1]
    rules, output = re.findall(r"(?:^ {4}.*\n|^\n)*^ {4}.*\n", section, re.MULTILINE)[:2]
    (tmp_path / "rules.toml").write_text(dedent(rules))
    shown = ["$ dateline rules test", *lines("test", "--home", str(tmp_path), status=1)]
    assert shown == dedent(output).strip().splitlines()


def test_the_list_says_whose_an_entry_is(home: Path) -> None:
    rows = [json.loads(line) for line in lines("list", "--format", "json", "--home", str(home))]
    by_id = {row["id"]: row for row in rows}
    assert by_id["assault.attack.storm"]["from"] == "muted"
    assert by_id["assault.attack.raid"]["from"] == "shipped"
    assert by_id["protest.pot-banging.bang-pot-pan"] == {
        "id": "protest.pot-banging.bang-pot-pan",
        "type": "PROTEST",
        "mode": "demo",
        "pattern": "bang pot|pan",
        "example": "Residents banged pot in Karo on Monday.",
        "from": "yours",
    }


def test_the_list_of_a_type_has_no_other(home: Path) -> None:
    rows = [json.loads(line) for line in lines("list", "protest", "--format", "json", "--home", str(home))]
    assert {row["type"] for row in rows} == {"PROTEST"}


def test_a_rule_is_shown_with_what_it_asks_for(home: Path) -> None:
    shown = lines("show", "assault.attack.storm", "--home", str(home))
    assert shown[:3] == ["assault.attack.storm", "  from          muted", "  coded as      ASSAULT"]
    assert "  needs one of  obj" in shown


@pytest.mark.parametrize(("arguments", "right"), [
    (("show", "assault.atack"), "did you mean assault.attack"),
    (("list", "protst"), "did you mean PROTEST?"),
])  # fmt: skip
def test_an_unknown_rule_or_type_is_told_with_what_is_like_it(
    home: Path, arguments: tuple[str, ...], right: str
) -> None:
    done = CliRunner().invoke(app, ["rules", *arguments, "--home", str(home)])
    assert isinstance(done.exception, ConfigError)
    assert right in str(done.exception)


def test_wrong_rules_stop_a_run_before_it_starts(home: Path) -> None:
    assert tagger_options(load_settings(home=home)).rules == home / "rules.toml"
    (home / "rules.toml").write_text(OWN.replace("PROTEST", "PROTST"))
    done = dateline("ingest", "--home", str(home), api="http://127.0.0.1:1/nobody")
    assert (done.returncode, done.stderr) == (
        2,
        f'dateline: {home / "rules.toml"}, line 3: trigger "pot-banging" has the unknown type "PROTST"; '
        "did you mean PROTEST?\n",
    )


def test_a_coder_that_is_not_there_stops_a_run_before_it_starts(home: Path) -> None:
    assert tagger_options(load_settings(home=home)).coder == "both"
    with pytest.raises(ConfigError, match="event coder 'nowhere:make': cannot be imported"):
        check_run(load_settings(home=home, event_coder="nowhere:make"))


def test_the_table_has_one_line_a_rule_of_a_type_with_a_word(home: Path) -> None:
    head, _, *rows = lines("list", "assault", "--word", "storm", "--home", str(home))
    assert re.split(r"\W{2,}", head.strip()) == ["id", "coded as", "from", "example"]
    assert [row.split()[0] for row in rows] == ["assault.attack.storm"]
    assert "muted" in rows[0]
    assert rows[0].rstrip().endswith("Karo.")


def test_a_rule_that_is_not_there_has_at_most_five_neighbours(home: Path) -> None:
    error = CliRunner().invoke(app, ["rules", "show", "nosuch", "--home", str(home)]).exception
    assert isinstance(error, ConfigError)
    told = str(error).split("the nearest are ")[1]
    assert len(told.split(", ")) == 5
