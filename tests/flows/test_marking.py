"""A text with its parts marked: nothing of it is lost, and nothing of it reaches the terminal as a command."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from flows.marking import STYLES, Mark, bracketed, coloured, has_colours, marked, pieces
from flows.visible import JOINERS, exact

TEXT = "Soldiers shelled Karo on Friday."
ACTOR, TRIGGER, PLACE = Mark(0, 8, "actor"), Mark(9, 16, "trigger"), Mark(17, 21, "place")
marks = st.lists(st.builds(Mark, st.integers(-5, 45), st.integers(-5, 45), st.sampled_from(sorted(STYLES))), max_size=8)
texts = st.text(st.one_of(st.characters(), st.sampled_from("[]\\: \x1b\u202e\u200f\n")), max_size=40)

MARK_OR_ESCAPE = re.compile(
    r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))|\[(?:[a-z]+(?:, )?)+: |\]", re.DOTALL
)
LETTERS = {"n": "\n", "t": "\t", "r": "\r"}


def without_marks(shown: str) -> str:
    """What was marked: the marks taken away, the escapes read."""

    def original(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        return chr(int(code, 16)) if code else LETTERS.get(found[4], found[4]) if found[4] else ""

    return MARK_OR_ESCAPE.sub(original, shown)


@given(texts, marks)
def test_taking_the_marks_away_gives_the_text_again(text: str, given_marks: list[Mark]) -> None:
    assert without_marks(bracketed(text, given_marks)) == text
    assert coloured(text, given_marks).plain == exact(text)
    assert "".join(piece.text for piece in pieces(text, given_marks)) == text


@given(texts, marks)
def test_nothing_that_steers_a_terminal_is_shown_as_itself(text: str, given_marks: list[Mark]) -> None:
    for shown in (bracketed(text, given_marks), coloured(text, given_marks).plain):
        assert {c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} <= JOINERS


@given(texts, marks)
def test_brackets_close_in_the_order_in_which_they_open(text: str, given_marks: list[Mark]) -> None:
    depth = 0
    for found in MARK_OR_ESCAPE.finditer(bracketed(text, given_marks)):
        depth += {"[": 1, "]": -1}.get(found[0][0], 0)
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([], TEXT),
        ([ACTOR, TRIGGER, PLACE], "[actor: Soldiers] [trigger: shelled] [place: Karo] on Friday."),
        ([PLACE, Mark(17, 21, "recipient")], "Soldiers shelled [place, recipient: Karo] on Friday."),
        ([Mark(17, 31, "recipient"), PLACE], "Soldiers shelled [recipient: [place: Karo] on Friday]."),
        ([Mark(0, 16, "actor"), Mark(9, 21, "place")], "[actor: Soldiers [place: shelled]][place:  Karo] on Friday."),
        (
            [Mark(9, 9, "trigger"), Mark(31, 99, "date"), Mark(40, 50, "date")],
            "Soldiers shelled Karo on Friday[date: .]",
        ),
    ],
    ids=["none", "side by side", "same span", "nested", "crossing", "empty and outside"],
)
def test_brackets_name_what_they_hold(spans: list[Mark], shown: str) -> None:
    assert bracketed(TEXT, spans) == shown


def test_the_texts_own_brackets_are_told_from_ours() -> None:
    assert bracketed("[actor: nobody] fled", [Mark(16, 20, "trigger")]) == r"\[actor: nobody\] [trigger: fled]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("\u202ekaro\u2066", r"\u202ekaro\u2066"),
        ("a\u200bb\ufeff", r"a\u200bb\ufeff"),
        ("می‌خواهم", "می‌خواهم"),
        ("a\nb\tc\\", r"a\nb\tc\\"),
        ("\udc9b\x9b", r"\udc9b\x9b"),
        ("Rāwah 警察 🙂", "Rāwah 警察 🙂"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, shown: str) -> None:
    assert exact(text) == shown


def test_colours_follow_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    assert not has_colours(Console(force_terminal=False))
    assert has_colours(Console(force_terminal=True, color_system="256"))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not has_colours(Console(force_terminal=True, color_system="256"))


def test_every_part_has_a_look_of_its_own() -> None:
    spans = marked(TEXT, [ACTOR, TRIGGER, PLACE], colours=True).spans
    assert [str(span.style) for span in spans] == [STYLES["actor"], STYLES["trigger"], STYLES["place"]]
    assert "[" not in marked(TEXT, [ACTOR], colours=True).plain


def test_of_one_span_the_first_labels_hue_is_seen() -> None:
    (span,) = marked(TEXT, [ACTOR, Mark(0, 8, "says")], colours=True).spans
    assert str(span.style).endswith(STYLES["actor"])
