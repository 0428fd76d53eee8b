"""Coded sentences on a console: the marked sentence, and under it line by line what was made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.marking import PARTS, STYLES, has_colours, legend, marked
from flows.parts import Fact, marks_of
from flows.visible import cut, exact
from pipeline.records import DateMention, Event, Quantity

INDENT = "  "
LABEL_WIDTH = 12
MOST_HEADING = 1_000  # characters


def show_legend(console: Console, labels: Sequence[str] = PARTS) -> None:
    """What the colours mean; brackets say it themselves."""
    if has_colours(console):
        console.print(legend(labels))


def show_heading(console: Console, heading: str) -> None:
    """A line above what belongs together."""
    console.print(Text(exact(cut(heading, MOST_HEADING)), "bold"), soft_wrap=True)


def show_sentence(
    console: Console, event: Event, sentence: str, dates: Iterable[DateMention], quantities: Iterable[Quantity]
) -> None:
    """The sentence with the event's parts marked."""
    marks = marks_of(event, sentence, dates, tuple(quantities))
    show_line(console, Text(INDENT), marked(sentence, marks, colours=has_colours(console)))


def show_facts(console: Console, facts: Iterable[Fact]) -> None:
    """Labels and values, the values under each other; the labels look like the marks that they explain."""
    for fact in facts:
        style = STYLES.get(fact.label, "dim") if has_colours(console) else ""
        label = Text.assemble(INDENT * 2, (fact.label, style), " " * (LABEL_WIDTH - len(fact.label)))
        show_line(console, label, Text(exact(fact.value)))


def show_aside(console: Console, words: str) -> None:
    """Text that nothing was made of."""
    show_line(console, Text(INDENT), Text(exact(words), "dim"))


def show_line(console: Console, label: Text, words: Text) -> None:
    """A label and words: on a terminal wrapped beside their label, in a file or pipe one line whatever its length."""
    if not console.is_terminal:
        return console.print(label + words, soft_wrap=True)
    line = Table.grid()
    line.add_column(no_wrap=True)
    line.add_column(overflow="fold")
    line.add_row(label, words)
    return console.print(line)
