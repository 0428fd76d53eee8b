"""A text with its parts marked: colours on a terminal, labelled brackets everywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.console import Console
from rich.text import Text

from flows.visible import exact

BRACKETS = re.compile(r"[\[\]]")

# Hues that the colour-blind tell apart (Okabe and Ito's), each with a weight or line of its own.
STYLES: Mapping[str, str] = {
    "trigger": "bold #d55e00",
    "actor": "bold #56b4e9",
    "recipient": "underline #cc79a7",
    "place": "#009e73",
    "date": "italic #f0e442",
    "killed": "underline2 #e69f00",
    "wounded": "underline2 #e69f00",
    "arrested": "underline2 #e69f00",
    "captured": "underline2 #e69f00",
    "displaced": "underline2 #e69f00",
    "says": "italic #999999",
    "event": "bold #d55e00",
    "number": "underline2 #e69f00",
    "name": "bold #56b4e9",
}
PARTS = ("trigger", "actor", "recipient", "place", "date", "killed", "says")  # of a coded sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span of a text; `end` is exclusive."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks, the outermost first."""

    text: str
    marks: tuple[Mark, ...]


def has_colours(console: Console) -> bool:
    """Does this console show colours? Not in a file or pipe, nor where NO_COLOR or TERM=dumb asks for none."""
    return console.color_system is not None and not console.no_color


def marked(text: str, marks: Sequence[Mark], *, colours: bool) -> Text:
    """The text with its marks as a terminal or a file shows them."""
    return coloured(text, marks) if colours else Text(bracketed(text, marks))


def coloured(text: str, marks: Sequence[Mark]) -> Text:
    """The marks as colours; where they overlap, the inner hue with both weights and lines.

    A span with several labels has the hue of the first.
    """
    shown = Text()
    for piece in pieces(text, marks):
        styles = [
            style_of(label) for mark in piece.marks for label in reversed(mark.label.split(", ")) if style_of(label)
        ]
        shown.append(exact(piece.text), " ".join(styles))
    return shown


def style_of(label: str) -> str:
    """The style of a label: by its first word ("event ASSAULT"); in capitals it is a kind of name ("PERSON")."""
    return STYLES.get(label.split(" ")[0], STYLES["name"] if label.isupper() else "")


def bracketed(text: str, marks: Sequence[Mark]) -> str:
    r"""The marks as labelled brackets: "[actor: Soldiers] [trigger: shelled] Karo". The text's own are "\[", "\]"."""
    shown: list[str] = []
    is_open: tuple[Mark, ...] = ()
    for piece in pieces(text, marks):
        kept = common_length(is_open, piece.marks)
        shown.append("]" * (len(is_open) - kept))
        shown += [f"[{mark.label}: " for mark in piece.marks[kept:]]
        shown.append(BRACKETS.sub(r"\\\g<0>", exact(piece.text)))
        is_open = piece.marks
    return "".join(shown) + "]" * len(is_open)


def common_length(one: Sequence[Mark], other: Sequence[Mark]) -> int:
    """How many marks both begin with; those can stay open, marks that cross them are closed and opened again."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def pieces(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The text cut wherever a mark begins or ends; joined together the pieces are the text."""
    inside = together(text, marks)
    cuts = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    for start, end in pairwise(cuts):
        yield Piece(text[start:end], tuple(m for m in inside if m.start <= start and end <= m.end))


def together(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """The marks that hold something of the text, outer before inner; of one span, one mark with all its labels."""
    labels: dict[tuple[int, int], list[str]] = {}
    for mark in marks:
        start, end = max(mark.start, 0), min(mark.end, len(text))
        known = labels.setdefault((start, end), []) if start < end else []
        known += [mark.label] if mark.label not in known else []
    ordered = sorted(labels, key=lambda span: (span[0], -span[1]))
    return [Mark(start, end, ", ".join(labels[start, end])) for start, end in ordered]


def legend(labels: Sequence[str] = PARTS) -> Text:
    """What the colours stand for."""
    shown = Text()
    for label in labels:
        shown.append("tolls" if label == "killed" else label, STYLES[label])
        shown.append("  ")
    return shown
