"""`dateline accuracy`: how often codings are right, from what people said of them.

Precision is told of each version of the coder (`article.tagger`) by labels that a review drew by chance and whose
sentence still stands; what somebody reported is counted apart, for nobody reports what is right. Labels judge what was
coded when they were given: those of an earlier version stay its own, and what the present one makes of the same words
is told beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, get_args

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.answers import wide_console
from flows.labels.precision import JUDGED, WHOLE, Precision, precision, weighted
from flows.visible import exact, json_line
from pipeline.records import Label, Standing
from warehouse.labels import Checked, all_labels, check_published, strata
from warehouse.standing import last_ones

STANDINGS: tuple[Standing, ...] = get_args(Standing)
FEW = 30  # labels: below that an interval is wider than ±18 points at one half


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCoder:
    """What labels say of one version of the coder. `is_present`: it coded what the latest texts have."""

    tagger: str
    is_present: bool
    mentions: int  # of its types together, now, or when they were drawn
    labels: int
    parts: Mapping[str, Precision]
    types: Mapping[str, Mapping[str, Precision]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """All that labels say."""

    coders: tuple[OfCoder, ...]
    drawn: int
    text_gone: int  # of those drawn: left out, their sentence does not stand any more
    reported: int
    reported_parts: Mapping[str, int]
    standings: Mapping[str, int]  # of all that count


def accuracy_of(published: Path, file: Path) -> tuple[Accuracy, list[str]]:
    """From all labels up to this moment, and what is wrong in their file."""
    labels, wrong = all_labels(published, file)
    return accuracy(check_published(published, last_ones(labels)), strata(published)), wrong


def accuracy(checked: Sequence[Checked], mentions: Mapping[tuple[str, str], int]) -> Accuracy:
    """From labels that count; `mentions`: how many event mentions there are, by tagger and type."""
    drawn = [one for one in checked if one.label.drawn_from is not None]
    standing = [one.label for one in drawn if one.standing != "text gone"]
    reported = [one.label for one in checked if one.label.drawn_from is None]
    taggers = sorted({label.tagger for label in standing}, key=lambda t: (-present(t, mentions), t))
    return Accuracy(
        coders=tuple(of_coder(t, [one for one in standing if one.tagger == t], mentions) for t in taggers),
        drawn=len(drawn),
        text_gone=len(drawn) - len(standing),
        reported=len(reported),
        reported_parts=dict(Counter(part for label in reported for part in label.wrong or ("nothing",))),
        standings=dict(Counter(one.standing for one in checked)),
    )


def present(tagger: str, mentions: Mapping[tuple[str, str], int]) -> int:
    """How many event mentions it has now."""
    return sum(number for (of, _), number in mentions.items() if of == tagger)


def of_coder(tagger: str, labels: Sequence[Label], mentions: Mapping[tuple[str, str], int]) -> OfCoder:
    """One version: types weigh as many as they have event mentions now, or had when its last label was drawn."""
    by_type: dict[str, list[Label]] = {}
    for label in labels:
        by_type.setdefault(label.event_type, []).append(label)
    is_present = present(tagger, mentions) > 0
    if is_present:
        sizes = {kind: number for (of, kind), number in mentions.items() if of == tagger}
    else:
        sizes = {kind: max(label.drawn_from or 0 for label in some) for kind, some in by_type.items()}
    return OfCoder(
        tagger=tagger,
        is_present=is_present,
        mentions=sum(sizes.values()),
        labels=len(labels),
        parts={part: found for part in JUDGED if (found := weighted(by_type, sizes, part))},
        types={
            kind: {part: found for part in JUDGED if (found := precision(by_type[kind], part))}
            for kind in sorted(by_type, key=lambda kind: (-len(by_type[kind]), kind))
        },
    )


def write_accuracy(published: Path, file: Path, target: IO[str], *, as_json: bool) -> list[str]:
    """Print it; what is wrong in the file of labels comes back as lines."""
    found, wrong = accuracy_of(published, file)
    if as_json:
        target.write(json_line(asdict(found)) + "\n")
        return wrong
    console = wide_console(target)
    for coder in found.coders:
        show_coder(console, coder)
    for line in summary(found):
        console.print(Text(exact(line)), soft_wrap=True)
    return wrong


def show_coder(console: Console, coder: OfCoder) -> None:
    """Two tables: parts of all types, weighted, and types."""
    when = "" if coder.is_present else ", of which no text is read now"
    console.print(Text(f"{exact(coder.tagger)}{when}", "bold"), soft_wrap=True)
    console.print(grid(("all types", *HEAD), ((part, *cells(found)) for part, found in coder.parts.items())))
    rows = ((kind, *cells(found["type"]), *cells(found[WHOLE])[1:]) for kind, found in coder.types.items())
    console.print(grid(("by type", "labels", "type", "95 %", "whole", "95 %"), rows))
    whole = coder.parts.get(WHOLE)
    if whole and whole.covered < 1:
        console.print(
            f"Types with labels have {whole.covered:.0%} of {coder.mentions:,} event mentions.", highlight=False
        )
    console.print()


HEAD = ("labels", "precision", "95 %")


def grid(head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> Table:
    """A plain table; figures on the right."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for number, name in enumerate(head):
        table.add_column(name, justify="right" if number else "left", no_wrap=True, min_width=10 if not number else 0)
    for row in rows:
        table.add_row(*row)
    return table


def cells(found: Precision) -> tuple[str, str, str]:
    """Labels, share, interval."""
    return str(found.judged), f"{found.share:.2f}", f"{found.low:.2f}–{found.high:.2f}"


def summary(found: Accuracy) -> Iterator[str]:
    """What the figures are of, and what is left out of them."""
    if not found.drawn:
        yield "No event mention has been judged by review, so nothing can be said of precision: `dateline review`."
    else:
        few = " Few: the intervals say how little that tells." if found.drawn < FEW else ""
        gone = f"; {found.text_gone} of them of sentences that stand no more, left out" if found.text_gone else ""
        yield f"{found.drawn} event mentions judged by review, drawn at random within types{gone}.{few}"
    if found.reported:
        parts = ", ".join(f"{part} {number}" for part, number in sorted(found.reported_parts.items()))
        yield f"{found.reported} reported because somebody saw them, in no figure above; wrong in them: {parts}."
    told = ", ".join(f"{name} {found.standings[name]}" for name in STANDINGS if name in found.standings)
    if told:
        yield f"As coded now: {told}."
