"""Gold for grouping: made-up news in tests/cases/group/articles, and how well stories and events agree with it.

B³ (A. Bagga, B. Baldwin, "Entity-based cross-document coreferencing using the vector space model", 1998): for each item
the share of its group that is right (precision) and of its gold group that is found (recall), averaged over items.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path

from pipeline.group import minhash
from pipeline.ids import stable_id
from pipeline.records import Article, Capture, Document, Entry, Feed, Tags
from pipeline.tag import Tagger
from tests.warehouse.build import NOON, polled, state_of
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.pages import UnreadCapture, record_fetches, unread_captures
from warehouse.polls import record_polls, sync_feeds
from warehouse.rows import Reading
from warehouse.store import Warehouse
from warehouse.told import told_in

FOLDER = Path(__file__).parents[1] / "cases" / "group" / "articles"


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A happening told in an article, and the words that tell it."""

    event: str
    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """An article of the gold set."""

    article_id: str
    story: str
    relation: str
    outlet: str
    agency: str | None
    published_at: datetime
    title: str
    text: str
    mentions: tuple[GoldMention, ...]

    @property
    def url(self) -> str:
        """A made-up address on the outlet's own site."""
        return f"https://{self.outlet.lower().replace(' ', '-').replace('.', '')}.example/{self.article_id}"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and F1 of a grouping, B³ and over pairs."""

    items: int
    precision: float
    recall: float
    pair_precision: float
    pair_recall: float

    @property
    def f1(self) -> float:
        """B³ F1."""
        return harmonic(self.precision, self.recall)

    @property
    def pair_f1(self) -> float:
        """F1 over pairs of items."""
        return harmonic(self.pair_precision, self.pair_recall)


def load_gold() -> list[GoldArticle]:
    """All articles of the gold set."""
    rows = [
        row
        for path in sorted(FOLDER.glob("*.toml"))
        for row in tomllib.loads(path.read_text("utf-8")).get("article", ())
    ]
    return [_article(row) for row in rows]


def _article(row: Mapping[str, object]) -> GoldArticle:
    text = "\n".join(line for line in str(row["text"]).splitlines() if line.strip())
    return GoldArticle(
        article_id=str(row["id"]),
        story=str(row["story"]),
        relation=str(row["relation"]),
        outlet=str(row["outlet"]),
        agency=str(row["agency"]) if "agency" in row else None,
        published_at=row["published_at"],  # type: ignore[arg-type]
        title=str(row["title"]),
        text=text,
        mentions=tuple(_mentions(text, row.get("event", ()))),  # type: ignore[arg-type]
    )


def _mentions(text: str, rows: Sequence[Mapping[str, str]]) -> Iterator[GoldMention]:
    for row in rows:
        start = text.index(row["trigger"])
        yield GoldMention(row["event"], row["type"], start, start + len(row["trigger"]))


def tag_all(tagger: Tagger, articles: Sequence[GoldArticle]) -> dict[str, Tags]:
    """What the tagger reads in each article, by id."""
    return {
        a.article_id: tagger.tag(
            Document(document_id=a.article_id, title=a.title, text=a.text, published_at=a.published_at, language="en")
        )
        for a in articles
    }


def load_into(warehouse: Warehouse, articles: Sequence[GoldArticle], tags: Mapping[str, Tags]) -> None:
    """Load articles as a run would have, each from the feed of its outlet."""
    feeds = {a.outlet: Feed(feed_id=stable_id(a.outlet), url=f"{a.url.rsplit('/', 1)[0]}/rss") for a in articles}
    sync_feeds(warehouse, list(feeds.values()), NOON)
    polls = []
    for outlet, feed in feeds.items():
        seen = [
            Entry(entry_id=a.article_id, link=a.url, title=a.title, published_at=a.published_at)
            for a in articles
            if a.outlet == outlet
        ]
        polls.append(polled(state_of(warehouse, feed.feed_id), seen, feed))
    record_polls(warehouse, "gold", polls)
    record_fetches(warehouse, "gold", NOON, [_capture(a) for a in articles], [])
    by_url = {a.url: a for a in articles}
    readings = [_reading(u, by_url[u.capture.url], tags) for u in unread_captures(warehouse)]
    load_readings(warehouse, "gold", NOON, readings, [])


def _capture(article: GoldArticle) -> Capture:
    return Capture(
        capture_id=f"capture-{article.article_id}", url=article.url, final_url=article.url,
        fetched_at=article.published_at, status=200, content_type="text/html", sha256=stable_id(article.text),
        size_bytes=len(article.text), warc_file="raw/gold.warc.gz", warc_offset=0,
    )  # fmt: skip


def _reading(unread: UnreadCapture, article: GoldArticle, tags: Mapping[str, Tags]) -> Reading:
    read = Article(
        page_id=article.article_id, url=None, title=article.title, text=article.text, agency=article.agency,
        published_at=article.published_at, language="en", extractor="gold",
    )  # fmt: skip
    return Reading(
        unread=unread, article=read, told=told_in(article.text, tags[article.article_id]),
        minhash=minhash(article.text), url=article.url,
    )  # fmt: skip


def grouped_stories(warehouse: Warehouse) -> dict[str, str]:
    """Gold article id → story_id."""
    with warehouse.transaction() as cursor:
        rows = cursor.execute("SELECT url, story_id FROM article JOIN story_article USING (article_id)").fetchall()
    return {url.rsplit("/", 1)[1]: story_id for url, story_id in rows}


def grouped_events(warehouse: Warehouse, articles: Sequence[GoldArticle]) -> dict[tuple[str, str], str]:
    """(gold article id, gold event) → event_id of the mention that is coded there with the gold's type, if one is."""
    with warehouse.transaction() as cursor:
        rows = cursor.execute(
            "SELECT a.url, m.event_type, m.start_offset, m.end_offset, m.sentence_start, m.sentence_end, m.event_id"
            " FROM event_mention AS m JOIN article AS a USING (article_id) WHERE m.event_id IS NOT NULL"
        ).fetchall()
    coded = defaultdict[str, list[tuple[object, ...]]](list)
    for url, *mention in rows:
        coded[url.rsplit("/", 1)[1]].append(tuple(mention))
    found = {}
    for article in articles:
        for gold in article.mentions:
            fits = [m for m in coded[article.article_id] if m[0] == gold.type]
            best = next((m for m in fits if m[1] < gold.end and gold.start < m[2]), None)  # type: ignore[operator]
            best = best or next((m for m in fits if m[3] <= gold.start < m[4]), None)  # type: ignore[operator]
            if best is not None:
                found[article.article_id, gold.event] = str(best[5])
    return found


def agreement(found: Mapping[Hashable, str], gold: Mapping[Hashable, str]) -> Agreement:
    """How well a grouping of items agrees with the gold's; `found` and `gold` hold each item's group."""
    items = sorted(found, key=str)
    ours, theirs = _groups({i: found[i] for i in items}), _groups({i: gold[i] for i in items})
    both = {i: len(ours[found[i]] & theirs[gold[i]]) for i in items}
    return Agreement(
        items=len(items),
        precision=sum(both[i] / len(ours[found[i]]) for i in items) / len(items),
        recall=sum(both[i] / len(theirs[gold[i]]) for i in items) / len(items),
        pair_precision=_share(ours, gold),
        pair_recall=_share(theirs, found),
    )


def _groups(of: Mapping[Hashable, str]) -> dict[str, set[Hashable]]:
    groups: defaultdict[str, set[Hashable]] = defaultdict(set)
    for item, group in of.items():
        groups[group].add(item)
    return groups


def _share(groups: Mapping[str, set[Hashable]], other: Mapping[Hashable, str]) -> float:
    """Of the pairs within groups, the share that the other grouping has together, too."""
    pairs = [pair for group in groups.values() for pair in combinations(sorted(group, key=str), 2)]
    return sum(other[a] == other[b] for a, b in pairs) / len(pairs) if pairs else 1.0


def harmonic(precision: float, recall: float) -> float:
    """F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def regroup(
    warehouse: Warehouse, articles: Sequence[GoldArticle], tags: Mapping[str, Tags]
) -> tuple[Agreement, Agreement]:
    """Load, group and compare: agreement on stories, and on the events of the mentions that were coded."""
    load_into(warehouse, articles, tags)
    group_all(warehouse, "gold")
    stories = agreement(grouped_stories(warehouse), {a.article_id: a.story for a in articles})
    events = grouped_events(warehouse, articles)
    return stories, agreement(events, {key: key[1] for key in events})
