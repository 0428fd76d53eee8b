"""Text comes out as it was written, whatever machines did to it."""

from __future__ import annotations

import re
import textwrap
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.extract.cleaner import clean
from pipeline.extract.text import tidy
from pipeline.extract.wire.repair import repaired

BEFORE = "Rain kept falling on the lower town, where nobody had slept since Friday."
# Good text of several scripts, with the letters and marks that wrong decoding also makes.
GOOD = [
    "L’été à Orsk : « Ça ira », dit-elle — où l’on pêche encore, à 3 €.",
    "Die Größe des Schiffes: „Über 90 Meter“, sagte Jörg Ärmel.",
    "El niño subió al camión; ¿quién lo vio? ¡Nadie!",
    "São Paulo, à noite: não há ninguém à vista.",
    "Это не пароход, а паром «Ёрш», — сказал Рёрих. Система Р° работает.",
    "Її човен зник біля Ґданська, сказав очевидець.",
    "İstanbul’da gemi battı; kıyıda bekleyen yoktu.",
    "Łódź utonęła; żółte światło zgasło.",
    "غرقت السفينة قبالة الميناء، بحسب شاهد.",
    "جهاز می‌خواهد که کشتی را بیابد.",
    "जहाज़ बंदरगाह के पास डूब गया।",
    "渡轮在港口沉没，九人遇难。",
    "フェリーは港で沈んだ。",
    "여객선이 항구에서 가라앉았다.",
    "The café’s résumé: “naïve” – £5… 90°, ±2 µm, © and ™.",
]


@pytest.mark.parametrize("text", GOOD)
def test_good_text_of_any_script_stays_as_it_is(text: str) -> None:
    assert repaired(text) == text


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(GOOD), min_size=1, max_size=6))
def test_good_texts_together_stay_as_they_are(lines: list[str]) -> None:
    assert repaired("\n".join(lines)) == "\n".join(lines)


def readings() -> list[tuple[str, str]]:
    """(good text, the same read in a wrong encoding that has a letter for each of its bytes)."""
    found = []
    for text in GOOD:
        for wrong in ("windows-1251",) if re.search("[а-я]", text) else ("latin-1", "windows-1252"):
            with suppress(UnicodeDecodeError):
                found.append((text, text.encode("utf-8").decode(wrong)))
    return found


@pytest.mark.parametrize(("text", "mojibake"), readings())
def test_text_that_was_decoded_wrongly_is_read_again(text: str, mojibake: str) -> None:
    assert repaired(mojibake) == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The army`s ``final push'' began.", 'The army\'s "final push" began.'),
        ("The army´s ‘‘final push’’ began.", "The army's “final push” began."),
        ("Er sagte: ,,Der Damm hält.“", "Er sagte: „Der Damm hält.“"),
        ("Il dit : <<La digue tient>>.", "Il dit : «La digue tient»."),
        ("“Curly” and ‘single’ marks stay’s", "“Curly” and ‘single’ marks stay’s"),
        ("a\u200bb\u00adc\ufeffd\x07", "abcd"),
        ("Cafe\u0301\u00a0noir", "Café noir"),
        ("می\u200cخواهم a\u200cb", "می\u200cخواهم ab"),
        ("one\r\n\r\n\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("Salt &amp; grain&amp;nbsp;&#8217;s &lt;b&gt;", "Salt & grain ’s <b>"),
        ("AT&T and Q&A; nothing else", "AT&T and Q&A; nothing else"),
        ("cafÃ© and naÃ¯ve â€œquotesâ€\x9d", "café and naïve “quotes”"),
    ],
)
def test_characters_are_repaired(raw: str, expected: str) -> None:
    assert repaired(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The govern-\nment fell.", "The government fell."),
        ("He said “we co-\noperate” twice.", "He said “we co-operate” twice."),
        ("They cooperate: “we co-\noperate”, he said.", "They cooperate: “we cooperate”, he said."),
        ("He said: »Wir ver-\nlieren«.", "He said: »Wir ver-lieren«."),
        ("They say 'we co-\noperate' here.", "They say 'we co-operate' here."),
        ("A so-called cease-fire: the so-\ncalled truce.", "A so-called cease-fire: the so-called truce."),
        ("It was two-\nand three-storey houses.", "It was two- and three-storey houses."),
        ("The Harbour-\nPost sold.", "The Harbour-Post sold."),
        ("The government fell; the govern- ment is gone.", "The government fell; the government is gone."),
        ("The two- and three-storey houses fell.", "The two- and three-storey houses fell."),
        ("He said: “The govern- ment of the government.”", "He said: “The govern- ment of the government.”"),
    ],
)
def test_words_that_breaks_split_are_whole_again(raw: str, expected: str) -> None:
    assert repaired(raw) == expected


PROSE = (
    "The river rose by nine metres in one night and took the lower bridge with it, and the people who live on the "
    "island had to be brought ashore in boats while the wind was still blowing hard from the north.",
    "Nobody was hurt, the mayor said, but the mill and the old school are gone, and it will take a year or more until "
    "the road to the harbour can be used again by anything that is heavier than a cart.",
    "On Monday the council meets to ask what the dam was for, when it was last looked at, and who signed the papers "
    "in which it says that all was well with the wall and with the two gates below it.",
)


@pytest.mark.parametrize("width", [60, 66, 72, 80])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_hard_wrapped_wires_are_paragraphs_again(width: int, between: str) -> None:
    wrapped = between.join(textwrap.fill(paragraph, width) for paragraph in PROSE)
    unwrapped = repaired(wrapped)
    assert unwrapped.replace("\n", " ") == " ".join(PROSE)
    if between == "\n\n":
        assert unwrapped == "\n".join(PROSE)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PROSE),
        "\n".join(f"- {number} boats with nine tons of grain and salt from the north" for number in range(9)),
        "\n".join(f"Boat number {number} left at dawn and was back by noon." for number in range(9)),
        "Boats\nand nets\nand men\nand sails\nand oars\nand salt",
    ],
)
def test_lists_and_short_paragraphs_are_not_joined(text: str) -> None:
    assert repaired(text) == text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_a_tidy_text_has_neat_lines(text: str) -> None:
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    assert all(line and line == line.strip() for line in tidied.split("\n")) or tidied == ""


PIECES = st.one_of(
    st.sampled_from(
        ["govern-\nment ", "- ", "&amp;", "amp;", "Ã©", "â€œ", "`", "'", ",,", "<<", ">>", "\n", "“", BEFORE, *GOOD]
    ),
    st.text(max_size=10),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=10).map("".join))
@example("<<\n\ngovern-\nment >>")
def test_repairing_twice_changes_nothing(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once
    assert clean(clean(text).text).text == clean(text).text


@pytest.mark.parametrize(
    ("split", "whole"),
    [
        ("the well-\nknown pilot of the govern-\nment", "the well-known pilot of the government"),
        ("a self-\nmade man of the state-\nrun bank", "a self-made man of the state-run bank"),
    ],
)
def test_a_compound_keeps_the_hyphen_at_a_lines_end(split: str, whole: str) -> None:
    assert repaired(split) == whole


def test_ligatures_are_letters_again() -> None:
    assert repaired("The o\ufb03cial \ufb01le \ufb02ew o\ufb00.") == "The official file flew off."


def test_short_paragraphs_of_a_wire_that_fills_its_lines_are_unwrapped() -> None:
    stories = [
        "The river rose above the second wall on Monday and took nine houses in the lower town.",
        "Rescue workers in boats brought 140 people to the school on the hill beside the old dam.",
        "The governor of the province said that the dam upstream would hold until Thursday noon.",
        "Engineers had warned in May that the gates were not being tended, and asked for money.",
    ]
    assert repaired("\n".join(textwrap.fill(line, 70) for line in stories)) == "\n".join(stories)


def test_a_list_of_names_without_stops_is_not_unwrapped() -> None:
    names = "\n".join(
        f"{name} of the lower town, who was pilot there" for name in ("Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gia")
    )
    assert repaired(names) == names
