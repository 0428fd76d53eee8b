"""`dateline why` on a real warehouse: what a person reads."""

from __future__ import annotations

import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from flows.cli import app, main
from flows.why import SHOWN_REPORTS, other_facts, show_answer, title_of, write_why
from tests.warehouse.published import publish_reports
from warehouse.evidence import evidence_for
from warehouse.query import ask


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_reports(tmp_path_factory.mktemp("home"))


def row_id(published: Path, query: str) -> str:
    return str(ask(published, query).rows[0][0])


def why(published: Path, wanted: str, most: int = 20) -> str:
    target = StringIO()
    write_why(published, wanted, most, target)
    return target.getvalue()


EVENT = "SELECT event_id FROM event"
ATTACK = "SELECT event_mention_id FROM event_reports WHERE event_type = 'ASSAULT' ORDER BY url"
PROMISE = "SELECT event_mention_id FROM event_reports WHERE event_type = 'RETREAT'"
MARKED = (
    "  [actor: Soldiers] [trigger: attacked] the village of [place: Rawa] on [date: Friday] and killed "
    "[recipient: [killed: three] herders]."
)


def test_a_sentence_is_shown_with_its_parts_and_what_was_made_of_them(published: Path) -> None:
    lines = why(published, row_id(published, ATTACK)).splitlines()
    assert MARKED in lines
    for fact in (
        "    what        ASSAULT; quad 4 (material conflict), scale -9 of -10 to +10; contexts military",
        "    recipient   three herders → Herders of Rawa (entity herders), country IRQ",
        "    date        Friday → 2026-11-20 (day)",
        '    rule        assault.attack.attack: verb "attack"',
        "    example     Rebels attacked an army base near the town of Karo.",
        "    url         https://wire.example/1",
        "    capture     raw/x.warc.gz at byte 0, fetched 2026-11-20 12:00:00+00:00",
    ):
        assert fact in lines


def test_the_other_sentences_of_the_event_are_named(published: Path) -> None:
    shown = why(published, row_id(published, ATTACK))
    others = [line for line in shown.splitlines() if line.startswith("    also ")]
    (other,) = ask(published, ATTACK).rows[1]
    assert len(others) == 1
    assert f"{other} wire, 2026-11-20 14:00:00+00:00: Soldiers attacked" in others[0]


def test_an_event_is_shown_with_each_of_its_sentences_and_article(published: Path) -> None:
    shown = why(published, row_id(published, EVENT)).splitlines()
    assert shown[0] == f"event {row_id(published, EVENT)}: 2 coded sentences"
    assert shown.count(MARKED) == 2
    assert [line.split()[1] for line in shown if line.startswith("    url ")] == [
        "https://wire.example/1",
        "https://wire.example/2",
    ]
    assert not any(line.startswith("    also ") for line in shown)


def test_of_many_sentences_the_first_are_shown_and_the_rest_are_counted(published: Path) -> None:
    shown = why(published, row_id(published, EVENT), most=1)
    assert shown.count("[trigger: attacked]") == 1
    assert "… and 1 more: a higher --limit shows them" in shown
    assert shown.count("    also ") == 1


def test_of_many_reports_the_first_are_named_and_the_rest_are_counted(published: Path) -> None:
    answered = evidence_for(published, row_id(published, ATTACK))
    (found,) = answered.evidence
    crowd = replace(answered, evidence=(replace(found, others=found.others * (SHOWN_REPORTS + 3)),))
    target = StringIO()
    show_answer(Console(file=target, width=160), crowd, 20)
    also = [line for line in target.getvalue().splitlines() if line.startswith("    also ")]
    assert len(also) == SHOWN_REPORTS + 1
    assert also[-1].endswith("… and 3 more: ask for the event")


def test_what_superseded_texts_say_is_told_from_what_stands(published: Path) -> None:
    answered = evidence_for(published, row_id(published, EVENT))
    first, second = answered.evidence
    gone = replace(first, source=replace(first.source, is_latest=False))
    assert title_of(replace(answered, evidence=(gone, second))).endswith(
        ": 2 coded sentences (1 of texts that stand, 1 of superseded ones)"
    )
    (other,) = first.others
    (also,) = other_facts([replace(other, is_latest=False)])
    assert also.value.startswith(f"{other.event_mention_id} wire (superseded), ")


def test_what_only_was_planned_is_said_to_be_in_no_event(published: Path) -> None:
    shown = why(published, row_id(published, PROMISE))
    assert "· in no event (affirmed, planned)" in shown
    assert "    also        no other sentence reports this event" in shown
    assert "of-another-version (not in this version's lexicon)" in shown


def test_an_article_is_shown_once_under_its_sentences(published: Path) -> None:
    shown = why(published, row_id(published, "SELECT article_id FROM article WHERE url LIKE '%/1'"))
    assert (shown.count("[trigger: "), shown.count("    article ")) == (2, 1)


def test_an_article_without_events_is_no_error(published: Path) -> None:
    shown = why(published, row_id(published, "SELECT article_id FROM article WHERE url LIKE '%/3'"))
    assert "0 coded sentences" in shown
    assert "no event was coded in it" in shown


def test_on_a_terminal_the_marks_are_colours_with_a_legend(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    target = StringIO()
    console = Console(file=target, force_terminal=True, color_system="truecolor", width=60)
    show_answer(console, evidence_for(published, row_id(published, ATTACK)), 20)
    assert "\x1b[1;38;2;213;94;0mattacked\x1b[0m" in target.getvalue()
    assert "[actor: " not in target.getvalue()
    assert "\x1b[1;38;2;86;180;233mactor\x1b[0m  " in target.getvalue()


def test_on_a_terminal_without_colours_the_marks_are_brackets(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    target = StringIO()
    console = Console(file=target, force_terminal=True, width=200)
    show_answer(console, evidence_for(published, row_id(published, ATTACK)), 20)
    assert "[actor: Soldiers]" in target.getvalue()
    assert "38;" not in target.getvalue()


def test_a_title_that_would_steer_the_terminal_is_spelled_out(published: Path) -> None:
    answered = evidence_for(published, row_id(published, ATTACK))
    (found,) = answered.evidence
    hostile = replace(found, source=replace(found.source, title="\x1b]0;owned\x07 [bold]\u202e"))
    target = StringIO()
    show_answer(Console(file=target, width=160), replace(answered, evidence=(hostile,)), 20)
    assert r"“\x1b]0;owned\x07 [bold]\u202e”" in target.getvalue()
    assert not set("\x1b\x07\u202e") & set(target.getvalue())


def test_the_command_finds_the_home_and_takes_a_prefix(published: Path) -> None:
    wanted = row_id(published, ATTACK)[:8]
    done = CliRunner().invoke(app, ["why", "--home", str(published.parent), wanted])
    assert done.exit_code == 0
    assert MARKED in done.stdout.splitlines()


def test_a_wrong_id_is_one_line_and_exit_status_2(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["dateline", "why", "--home", str(published.parent), "ffffffffffff"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "dateline: id 'ffffffffffff': no event, event mention or article here begins so" in shown.err
