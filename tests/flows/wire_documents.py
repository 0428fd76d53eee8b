"""Made-up feed documents of every dialect, and the times that the scenarios play at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

START = datetime(2026, 11, 20, 6, tzinfo=UTC)  # of round 0, a Friday
APART = timedelta(hours=13)  # two rounds are within the day after which a full document is asked for, three are not

PARAGRAPH = (
    "<p>The regional council said that repairs to the bridge would begin once the water had gone down, and that "
    "buses would take the road through the hills until then. Engineers had looked at the piers on two days and had "
    "found cracks in one of them. A ferry carries people on foot, and traders from the eastern bank have asked for a "
    "second one before the market opens again in the first week of the month.</p>"
)
FULL_TEXT = PARAGRAPH * 4
CUT_TEXT = PARAGRAPH + "<p>The mayor, who had asked for the money twice, told reporters [&#8230;]</p>"


def at(round_: float) -> datetime:
    """The time of a round, UTC."""
    return START + APART * round_


def http(time: datetime) -> str:
    """A time as headers and RSS write it."""
    return format_datetime(time, usegmt=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry as a made-up feed shows it. `hours_ago`: publication, before `START`; None: it has no date."""

    title: str = "Bridge closed after flood"
    link: str | None = "/bridge"
    guid: str | None = None
    hours_ago: float | None = 30.7
    date: str | None = None  # as written, instead of `hours_ago`
    updated: str | None = None
    summary: str | None = None
    content: str | None = None

    @property
    def published(self) -> datetime | None:
        """When it was published, UTC."""
        return None if self.hours_ago is None else START - timedelta(hours=self.hours_ago)


BRIDGE = Item(guid="item-1")
FERRY = Item(guid="item-2", title="Ferry starts on Monday", link="/ferry", hours_ago=10.7)
MARKET = Item(guid="item-3", title="Market moves uphill", link="/market", hours_ago=2.7)
DAM = Item(guid="item-4", title="Dam opens its gates", link="/dam", hours_ago=-4.3)
DAWN = Item(guid="item-5", title="Water falls at dawn", link="/dawn", hours_ago=-20.3)


def rss(*items: Item, head: str = "", declaration: str = "") -> bytes:
    """RSS 2.0. `head`: more of the channel; `declaration`: what stands before."""
    text = "".join(_rss_item(item) for item in items)
    return (
        f'{declaration}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>Valley Wire</title><link>/</link>{head}{text}</channel></rss>"
    ).encode()


def _rss_item(item: Item) -> str:
    date = item.date if item.date is not None else http(item.published) if item.published else None
    parts = {
        "title": escape(item.title, quote=False),
        "link": item.link and escape(item.link),
        "guid": item.guid,
        "pubDate": date,
        "atom:updated": item.updated,
        "description": item.summary,
        "content:encoded": f"<![CDATA[{item.content}]]>" if item.content else None,
    }
    written = "".join(_element(name, value) for name, value in parts.items())
    return "<item>" + written.replace("<guid>", '<guid isPermaLink="false">') + "</item>"


def atom(*items: Item) -> bytes:
    """Atom 1.0."""
    text = "".join(
        f"<entry><title>{escape(i.title)}</title><id>{i.guid}</id><link href='{escape(i.link or '')}'/>"
        f"<published>{i.published.isoformat() if i.published else ''}</published>"
        f"{_element('updated', i.updated)}</entry>"
        for i in items
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley Wire</title>{text}</feed>'.encode()


def json_feed(*items: Item) -> bytes:
    """JSON Feed 1.1."""
    found = [
        {
            "id": i.guid,
            "url": i.link,
            "title": i.title,
            "content_text": "Water rose.",
            "date_published": i.published.isoformat() if i.published else None,
        }
        for i in items
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Valley Wire", "items": found}
    return json.dumps(feed).encode()


def news_sitemap(host: str, *items: Item) -> bytes:
    """A sitemap with Google's news extension."""
    text = "".join(
        f"<url><loc>http://{host}{i.link}</loc><news:news><news:publication><news:name>Valley Wire</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>"
        f"{i.published.isoformat() if i.published else ''}</news:publication_date>"
        f"<news:title>{escape(i.title)}</news:title></news:news></url>"
        for i in items
    )
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{text}</urlset>'
    ).encode()


def many(count: int, *, spread_hours: float = 48.0, first_hours_ago: float = 0.3) -> Sequence[Item]:
    """So many items, published evenly over some time."""
    return [
        Item(
            guid=f"note-{n}",
            title=f"Note {n} from the valley",
            link=f"/note/{n}",
            hours_ago=first_hours_ago + n * spread_hours / count,
        )
        for n in range(count)
    ]


def _element(name: str, value: str | None) -> str:
    return f"<{name}>{value}</{name}>" if value is not None else ""
