"""The operator's rules.toml: what it adds, what it takes out, and what is told when it is wrong."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.records import Event
from pipeline.tag.events.coder import code_events
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.rules import line_of
from pipeline.tag.events.triggers import Lexicon, load_lexicon
from pipeline.tag.models.spacy_model import load_model

GOOD = """\
# Ours.
[[trigger]]
type = "PROTEST"
id = "pot-banging"
mode = "demo"
verbs = ["bang pot|pan"]
example = "Residents {verb} in Karo on Monday."
counter = "The cook banged a door in Karo on Monday."
"""
CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "tag" / "wrong_rules.toml").read_text("utf-8"))["case"]


def lexicon_with(folder: Path, text: str) -> Lexicon:
    path = folder / "rules.toml"
    path.write_text(text, "utf-8")
    return load_lexicon(path)


def coded(text: str, lexicon: Lexicon) -> list[tuple[str, str | None, str]]:
    events: tuple[Event, ...] = code_events(ParsedText(doc=load_model()(text)), lexicon)
    return [(e.type, e.mode, e.rule) for e in events]


def test_an_own_entry_is_coded_beside_the_shipped_ones(tmp_path: Path) -> None:
    lexicon = lexicon_with(tmp_path, GOOD)
    assert coded("Residents banged pots in Karo.", load_lexicon()) == []
    assert coded("Residents banged pots in Karo.", lexicon) == [("PROTEST", "demo", "protest.pot-banging.bang-pot-pan")]
    assert len(lexicon.triggers) == len(load_lexicon().triggers) + 1


@pytest.mark.parametrize("rule", ["assault.attack.storm", "assault.attack"])
def test_a_muted_entry_codes_nothing(tmp_path: Path, rule: str) -> None:
    text = "Rebels stormed an army base near the town of Karo."
    assert [c[2] for c in coded(text, load_lexicon())] == ["assault.attack.storm"]
    lexicon = lexicon_with(tmp_path, f'[[mute]]\nrule = "{rule}"\n')
    assert coded(text, lexicon) == []
    assert all(t.id.startswith(rule) for t in lexicon.muted)


def test_muting_an_entry_leaves_the_others_of_its_group(tmp_path: Path) -> None:
    lexicon = lexicon_with(tmp_path, '[[mute]]\nrule = "assault.attack.storm"\n')
    assert [t.id for t in lexicon.muted] == ["assault.attack.storm"]
    assert coded("Rebels raided an army base near Karo.", lexicon) == [("ASSAULT", None, "assault.attack.raid")]


def test_an_own_entry_of_no_event_takes_its_words_out(tmp_path: Path) -> None:
    text = "Rebels raided the fridge near the town of Karo."
    own = """
[[trigger]]
type = "NONE"
id = "fridge"
verbs = ["raid fridge|larder"]
example = "Rebels {verb} on Monday."
counter = "Rebels raided the town on Monday."
"""
    assert coded(text, lexicon_with(tmp_path, own)) == []


def test_the_version_of_the_lexicon_changes_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    first, second = lexicon_with(tmp_path, GOOD), lexicon_with(tmp_path / "other", GOOD.replace("Ours", "Mine"))
    assert len({load_lexicon().version, first.version, second.version}) == 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, case: dict[str, str]) -> None:
    text = re.sub(case["change"], case["to"], GOOD, count=1, flags=re.MULTILINE | re.DOTALL)
    assert text != GOOD
    with pytest.raises(ConfigError) as error:
        lexicon_with(tmp_path, text)
    assert str(error.value).removeprefix(str(tmp_path / "rules.toml")) == case["says"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read"):
        load_lexicon(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "number", "field", "line"),
    [
        ("[[trigger]]\nid = 1\n[[trigger]]\nid = 2\n", 1, "id", 4),
        ("[[trigger]]\nid = 1\n[[ trigger ]]  # two\nid = 2\n", 1, None, 3),
        ("[[trigger]]\nid = 1\n[[mute]]\nrule = 2\n", 0, "rule", 1),
        ('[[trigger]]\nid = """\n[[trigger]]\n"""\n[[trigger]]\n', 1, None, 5),
        ("trigger = [{id = 1}]\n", 0, "id", None),
        ("\r\n[[trigger]]\r\nid = 1\r\n", 0, "id", 3),
    ],
)
def test_a_line_is_found_in_the_text(text: str, number: int, field: str | None, line: int | None) -> None:
    assert line_of(text, "trigger", number, field) == line
