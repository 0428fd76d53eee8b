"""The cleaner takes out what is no part of the story, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.cleaner import Rule, clean, credits_rule, line_rules
from pipeline.extract.text import tidy

RULES = (*line_rules(), credits_rule())
TAKES = [(rule, line) for rule in RULES for line in rule.takes]
SPARES = [(rule, line) for rule in RULES for line in rule.spares]
BEFORE = "Rain kept falling on the lower town, where nobody had slept since Friday."
AFTER = "By noon the water had reached the chapel steps and the last shop had closed."


def name(value: object) -> str | None:
    return value.id if isinstance(value, Rule) else None


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


@pytest.mark.parametrize(
    ("lead", "dateline", "agency", "rest"),
    [
        ("BAGHDAD, Nov 23 (AFP) - Troops moved.", "BAGHDAD", "AFP", "Troops moved."),
        ("BAGHDAD (Reuters) - Troops moved.", "BAGHDAD", "Reuters", "Troops moved."),
        ("KYIV, Ukraine (AP) — Troops moved.", "KYIV, Ukraine", "AP", "Troops moved."),
        ("Baghdad: Troops moved.", "Baghdad", None, "Troops moved."),
        ("NEW DELHI/MUMBAI: Troops moved.", "NEW DELHI/MUMBAI", None, "Troops moved."),
        ("BEIRUT — Troops moved.", "BEIRUT", None, "Troops moved."),
        ("AVDARA, Ukraine — Troops moved.", "AVDARA, Ukraine", None, "Troops moved."),
        ("LONDON, 23 November 2026 -- Troops moved.", "LONDON", None, "Troops moved."),
        ("(Reuters) - Troops moved.", None, "Reuters", "Troops moved."),
        ("Nov 23 (Reuters) - Troops moved.", None, "Reuters", "Troops moved."),
        ("ROME, Sept. 3 (Xinhua) -- Troops moved.", "ROME", "Xinhua", "Troops moved."),
        ("PARIS (Agence France-Presse) – Troops moved.", "PARIS", "AFP", "Troops moved."),
    ],
)
def test_the_dateline_moves_to_its_column(lead: str, dateline: str | None, agency: str | None, rest: str) -> None:
    cleaned = clean(f"{lead}\n{AFTER}")
    assert (cleaned.dateline, cleaned.agency, cleaned.text) == (dateline, agency, f"{rest}\n{AFTER}")


@pytest.mark.parametrize(
    "lead",
    [
        "Breaking: Troops moved.",
        "EXCLUSIVE: Troops moved.",
        "UPDATE — Troops moved.",
        "Vale: Troops will move.",
        "NATO — the alliance that nobody loves — met again.",
        "QUESTION: Will troops move?",
        "Paris (pictured) — troops moved.",
        "In Baghdad: troops moved.",
        "The minister (Reuters photo shows him) resigned.",
    ],
)
def test_what_only_looks_like_a_dateline_stays(lead: str) -> None:
    cleaned = clean(f"{lead}\n{AFTER}")
    assert (cleaned.dateline, cleaned.text) == (None, f"{lead}\n{AFTER}")


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


def test_names_of_those_who_sign_join_the_byline() -> None:
    cleaned = clean(
        f"By Ann Vale\n{BEFORE}\n"
        "(Additional reporting by Bo Ek and Cy Dun in Port Ardan; Editing by Di Fox and the desk)"
    )
    assert cleaned.byline == ("Ann Vale", "Bo Ek", "Cy Dun", "Di Fox")
    assert cleaned.text == BEFORE
    assert [removed.reason for removed in cleaned.removed] == ["byline", "credits"]


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
