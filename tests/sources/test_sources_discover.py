"""Discovery: what pages and robots.txt say of feeds, and where to look otherwise."""

from __future__ import annotations

import time

import pytest

from pipeline.sources import FeedLink, common_paths, feed_links, sitemap_links

PAGE = "https://news.example/world/asia.html"


def links(markup: str) -> list[tuple[str, str]]:
    return [(link.url, link.kind) for link in feed_links(markup, PAGE)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            '<link rel="alternate" type="application/rss+xml" href="/rss">',
            ("https://news.example/rss", "rss"),
        ),
        (
            "<LINK REL='Alternate Feed' TYPE='Application/Atom+XML; charset=utf-8' HREF='atom.xml'>",
            ("https://news.example/world/atom.xml", "atom"),
        ),
        ('<link rel="alternate" type="application/feed+json" href="?f=json">', (f"{PAGE}?f=json", "json")),
        ('<link rel="feed" href="//feeds.example/a?x=1&amp;y=2#top">', ("https://feeds.example/a?x=1&y=2", "link")),
        (
            '<base href="https://cdn.example/x/"><link rel="alternate" type="application/rss+xml" href="y">',
            ("https://cdn.example/x/y", "rss"),
        ),
        ('<body><p><a href="/feeds/all">All our feeds</a></p>', ("https://news.example/feeds/all", "link")),
        ('<a href="/out?id=7">RSS</a>', ("https://news.example/out?id=7", "link")),
    ],
)
def test_a_feed_is_found_however_it_is_named(markup: str, expected: tuple[str, str]) -> None:
    assert links(f"<html><head>{markup}</head></html>") == [expected]


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="alternate" hreflang="fr" href="/fr">',
        '<link rel="stylesheet" type="text/css" href="/feed.css">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="http://[::1">',
        '<a href="/about">About us</a>',
        '<a href="/feedback">Write to us</a>',
        "",
    ],
)
def test_other_links_are_no_feeds(markup: str) -> None:
    assert links(markup) == []


def test_declared_feeds_come_first_comments_last_and_each_once() -> None:
    markup = (
        '<a href="/sport.rss">Sport</a>'
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" title=" All  news " href="/feed/">'
        '<a href="/feed/">RSS</a>'
    )
    assert feed_links(markup, PAGE) == (
        FeedLink("https://news.example/feed/", "All news", "rss"),
        FeedLink("https://news.example/sport.rss", "Sport", "link"),
        FeedLink("https://news.example/comments/feed/", "Comments", "rss"),
    )


@pytest.mark.parametrize("page", [b"\0\xff\xfe", b"<" * 1_000_000, b"<a href=" * 100_000, b"<div>" * 200_000])
def test_hostile_pages_cost_little(page: bytes) -> None:
    started = time.process_time()
    feed_links(page, PAGE)
    assert time.process_time() - started < 10


def test_only_news_sitemaps_count() -> None:
    robots = "User-agent: *\nSitemap: https://n.example/sitemap.xml\n sitemap:https://n.example/news-sitemap.xml\n"
    assert sitemap_links(robots) == ("https://n.example/news-sitemap.xml",)


@pytest.mark.parametrize(
    ("url", "first", "root"),
    [
        ("https://n.example", "https://n.example/feed", "https://n.example/feed"),
        ("https://n.example/blog/", "https://n.example/blog/feed", "https://n.example/feed"),
        ("https://n.example/blog?page=2", "https://n.example/blog/feed", "https://n.example/feed"),
    ],
)
def test_common_paths_begin_in_the_pages_own_folder(url: str, first: str, root: str) -> None:
    paths = common_paths(url)
    assert paths[0] == first
    assert root in paths
    assert len(paths) == len(set(paths))
