"""Lines of `dateline show`: an event, an article or a claim with its id, and the words for what they tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from flows.answers import cell
from flows.briefs.words import later_words, party_words, place_words
from flows.marking import STYLES, has_colours
from flows.parts import figure, kind
from flows.showing import INDENT, show_heading, show_line
from flows.visible import cut, exact
from pipeline.records import Count
from warehouse.shown import ArticleLine, Claim, EventLine, Some

MOST_WORDS = 300  # characters of a title or party
RELATIONS = {"first": "first", "copy": "copy of", "update": "update of", "rewrite": "rewrite"}
Piece = tuple[str, str]  # words, and the label of the mark that they look like; "" for none
Item = TypeVar("Item")


def show_rows(console: Console, rows: Iterable[tuple[str, Sequence[Piece]]]) -> None:
    """An id and words a line; on a terminal the words look like the marks that they tell of."""
    colours = has_colours(console)
    for row_id, pieces in rows:
        words = Text()
        for text, label in pieces:
            words.append(exact(cut(text, MOST_WORDS)), STYLES.get(label, "") if colours else "")
        show_line(console, Text.assemble(INDENT * 2, (exact(row_id), "bold" if colours else ""), "  "), words)


def show_section(
    console: Console, title: str, items: Some[Item], row: Callable[[Item], tuple[str, Sequence[Piece]]]
) -> None:
    """A heading with the number of items, then a line for each that is shown; nothing where there is none."""
    if not items.total:
        return
    console.print()
    show_heading(console, f"{title} ({items.total:,})")
    show_rows(console, map(row, items.shown))
    show_more(console, items)


def show_more(console: Console, items: Some[Item]) -> None:
    """How many are left out, and how to see them."""
    if items.left_out:
        console.print(Text(f"{INDENT * 2}… and {items.left_out:,} more: a higher --limit shows them", "dim"))


def event_row(line: EventLine) -> tuple[str, list[Piece]]:
    """An event: its day, kind, parties, place, the killed, and how many tell of it."""
    toll = counted(line.killed_low, line.killed_high)
    place = place_words(line.place_name, None, line.country, line.place_precision)
    return line.event_id, [
        (line.event_day.isoformat(), "date"),
        (" ", ""),
        (kind(line.event_type, line.mode), "trigger"),
        *parties(line.actors, line.recipients),
        *([(" · ", ""), (place, "place")] if place else []),
        *([(" · ", ""), (f"killed {toll}", "killed")] if toll else []),
        (f" · {reports(line.report_count, line.article_count)}", ""),
    ]


def parties(actors: Sequence[str], recipients: Sequence[str]) -> Iterator[Piece]:
    """Who did it to whom; nothing where nobody is named."""
    if actors or recipients:
        yield " · ", ""
        yield party_words(actors) or "somebody", "actor" if actors else ""
    if recipients:
        yield " → ", ""
        yield party_words(recipients), "recipient"


def reports(report_count: int, article_count: int) -> str:
    """How many tell of it: independent reports, and articles with copies and updates."""
    told = number(report_count, "report")
    return told if report_count == article_count else f"{told} in {number(article_count, 'article')}"


def number(count: int, noun: str) -> str:
    """A number of things.

    >>> number(1, "report"), number(2_000, "copy"), number(2, "article")
    ('1 report', '2,000 copies', '2 articles')
    """
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def article_row(line: ArticleLine) -> tuple[str, list[Piece]]:
    """An article: when, by whom, how it stands to its story, its title and address."""
    return line.article_id, [
        (cell(line.published_at, "undated"), "date"),
        (f" · {line.agency or line.feed_id} · ", ""),
        (standing(line), "says"),
        (f" · “{cut(line.title or 'without a title', MOST_WORDS)}” · ", ""),
        (line.url, ""),
    ]


def standing(line: ArticleLine) -> str:
    """How an article stands to its story: first, copy of another, how much later; and whether it stands."""
    later = later_words(line.minutes_after_first) if line.relation not in (None, "first") else None
    of = f" {line.copied_from}" if line.copied_from else ""
    relation = RELATIONS.get(line.relation or "", line.relation or "in no story yet")
    gone = "" if line.is_latest else ", superseded or withdrawn"
    return f"{relation}{of}{f' {later}' if later else ''}{gone}"


def claim_row(claim: Claim) -> tuple[str, list[Piece]]:
    """Who says how many: the article that says so first, the number, whom it quotes."""
    copies = claim.articles - 1
    return claim.article_id, [
        (f"{claim.fate} {counted(claim.toll_low, claim.toll_high)}", claim.fate),
        (f" by {claim.agency or 'no named agency'}", ""),
        *([(", who quotes ", ""), (claim.attribution, "says")] if claim.attribution else []),
        *([(f" (and {number(copies, 'copy')})", "")] if copies else []),
        *([(f" · {claim.url}", "")]),
    ]


def counted(low: int | None, high: int | None) -> str | None:
    """A count of people: "3", "12 or more", "20 to 30"; None for none."""
    return None if low is None else figure(Count(low=low, high=high, text=""))
