"""The cleaner takes out what is no part of the story, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.cleaner import Rule, clean, credits_rule, line_rules
from pipeline.extract.dateline import Shape, shapes
from pipeline.extract.text import tidy
from pipeline.records import Removed

RULES = (*line_rules(), credits_rule())
TAKES = [(rule, line) for rule in RULES for line in rule.takes]
SPARES = [(rule, line) for rule in RULES for line in rule.spares]
BEFORE = "Rain kept falling on the lower town, where nobody had slept since Friday."
AFTER = "By noon the water had reached the chapel steps and the last shop had closed."


def name(value: object) -> str | None:
    return value.id if isinstance(value, Rule | Shape) else None


@pytest.mark.parametrize(("rule", "line"), TAKES, ids=name)
def test_each_rule_takes_its_examples(rule: Rule, line: str) -> None:
    assert rule.matches(line)
    cleaned = clean(f"{BEFORE}\n{line}\n{AFTER}")
    assert cleaned.text == f"{BEFORE}\n{AFTER}"
    assert [removed.text for removed in cleaned.removed] == [line]


@pytest.mark.parametrize(("rule", "line"), SPARES, ids=name)
def test_each_rule_spares_its_counter_examples(rule: Rule, line: str) -> None:
    assert not rule.matches(line)
    assert clean(f"{BEFORE}\n{line}\n{AFTER}").text == f"{BEFORE}\n{line}\n{AFTER}"


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_each_rule_has_examples_on_both_sides(rule: Rule) -> None:
    assert rule.takes
    assert rule.spares


def test_rule_names_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(("rule", "line"), TAKES, ids=name)
def test_what_somebody_said_stays(rule: Rule, line: str) -> None:
    quoted = f"“{line}” he said."
    assert clean(f"{BEFORE}\n{quoted}\n{AFTER}").text == f"{BEFORE}\n{quoted}\n{AFTER}"


@pytest.mark.parametrize(("shape", "taken"), [(s, t) for s in shapes() for t in s.takes], ids=name)
def test_the_dateline_moves_to_its_column(shape: Shape, taken: tuple[str, str, str, str]) -> None:
    line, dateline, agency, rest = taken
    cleaned = clean(f"{line}\n{AFTER}")
    assert (cleaned.dateline or "", cleaned.agency or "", cleaned.text) == (dateline, agency, f"{rest}\n{AFTER}")


@pytest.mark.parametrize(("shape", "line"), [(s, line) for s in shapes() for line in s.spares], ids=name)
def test_what_only_looks_like_a_dateline_stays(shape: Shape, line: str) -> None:
    cleaned = clean(f"{line}\n{AFTER}")
    assert (cleaned.dateline, cleaned.agency, cleaned.text) == (None, None, f"{line}\n{AFTER}")


@pytest.mark.parametrize("shape", shapes(), ids=name)
def test_each_shape_has_examples_on_both_sides(shape: Shape) -> None:
    assert shape.takes
    assert shape.spares


def test_an_unmistakable_dateline_may_follow_a_standfirst() -> None:
    cleaned = clean(f"{AFTER}\nAVDARA, Nov 23 (Harbourwire) - {BEFORE}")
    assert (cleaned.dateline, cleaned.agency, cleaned.text) == ("AVDARA", "Harbourwire", f"{AFTER}\n{BEFORE}")


def test_a_bracket_without_date_is_no_dateline_further_down() -> None:
    text = f"{AFTER}\nAVDARA (Harbourwire) - {BEFORE}"
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("end", "agency", "rest"),
    [
        ("The road is shut. (AFP)", "AFP", "The road is shut."),
        ("The road is shut. – AFP/Reuters", "AFP", "The road is shut."),
        ("The road is shut.\nPTI", "PTI", "The road is shut."),
        ("The road is shut (to all)", None, "The road is shut (to all)"),
        ("He works for the (pa) office.", None, "He works for the (pa) office."),
    ],
)
def test_an_agency_tag_at_the_end_moves_to_its_column(end: str, agency: str | None, rest: str) -> None:
    cleaned = clean(f"{BEFORE}\n{end}")
    assert (cleaned.agency, cleaned.text) == (agency, f"{BEFORE}\n{rest}")


def test_an_agency_unknown_but_from_its_dateline_may_tag_the_end() -> None:
    cleaned = clean(f"AVDARA, Nov 23 (Harbourwire) - {BEFORE}\n{AFTER} (Harbourwire)")
    assert (cleaned.agency, cleaned.text) == ("Harbourwire", f"{BEFORE}\n{AFTER}")


def test_reporters_who_sign_join_the_byline_and_editors_do_not() -> None:
    signed = (
        "(Additional reporting by Bo Ek and Cy Dun in Port Ardan; Writing by Eve Orr; Editing by Di Fox and the desk)"
    )
    cleaned = clean(f"By Ann Vale\n{BEFORE}\n{signed}")
    assert cleaned.byline == ("Ann Vale", "Bo Ek", "Cy Dun", "Eve Orr")
    assert cleaned.text == BEFORE
    assert cleaned.removed == (Removed("By Ann Vale", "byline"), Removed(signed, "credits"))


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("Reporting and editing by Ann Vale", ("Ann Vale",)),
        ("Edited by: Di Fox", ()),
        ("Writing and editing by Ann Vale; Editing by Di Fox", ("Ann Vale",)),
        ("(Editing by Di Fox; reporting by Ann Vale)", ("Ann Vale",)),
        ("(Reporting by A.B. Vale; Editing by Di Fox)", ("A.B. Vale",)),
    ],
)
def test_who_edits_is_no_author(line: str, byline: tuple[str, ...]) -> None:
    assert clean(f"{BEFORE}\n{line}").byline == byline


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        (f"(Adds details) AVDARA, Nov 23 (Harbourwire) - {BEFORE}\n{AFTER}", ["note"]),
        (f"{BEFORE}\n{AFTER} (Corrects spelling in paragraph 4)", ["note"]),
        (f"{BEFORE}\n{AFTER} (Reporting by Ann Vale; Editing by Di Fox)", ["credits"]),
        (f"{BEFORE}\n{AFTER} Reporting by Ann Vale; Editing by Di Fox", ["credits"]),
        (f"(Adds details)\n{BEFORE}\n{AFTER} (Reporting by Ann Vale) (Adds details)", ["note", "note", "credits"]),
    ],
)
def test_notes_and_signatures_that_share_a_line_with_the_story_leave_it(text: str, reasons: list[str]) -> None:
    cleaned = clean(text)
    assert cleaned.text == f"{BEFORE}\n{AFTER}"
    assert [removed.reason for removed in cleaned.removed] == reasons


def test_other_brackets_stay_where_they_are() -> None:
    text = f"(Nobody was hurt.) {BEFORE}\n{AFTER} (He adds that the bridge is open.)"
    assert clean(text).text == text


def test_a_repeated_paragraph_stays_once() -> None:
    assert clean(f"{BEFORE}\n{AFTER}\n{BEFORE}").text == f"{BEFORE}\n{AFTER}"


def test_short_answers_may_repeat() -> None:
    assert clean(f"{BEFORE}\nYes.\n{AFTER}\nYes.").text == f"{BEFORE}\nYes.\n{AFTER}\nYes."


PIECES = st.one_of(
    st.sampled_from([line for _, line in TAKES + SPARES]),
    st.sampled_from(
        [
            "Baghdad: ",
            "BAGHDAD (AFP) - ",
            "AVDARA, Nov 23 (Harbourwire) - ",
            " (Harbourwire)",
            "(Adds details) ",
            " (Reporting by Ann Vale; Editing by Di Fox)",
            "(Reuters)",
            "By Ann Vale",
            "`",
            "''",
            "\n",
            "“",
            "PARIS — ",
            " – AFP",
            BEFORE,
        ]
    ),
    st.text(max_size=20),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    twice = clean(once.text)
    assert twice.text == once.text
    assert twice.removed == ()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_a_tidy_text_has_neat_lines(text: str) -> None:
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    assert all(line and line == line.strip() for line in tidied.split("\n")) or tidied == ""


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The army`s ``final push'' began.", 'The army\'s "final push" began.'),
        ("a\u200bb\u00adc\ufeffd\x07", "abcd"),
        ("Cafe\u0301\u00a0noir", "Café noir"),
        ("می\u200cخواهم a\u200cb", "می\u200cخواهم ab"),
        ("one\r\n\r\n\r\ntwo\u2028three", "one\ntwo\nthree"),
    ],
)
def test_characters_are_repaired(raw: str, expected: str) -> None:
    assert tidy(raw) == expected
