"""The cleaner takes out what is no part of the story, and nothing else."""

from __future__ import annotations

import re
import time
import tomllib
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.cleaner import clean
from pipeline.extract.wire.lines import Rule, line_rules, reason_of
from pipeline.extract.wire.signoff import roles
from pipeline.extract.wire.tags import agency_told
from pipeline.records import Removed

RULES = line_rules()
LANGUAGES = sorted({rule.language for rule in RULES})
TAKES = [line for rule in RULES for line in rule.takes]
SPARES = [line for rule in RULES for line in rule.spares]
COMPANY = {"share": "Share this article", "photo": "Photo: Ann Vale"}
BEFORE = "Rain kept falling on the lower town, where nobody had slept since Friday."
AFTER = "By noon the water had reached the chapel steps and the last shop had closed."


def name(value: object) -> str | None:
    return f"{value.language}-{value.id}" if isinstance(value, Rule) else None


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_each_rule_takes_its_examples(rule: Rule) -> None:
    for line in rule.takes:
        assert rule.matches(line), line
        lines = [line, COMPANY[rule.id]] if rule.beside else [line]
        cleaned = clean("\n".join([BEFORE, *lines, AFTER]))
        assert cleaned.text == f"{BEFORE}\n{AFTER}", line
        assert cleaned.removed == tuple(Removed(gone, rule.id) for gone in lines)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.beside], ids=name)
def test_what_can_be_an_item_of_a_list_stays_without_company(rule: Rule) -> None:
    items = "\n".join(rule.takes)
    text = f"{BEFORE}\nThe decree names these:\n{items}\n{AFTER}"
    assert clean(text).text == text


def test_a_row_of_networks_goes_with_the_button_at_its_end() -> None:
    cleaned = clean(f"{BEFORE}\nFacebook\nTelegram\nX\nCopy link\n{AFTER}")
    assert cleaned.text == f"{BEFORE}\n{AFTER}"
    assert {line.reason for line in cleaned.removed} == {"share"}


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_no_rule_takes_the_counter_examples_of_any(rule: Rule) -> None:
    for line in rule.spares:
        assert reason_of(line) is None, line
        assert clean(f"{BEFORE}\n{line}\n{AFTER}").text == f"{BEFORE}\n{line}\n{AFTER}"


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_each_rule_has_examples_on_both_sides(rule: Rule) -> None:
    assert len(rule.takes) >= 2
    assert rule.spares


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_what_somebody_said_stays(rule: Rule) -> None:
    for line in rule.takes:
        quoted = f"“{line}” he said."
        assert clean(f"{BEFORE}\n{quoted}\n{AFTER}").text == f"{BEFORE}\n{quoted}\n{AFTER}"


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.cased], ids=name)
def test_patterns_that_see_small_letters_hold_no_capitals(rule: Rule) -> None:
    bare = re.sub(r"\\[A-Za-z]", "", rule.pattern.pattern)
    assert bare == bare.lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_reasons_that_its_pages_need(language: str) -> None:
    reasons = {rule.id for rule in RULES if rule.language == language}
    needed = {"newsletter", "related", "follow", "share", "advert", "copyright", "contact", "comments", "app", "photo"}
    assert needed | {"origin", "stamp", "correction", "placeholder"} <= reasons


def test_a_rule_takes_its_line_in_capitals_too() -> None:
    lost = [
        line
        for rule in RULES
        if not rule.cased
        for line in rule.takes
        if line.upper().lower() == line.lower() and not rule.matches(line.upper())
    ]
    assert lost == []


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


def nobody() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((files("pipeline.extract.wire") / "rules.toml").read_text("utf-8"))["nobody"]
    return table


@pytest.mark.parametrize("line", nobody()["takes"])
def test_by_whom_nobody_signs_is_a_line_of_the_story(line: str) -> None:
    cleaned = clean(f"{line}\n{BEFORE}\n{AFTER}")
    assert (cleaned.text, cleaned.byline) == (f"{line}\n{BEFORE}\n{AFTER}", ())


@pytest.mark.parametrize("line", nobody()["spares"])
def test_by_whom_somebody_signs_goes_to_the_byline(line: str) -> None:
    cleaned = clean(f"{line}\n{BEFORE}\n{AFTER}")
    assert (cleaned.text, cleaned.byline) == (f"{BEFORE}\n{AFTER}", (line.removeprefix("By "),))


@pytest.mark.parametrize(
    "line",
    [
        "记者：您为什么留在城里？",
        "記者：您為什麼留在城裡？",
        "记者：大坝还会再次决堤吗？",
        "기자: 왜 떠나지 않으셨습니까?",
        "기자: 댐이 또 무너질까요?",
        "Written by his widow Ann Vale, the book won a prize",
        "Reporting by the United Nations found graves in the north.",
    ],
)
def test_questions_and_sentences_are_no_bylines(line: str) -> None:
    cleaned = clean(f"{BEFORE}\n{line}\n{AFTER}\n{line}")
    assert (cleaned.text, cleaned.byline) == (f"{BEFORE}\n{line}\n{AFTER}\n{line}", ())


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("AFP", "AFP"),
        ("(AFP)", "AFP"),
        ("Reuters", "Reuters"),
        ("dpa", "dpa"),
        ("ANSA", "ANSA"),
        ("Source: Reuters", "Reuters"),
        ("Source: Agence France-Presse", "AFP"),
        ("(With inputs from AFP)", "AFP"),
        ("(avec AFP et Reuters)", "AFP"),
        ("Mit Material von dpa", "dpa"),
        ("Источник: ТАСС", "TASS"),
        ("来源：新华社", "Xinhua"),
        ("Source: Harbour Post", None),
        ("Source: the pa", None),
        ("(With inputs from agencies)", None),
    ],
)
def test_whose_the_story_is_names_its_agency(line: str, agency: str | None) -> None:
    cleaned = clean(f"{BEFORE}\n{AFTER}\n{line}")
    assert (cleaned.text, cleaned.agency) == (f"{BEFORE}\n{AFTER}", agency)


def test_a_dateline_names_the_agency_before_the_last_line_does() -> None:
    assert clean(f"AVDARA (AP) — {BEFORE}\n{AFTER}\nSource: Reuters").agency == "AP"


def test_a_long_line_about_the_origin_names_no_agency() -> None:
    assert agency_told("This article was first published in May by a paper that Reuters later bought") is None


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        (f"(Adds details) AVDARA, Nov 23 (Harbourwire) - {BEFORE}\n{AFTER}", ["note"]),
        (f"{BEFORE}\n{AFTER} (Corrects spelling in paragraph 4)", ["correction"]),
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
    st.sampled_from(TAKES + SPARES),
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


@pytest.mark.parametrize(("line", "names"), [(line, tuple(names)) for line, names in roles()["takes"]])
def test_names_are_told_from_roles_in_other_languages(line: str, names: tuple[str, ...]) -> None:
    assert clean(f"{BEFORE}\n{line}").byline == names


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("(Corrects spelling of name in paragraph 4)", "Corrects spelling of name in paragraph 4"),
        ("CORRECTION: An earlier version said nine.", "CORRECTION: An earlier version said nine."),
        ("Korrektur: Der Ort heißt Arda.", "Korrektur: Der Ort heißt Arda."),
    ],
)
def test_what_was_mended_is_kept_as_written(note: str, kept: str) -> None:
    cleaned = clean(f"{BEFORE}\n{AFTER}\n{note}")
    assert cleaned.text == f"{BEFORE}\n{AFTER}"
    assert cleaned.corrections == (kept,)
    assert cleaned.removed == (Removed(note, "correction"),)


def breaks() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((files("pipeline.extract.wire") / "rules.toml").read_text("utf-8"))["breaks"]
    return table


@pytest.mark.parametrize(("line", "rest"), breaks()["takes"])
def test_an_advertising_mark_leaves_the_middle_of_a_paragraph(line: str, rest: str) -> None:
    cleaned = clean(f"{BEFORE}\n{line}")
    assert cleaned.text == f"{BEFORE}\n{rest}"
    assert [removed.reason for removed in cleaned.removed] == ["advert"]


@pytest.mark.parametrize("line", breaks()["spares"])
def test_advertisements_that_are_spoken_of_stay(line: str) -> None:
    assert clean(f"{BEFORE}\n{line}").text == f"{BEFORE}\n{line}"


@pytest.mark.parametrize("between", ["ADVERTISEMENT", "Read more: Boats lie idle", "Newsletter abonnieren", "- -"])
def test_halves_of_a_sentence_around_a_removed_line_are_one_again(between: str) -> None:
    cleaned = clean(f"The governor of the flooded\n{between}\nprovince said that nobody was missing.")
    assert cleaned.text == "The governor of the flooded province said that nobody was missing."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The governor said that nobody was missing.", "eight boats were found."),
        ("What the boats carried:", "nine tons of grain"),
        ("The list of boats", "Nine Sisters"),
        ("“Nobody is missing”", "the governor said."),
    ],
)
def test_whole_sentences_and_headings_around_a_removed_line_stay_apart(first: str, second: str) -> None:
    assert clean(f"{first}\nADVERTISEMENT\n{second}").text == f"{first}\n{second}"


def test_a_list_is_no_broken_sentence() -> None:
    text = "What the boats carried\nnine tons of grain\neight tons of salt\nbarrels of oil"
    assert clean(text).text == text


WORDS = st.sampled_from(
    ["the", "Rain", "said", "Advertisement", "ADVERTISEMENT", "comments", "Share", "12", "Orsk", "(AFP)"]
)
MARKS = st.sampled_from([("“", "”"), ("«", "»"), ("„", "“"), ('"', '"'), ("「", "」")])


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), MARKS)
def test_no_word_between_quotation_marks_changes(said: str, marks: tuple[str, str]) -> None:
    quotation = f"{marks[0]}{said}{marks[1]}"
    text = f"{BEFORE}\nThe mayor said {quotation} before the vote.\n{quotation}, the mayor said again.\n{AFTER}"
    assert clean(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"According to the ministry village number {n} was hit and {n} people left it" for n in range(3000)),
        " ".join(f"govern- ment number{n} of the" for n in range(3000)),
        "\n".join(f"ment{n} of the land went to the wall and did it govern-\nment" for n in range(3000)),
        " ".join(f'The "dam" {n} ADVERTISEMENT broke' for n in range(3000)),
        "“a word- and " * 20_000,
        "“a word ADVERTISEMENT goes " * 20_000,
        "”a word-\nand " * 20_000,
        BEFORE + " (Reuters)" * 2000,
        BEFORE + "\n(Reuters)" * 2000,
        BEFORE + "".join(f" (Reporting by Ann Vale{n})" for n in range(1000)),
        BEFORE + "".join(f" (Reporting by Ann Vale{n}) (Reuters)" for n in range(1000)),
        "(Adds details) " * 1000 + BEFORE,
        "GENEVA: Paris: " * 500 + BEFORE,
        "(AFP)" * 20_000,
        "\n".join(f"Reporting by Ann Vale{n} said that the dam was in danger" for n in range(3000)),
    ],
    ids=[
        "lines that begin alike",
        "split words in lines",
        "words split at line ends",
        "adverts beside quotations",
        "split words behind opening marks alone",
        "adverts behind opening marks alone",
        "words split at line ends behind marks alone",
        "tags in a line",
        "tags in lines",
        "sign-offs in a line",
        "sign-offs and tags in turn",
        "notes before the story",
        "datelines",
        "datelines of houses alone",
        "sentences that begin as sign-offs do",
    ],
)
def test_cleaning_takes_time_in_proportion_to_the_text(text: str) -> None:
    began = time.process_time()
    clean(text)
    assert time.process_time() - began < 4, "each took more than 20 s when every line was compared with all"


@pytest.mark.parametrize(
    ("listed", "gone"),
    [
        ("RELATED ARTICLES\nRebels take the port\nFerry burns in the bay", 3),
        ("Most read\nMinisters meet over the water dispute\nMore from this section\nFerry burns in the bay", 4),
    ],
)
def test_headlines_that_a_text_ends_with_go_with_what_stands_above_them(listed: str, gone: int) -> None:
    cleaned = clean(f"{BEFORE}\n{AFTER}\n{listed}")
    assert cleaned.text == f"{BEFORE}\n{AFTER}"
    assert [line.reason for line in cleaned.removed] == ["related"] * gone


def test_of_headlines_in_the_midst_of_a_story_the_one_below_a_colon_goes() -> None:
    cleaned = clean(f"{BEFORE}\nRead also:\nRebels take the port\nWhat comes next\n{AFTER}")
    assert cleaned.text == f"{BEFORE}\nWhat comes next\n{AFTER}"
    kept = f"{BEFORE}\nWhat comes next\n{AFTER}"
    assert clean(f"{BEFORE}\nRead more\nWhat comes next\n{AFTER}").text == kept


@pytest.mark.parametrize(
    ("head", "end", "byline", "agency"),
    [
        ("ANN VALE, Associated Press", "", ("Ann Vale",), "AP"),
        ("By ANN VALE\nAssociated Press", "", ("Ann Vale",), "AP"),
        ("", "Ann Vale, The Canadian Press", ("Ann Vale",), "CP"),
        ("Par Ann Vale avec AFP", "", ("Ann Vale", "AFP"), "AFP"),
        ("", "(Avec AFP)", (), "AFP"),
        ("", "© 2026 AFP", (), "AFP"),
        ("By Ann Vale AVDARA, Nov 23 (Reuters) -", "", ("Ann Vale",), "Reuters"),
    ],
)
def test_who_signs_beside_an_agency_goes_to_the_columns(
    head: str, end: str, byline: tuple[str, ...], agency: str
) -> None:
    joint = " " if head.endswith("-") else "\n"
    cleaned = clean(f"{head}{joint if head else ''}{BEFORE}\n{AFTER}\n{end}")
    assert (cleaned.text, cleaned.byline, cleaned.agency) == (f"{BEFORE}\n{AFTER}", byline, agency)


def test_a_sentence_with_an_agency_in_it_signs_nothing() -> None:
    text = f"Ann Vale, Reuters said, was among the nine\n{BEFORE}\n{AFTER}"
    assert clean(text).text == text


def test_a_headline_with_the_number_of_its_update_is_no_time_stamp() -> None:
    assert reason_of("UPDATE 1-Two killed in Avdara") is None
