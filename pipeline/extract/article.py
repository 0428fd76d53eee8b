"""Page → article: the story found, cleaned and judged; what page, feed and text say of it in columns."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.errors import ExtractError
from pipeline.extract.about.flags import TextFacts, flags_of, words_told
from pipeline.extract.about.metadata import Metadata, read_metadata
from pipeline.extract.about.settle import Settled, settle
from pipeline.extract.about.stamps import Stamp
from pipeline.extract.cleaner import Cleaned, clean
from pipeline.extract.language import language_of
from pipeline.extract.page.blocks import blocks_of, key_of
from pipeline.extract.page.body import Body, read_body
from pipeline.extract.page.decode import page_text
from pipeline.extract.page.tree import parse_page
from pipeline.extract.quality import judge
from pipeline.extract.text import one_line, words
from pipeline.extract.version import extractor_version
from pipeline.extract.wire.days import dateline_day
from pipeline.extract.wire.headline import read_headline
from pipeline.records import Article, Claim, Flag, Page, Removed

EXTRACTOR = extractor_version()
MENU_WORDS, MENU_LINKS = 25, 0.8  # fewer words on a page that is so much of links are a menu's
SENTENCE = re.compile(r"(?:\S+ ){4,}\S+[.!?।۔][\"'”’»]?$|[\u3040-\u9fff]{8,}[。！？]", re.MULTILINE)
SKEW = timedelta(days=1)  # a page dated later than its capture by more has a placeholder for a date
TITLE_LINES = 3  # how far from the top a headline may stand in the text
FEED_TEXT = 1000  # characters; a shorter text of the feed's own is a summary
ENDS = ".!?。！？۔।؟»”’\"')]"  # what a whole sentence ends with


def extract_article(page: Page) -> Article:
    """The article of a page, or of a fragment as full-text feeds carry it.

    Raises ExtractError: what the answer is instead of a page (`pdf`, `image`, `json` … see `kinds.Kind`), `too_large`,
    `too_deep` or `too_many_tags`, or `no_text` (nothing to read in it).
    """
    began = time.thread_time()
    story = _story(page)
    settled = settle(page, story.metadata, story.cleaned)
    flags = _flags(story, settled)
    article = _article(page, story, settled, flags)
    return replace(article, quality=judge(story.body, article, story.words, seconds=time.thread_time() - began))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """What was read in a page."""

    metadata: Metadata
    body: Body
    cleaned: Cleaned
    words: int
    removed: tuple[Removed, ...]


def _story(page: Page) -> _Story:
    tree = parse_page(page_text(page.html, page.content_type))
    latest = page.fetched_at + SKEW if page.fetched_at else None
    metadata = read_metadata(tree, page.url, latest)
    headings = {key_of(h1.text_content()) for h1 in tree.iter("h1")}
    body = read_body(tree, tuple(_told(page, metadata)))
    text, repeated = _without_headings(body.text, {*headings, key_of(metadata.title or ""), key_of(page.title or "")})
    cleaned = clean(text)
    if not cleaned.text and repeated:  # a flash: its headline, and "More to follow"
        cleaned, repeated = replace(cleaned, text=repeated[0].text), repeated[1:]
    count = words(cleaned.text)
    if not count or (count < MENU_WORDS and body.link_share > MENU_LINKS and not SENTENCE.search(cleaned.text)):
        raise ExtractError("no_text", "no running text was found in the page")
    removed = (*repeated, *body.removed, *cleaned.removed)
    return _Story(metadata=metadata, body=body, cleaned=cleaned, words=count, removed=removed)


def _article(page: Page, story: _Story, settled: Settled, flags: tuple[Flag, ...]) -> Article:
    headline = read_headline(settled.title or "")
    published, modified, cleaned = settled.published, settled.modified, story.cleaned
    language = language_of(cleaned.text, settled.language_hint)
    return Article(
        page_id=page.page_id,
        url=settled.url,
        title=headline.title or None,
        byline=settled.byline,
        agency=settled.agency or headline.agency,
        dateline=cleaned.dateline,
        dateline_date=_dateline_date(cleaned, published),
        published_at=published.at if published else None,
        published_source=published.source if published else None,
        published_precision=published.precision if published else None,
        modified_at=modified.at if modified else None,
        modified_source=modified.source if modified else None,
        modified_precision=modified.precision if modified else None,
        language=language,
        section=settled.section,
        image_url=settled.image_url,
        update=headline.update,
        marks=headline.marks,
        corrections=cleaned.corrections,
        flags=flags,
        claims=tuple(_final_claims(settled.claims, headline.title, language)),
        text=cleaned.text,
        removed=story.removed,
        extractor=EXTRACTOR,
    )


def _final_claims(claims: Iterable[Claim], title: str, language: str | None) -> Iterator[Claim]:
    """The claims as the columns hold them: the headline without its marks, the language that the text's words tell."""
    for claim in claims:
        if claim.field == "language":
            yield replace(claim, chosen=False)
        else:
            yield replace(claim, value=title) if claim.field == "title" and claim.chosen and title else claim
    if language:
        yield Claim(field="language", source="text", value=language, chosen=True)


def _told(page: Page, metadata: Metadata) -> Iterator[str]:
    """Whole texts that the page's JSON-LD or its feed give."""
    if metadata.article_body:
        yield metadata.article_body
    if page.summary and len(page.summary) >= FEED_TEXT and page.summary != page.html:
        yield "\n".join(block.text for block in blocks_of(parse_page(page.summary), {}))


def _without_headings(text: str, headings: Collection[str]) -> tuple[str, tuple[Removed, ...]]:
    """(text, what was removed): among the first lines, one that only repeats a headline goes."""
    lines = text.split("\n")
    head = [line for line in lines[:TITLE_LINES] if len(lines) > 1 and key_of(line) and key_of(line) in headings]
    if len(head) == len(lines):  # a flash: its one sentence is its headline
        return head[0], tuple(Removed(one_line(line), "title") for line in head[1:])
    kept = [line for line in lines[:TITLE_LINES] if line not in head]
    return "\n".join([*kept, *lines[TITLE_LINES:]]), tuple(Removed(one_line(line), "title") for line in head)


def _dateline_date(cleaned: Cleaned, published: Stamp | None) -> date | None:
    return dateline_day(cleaned.dateline_date, published.at if published else None) if cleaned.dateline_date else None


def _flags(story: _Story, settled: Settled) -> tuple[Flag, ...]:
    """What kind of page the story stands on."""
    metadata, text = story.metadata, story.cleaned.text
    facts = TextFacts(
        words=story.words,
        link_share=story.body.text_link_share,
        paywall_lines=sum(line.reason == "paywall" for line in story.removed),
        breaks_off=text[-1:] not in ENDS,
        told_words=words_told(metadata.kind, metadata.article_body) if metadata.kind.is_free is False else 0,
    )
    return flags_of(settled.title, settled.section, metadata.kind, facts)
