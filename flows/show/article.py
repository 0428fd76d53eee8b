"""An article on the console: where it is from, its versions and story, its text with all that was read in it marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from flows.answers import cell
from flows.marking import Mark, has_colours, marked
from flows.parts import Fact, kind
from flows.show.lines import Piece, article_row, number, parties, show_section
from flows.show.things import story_row
from flows.showing import INDENT, show_facts, show_heading, show_legend, show_line
from warehouse.evidence import Evidence
from warehouse.shown import ArticleFacts, ArticleLine, ShownArticle, Some, TextSpan

SHOWN_CHARACTERS = 1_200  # of a text, to the end of a paragraph; with --full-text all
LEGEND = ("event", "name", "place", "date", "number")


def show_article(console: Console, shown: ShownArticle, *, full_text: bool) -> None:
    """All of an article; of a long text the beginning unless `full_text`."""
    article = shown.article
    show_heading(console, f"article {article.article_id}: “{article.title or 'without a title'}”")
    show_facts(console, article_facts(article))
    if shown.versions.total > 1:
        show_section(console, "Versions: dateline show ID", shown.versions, version_row)
    if shown.story:
        show_section(console, "Story: dateline show ID", Some((shown.story,), 1), story_row)
    if shown.telling.total > 1:
        show_section(console, "Who else tells it: dateline show ID", others(article.article_id, shown), article_row)
    show_text(console, article.text, shown.spans, full_text=full_text)
    show_section(console, "Events: dateline show ID", shown.events, coded_row)


def others(article_id: str, shown: ShownArticle) -> Some[ArticleLine]:
    """The articles of the story but this one."""
    rest = tuple(line for line in shown.telling.shown if line.article_id != article_id)
    return Some(rest, shown.telling.total - (len(shown.telling.shown) - len(rest) or 1))


def article_facts(article: ArticleFacts) -> Iterator[Fact]:
    """The article line by line; what is unknown is left out."""
    yield Fact("source", article.url)
    yield Fact("published", published(article))
    if article.modified_at:
        yield Fact("changed", cell(article.modified_at, ""))
    fetched = cell(article.fetched_at, "at an unknown time")
    yield Fact("read", f"fetched {fetched}, loaded {cell(article.loaded_at, '')}")
    signed = f"; signed {', '.join(article.byline)}" if article.byline else ""
    yield Fact("by", (article.agency or "no named agency") + signed)
    yield Fact("feed", article.feed_id + (f" ({article.feed_title})" if article.feed_title else ""))
    if article.dateline:
        yield Fact("dateline", ", ".join(filter(None, (article.dateline, cell(article.dateline_date, "")))))
    yield Fact("version", f"{article.version}{stands(article)}")
    quality = "" if article.quality_score is None else f", quality {article.quality_score:.2f}"
    yield Fact("text", f"{number(article.word_count, 'word')} in {article.language or 'an unknown language'}{quality}")
    if article.tag_status != "tagged":
        yield Fact("tagged", f"no: {article.tag_status}")
    for label, told in (("marks", article.marks), ("flags", article.flags), ("corrected", article.corrections)):
        if told:
            yield Fact(label, ", ".join(told))


def published(article: ArticleFacts) -> str:
    """The time of publication, who gave it and how exactly."""
    if article.published_at is None:
        return "at an unknown time"
    given = [article.published_source and f"by {article.published_source}", article.published_precision]
    told = ", ".join(part for part in given if part)
    return cell(article.published_at, "") + (f" ({told})" if told else "")


def stands(article: ArticleFacts) -> str:
    """Whether it is the text that stands."""
    if article.withdrawn_at:
        return f", withdrawn {cell(article.withdrawn_at, '')}"
    return ", the latest" if article.is_latest else ", superseded by a later one"


def version_row(line: ArticleLine) -> tuple[str, list[Piece]]:
    """A version of an article."""
    _, pieces = article_row(line)
    return line.article_id, [(f"version {line.version} · ", ""), *pieces]


def show_text(console: Console, text: str, spans: Sequence[TextSpan], *, full_text: bool) -> None:
    """The text, a paragraph a line, with its events, names, places, dates and numbers marked."""
    console.print()
    show_heading(console, "Text")
    show_legend(console, LEGEND)
    marks = [Mark(span.start, span.end, span.label) for span in spans]
    shown = 0
    for start, end in paragraphs(text):
        if shown >= SHOWN_CHARACTERS and not full_text:
            rest = f"… {len(text) - start:,} of {len(text):,} characters more: --full-text shows them"
            return console.print(Text(INDENT + rest, "dim"))
        inside = [Mark(m.start - start, m.end - start, m.label) for m in marks if m.start < end and m.end > start]
        show_line(console, Text(INDENT), marked(text[start:end], inside, colours=has_colours(console)))
        shown += end - start
    return None


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph that says something begins and ends."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def coded_row(found: Evidence) -> tuple[str, list[Piece]]:
    """An event as this article tells of it; what is denied, planned or supposed by the id of its event mention."""
    event = found.event
    place = event.place.name if event.place else None
    uncounted = "" if found.event_id else f" · in no event ({event.polarity}, {event.modality}): dateline why"
    return found.event_id or found.event_mention_id, [
        (kind(event.type, event.mode), "trigger"),
        *parties([p.text for p in event.actors], [p.text for p in event.recipients]),
        *([(" · ", ""), (place, "place")] if place else []),
        (f" · “{event.trigger.text}”{uncounted}", ""),
    ]
