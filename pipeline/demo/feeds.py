"""Feeds rendered from the stories, one function a dialect."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from pipeline.demo.houses import Channel, Dialect, sites
from pipeline.demo.stories import Story

MEDIA_TYPES: dict[Dialect, str] = {
    "rss20": "application/rss+xml; charset=utf-8",
    "rss20-broken": "text/xml; charset=utf-8",
    "rss10": "application/rdf+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "jsonfeed": "application/feed+json; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def guid(story: Story) -> str:
    """What feeds call the story, the same in each feed that lists its page."""
    return f"tag:dateline.demo,2026:{story.story_id}"


def render_feed(channel: Channel, stories: Sequence[Story], base_url: str) -> str:
    """The channel's document over those of `stories` that it lists; no time but theirs stands in it."""
    listed = [story for story in stories if channel.feed_id in story.feeds]
    return _RENDERERS[channel.dialect](channel, listed, base_url)


def latest(stories: Sequence[Story]) -> datetime | None:
    """When the newest of them last changed."""
    return max((story.updated or story.published for story in stories), default=None)


def _tag(name: str, text: str | None) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _rss20(channel: Channel, stories: Sequence[Story], base_url: str) -> str:
    head = [
        _tag("title", channel.title),
        _tag("link", f"{base_url}/{channel.site}/"),
        _tag("description", f"{channel.title}: made-up news for a demonstration"),
        _tag("language", channel.language),
        _tag("ttl", str(channel.ttl_minutes)),
        f'<atom:link href={quoteattr(base_url + channel.path)} rel="self" type="application/rss+xml"/>',
    ]
    if built := latest(stories):
        head.append(_tag("lastBuildDate", format_datetime(built, usegmt=True)))
    items = [_rss20_item(story, base_url) for story in stories]
    return (
        _XML + '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
        + "\n".join([*head, *items])
        + "\n</channel>\n</rss>\n"
    )


def _rss20_item(story: Story, base_url: str) -> str:
    fields = [
        _tag("title", story.title),
        _tag("link", base_url + story.path),
        _tag("description", f"<p>{escape(story.teaser)}</p>"),
        _tag("dc:creator", ", ".join(story.byline)),
        _tag("category", story.section),
        f'<guid isPermaLink="false">{escape(guid(story))}</guid>',
        _tag("pubDate", format_datetime(story.published, usegmt=True)),
    ]
    return "<item>\n" + "\n".join(filter(None, fields)) + "\n</item>"


def _rss20_broken(channel: Channel, stories: Sequence[Story], base_url: str) -> str:
    """RSS with two faults of hand-made feeds: a bare "&" in the titles, an item that is never closed."""
    whole = _rss20(channel, stories, base_url)
    return "".join(whole.replace("&amp;", "&").rpartition("</item>\n")[::2])


def _rss10(channel: Channel, stories: Sequence[Story], base_url: str) -> str:
    links = [base_url + story.path for story in stories]
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(link)}/>" for link in links)
    about = quoteattr(base_url + channel.path)
    head = [
        f"<channel rdf:about={about}>",
        _tag("title", channel.title),
        _tag("link", f"{base_url}/{channel.site}/"),
        _tag("description", channel.title),
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>",
        f"<items><rdf:Seq>{listed}</rdf:Seq></items>",
        "</channel>",
    ]
    items = [_rss10_item(story, link) for story, link in zip(stories, links, strict=True)]
    return (
        _XML + '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">\n'
        + "\n".join([*head, *items])
        + "\n</rdf:RDF>\n"
    )


def _rss10_item(story: Story, link: str) -> str:
    fields = [
        _tag("title", story.title),
        _tag("link", link),
        _tag("description", story.teaser),
        _tag("dc:creator", ", ".join(story.byline)),
        _tag("dc:date", story.published.isoformat(timespec="seconds")),
        _tag("dc:language", story.language),
        _tag("dc:subject", story.section),
        _tag("dc:identifier", guid(story)),
    ]
    return f"<item rdf:about={quoteattr(link)}>\n" + "\n".join(filter(None, fields)) + "\n</item>"


def _atom(channel: Channel, stories: Sequence[Story], base_url: str) -> str:
    updated = latest(stories)
    head = [
        _tag("title", channel.title),
        _tag("id", f"tag:dateline.demo,2026:{channel.feed_id}"),
        _tag("updated", _instant(updated) if updated else None),
        f'<link rel="self" type="application/atom+xml" href={quoteattr(base_url + channel.path)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(f"{base_url}/{channel.site}/")}/>',
        f"<author><name>{escape(sites()[channel.site].name)}</name></author>",
    ]
    entries = [_atom_entry(story, base_url) for story in stories]
    return (
        _XML + '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        + "\n".join([*head, *entries])
        + "\n</feed>\n"
    )  # fmt: skip


def _atom_entry(story: Story, base_url: str) -> str:
    authors = "".join(f"<author>{_tag('name', name)}</author>" for name in story.byline)
    fields = [
        f'<title type="text">{escape(story.title)}</title>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base_url + story.path)}/>',
        _tag("id", guid(story)),
        _tag("published", _instant(story.published)),
        _tag("updated", _instant(story.updated or story.published)),
        authors,
        f"<category term={quoteattr(story.section)}/>",
        f'<summary type="html">{escape(f"<p>{escape(story.teaser)}</p>")}</summary>',
    ]
    return "<entry>\n" + "\n".join(filter(None, fields)) + "\n</entry>"


def _instant(when: datetime) -> str:
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")


def _jsonfeed(channel: Channel, stories: Sequence[Story], base_url: str) -> str:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": f"{base_url}/{channel.site}/",
        "feed_url": base_url + channel.path,
        "language": channel.language,
        "items": [_json_item(story, base_url) for story in stories],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_item(story: Story, base_url: str) -> dict[str, object]:
    item: dict[str, object] = {
        "id": guid(story),
        "url": base_url + story.path,
        "title": story.title,
        "content_html": "\n".join(f"<p>{escape(line)}</p>" for line in story.printed),
        "summary": story.teaser,
        "date_published": _instant(story.published),
        "authors": [{"name": name} for name in story.byline],
        "tags": [story.section],
        "language": story.language,
    }
    return item | ({"date_modified": _instant(story.updated)} if story.updated else {})


def _html(channel: Channel, stories: Sequence[Story], base_url: str) -> str:
    """What a server answers whose feed has moved away: a page, with status 200."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><title>The Old Register has a new home</title></head>\n'
        "<body><h1>We have moved</h1>\n<p>The Old Register closed its feeds in spring. "
        f'Readers find us in <a href="{escape(base_url)}/gazette/">The Plateau Gazette</a>.</p></body></html>\n'
    )


_RENDERERS: dict[Dialect, Callable[[Channel, Sequence[Story], str], str]] = {
    "rss20": _rss20,
    "rss20-broken": _rss20_broken,
    "rss10": _rss10,
    "atom": _atom,
    "jsonfeed": _jsonfeed,
    "html": _html,
}
