"""Where feeds are looked for: what a page and its robots.txt name, and where feeds usually lie."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import FeedLink, common_paths, feed_links, sitemap_links
from pipeline.sources.discover import MOST_GUESSES, MOST_LINKS

PAGE_URL = "https://news.example/world/index.html"
FEED = '<link rel="alternate" type="application/rss+xml" href="/rss" title="All">'


def urls(html: bytes | str) -> list[str]:
    return [link.url for link in feed_links(html, PAGE_URL)]


@pytest.mark.parametrize(
    ("html", "url", "title", "kind"),
    [
        (FEED, "https://news.example/rss", "All", "rss"),
        ('<LINK REL="Alternate" TYPE="Application/Atom+XML; charset=utf-8" HREF=f>', "/world/f", None, "atom"),
        ('<link rel="home alternate" type="application/feed+json" href="/f">', "/f", None, "jsonfeed"),
        ('<link rel="alternate" type="application/json" href="/feed.json">', "/feed.json", None, "jsonfeed"),
        ('<link rel="alternate" type="application/rdf+xml" href="/f">', "/f", None, "rss"),
        ('<link rel="alternate" type="text/xml" href="/atom/world">', "/atom/world", None, "unknown"),
        ('<link rel="feed" href="/f">', "/f", None, "unknown"),
        ('<a rel="alternate" type="application/rss+xml" href="/f">here</a>', "/f", None, "rss"),
        ('<link rel="alternate" type="text/rss" href="?a=1&amp;b=2">', "/world/index.html?a=1&b=2", None, "rss"),
        ('<link rel="alternate" type="text/rss" href=" /a\n b#top ">', "/a%20b", None, "rss"),
        ('<link rel="alternate" type="text/rss" href="//cdn.example/f">', "https://cdn.example/f", None, "rss"),
        ('<link rel="alternate" type="text/rss" href="feed://cdn.example/f">', "http://cdn.example/f", None, "rss"),
        ('<base href="/sub/"><base href="/no/"><link rel="alternate" type="text/rss" href="f">', "/sub/f", None, "rss"),
        ('<base href="javascript:0"><link rel="alternate" type="text/rss" href="f">', "/world/f", None, "rss"),
        (f"<body><div><p>{FEED}</div>", "/rss", "All", "rss"),
        ('<a href="/world/rss/"> World  news </a>', "/world/rss/", "World news", "rss"),
        ('<a href="/x/all.xml">x</a>', "/x/all.xml", "x", "unknown"),
        ('<a href="/?feed=rss2">x</a>', "/?feed=rss2", "x", "unknown"),
        ('<a href="/x?format=xml">x</a>', "/x?format=xml", "x", "unknown"),
        ('<a href="https://feeds.news.example/top">x</a>', "https://feeds.news.example/top", "x", "unknown"),
        ('<a href="/x.rdf"></a>', "/x.rdf", None, "rss"),
        ('<a href="/subscribe">RSS feed</a>', "/subscribe", "RSS feed", "unknown"),
        ('<a href="/subscribe"><img src="i.png" alt="RSS"></a>', "/subscribe", "RSS", "unknown"),
        ('<a href="/subscribe" aria-label="Atom"><svg/></a>', "/subscribe", None, "unknown"),
        ('<a href="feed:https://news.example/top">x</a>', "/top", "x", "unknown"),
    ],
)  # fmt: skip
def test_a_feed_is_found_where_a_page_names_it(html: str, url: str, title: str | None, kind: str) -> None:
    whole = url if url.startswith("http") else f"https://news.example{url}"
    assert [(link.url, link.title, link.kind) for link in feed_links(html, PAGE_URL)] == [(whole, title, kind)]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "no tag",
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="alternate stylesheet" type="text/css" href="/rss.css">',
        '<link rel="alternate" type="application/json+oembed" href="/wp-json/oembed/1.0/embed">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">',
        '<link rel="stylesheet" type="application/rss+xml" href="/rss">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:rss()">',
        '<link rel="alternate" type="application/rss+xml" href="http://[bad/rss">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/rss.xml">',
        '<a href="/feedback">Feedback</a><a href="/atomkraft">x</a><a href="/brass">x</a>',
        '<a href="mailto:rss@news.example">RSS</a><a href="#rss">RSS</a><a>RSS</a>',
        '<a href="/sitemap.xml">x</a><a href="/rss.png">x</a>',
        f"<a href='/x'>{'A long story in which the RSS, an armed group, is named once in passing. '}</a>",
        f"<!-- {FEED} --><script>document.write('{FEED}')</script>",
    ],
)
def test_what_is_no_feed_is_not_named(html: str) -> None:
    assert urls(html) == []


def test_declared_feeds_come_first_then_links_then_feeds_of_comments_and_each_once() -> None:
    html = (
        '<a href="/atom.xml">Atom</a>'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/" title="Harbour » Comments Feed">'
        '<link rel="alternate" type="application/rss+xml" href="/2025/flood/feed/" title="Flood Comments Feed">'
        '<a href="/rss">again</a>' + FEED
    )
    assert feed_links(html, PAGE_URL)[0] == FeedLink(url="https://news.example/rss", title="All", kind="rss")
    assert urls(html) == [
        f"https://news.example{path}" for path in ("/rss", "/atom.xml", "/comments/feed/", "/2025/flood/feed/")
    ]


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-8-sig", None])
def test_titles_are_read_in_the_page_s_encoding(codec: str | None) -> None:
    html = FEED.replace("All", "Лента")
    [link] = feed_links(html.encode(codec) if codec else html, PAGE_URL)
    assert link.title == "Лента"
    declared = f'<meta charset="windows-1251">{html}'.encode("cp1251")
    assert feed_links(declared, PAGE_URL)[0].title == "Лента"


def test_a_page_of_very_many_links_is_cut() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/{}">'
    assert len(urls("".join(link.format(number) for number in range(200)))) == MOST_LINKS
    assert len(urls("".join(f'<a href="/{number}/rss">x</a>' for number in range(200)))) == MOST_GUESSES


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 300_000,
        '<a href="/rss">' * 100_000,
        "<b><i>" * 200_000,
        "<table><tr><td>" * 100_000,
        f"<a {'x ' * 500_000}>",
        "<" * 1_000_000,
        "<!--" * 300_000,
        "&amp" * 500_000,
        f'<a href="/rss{"a" * 1_000_000}">x</a>',
        f'<a href="{"/feed" * 200_000}">x</a>',
        FEED.replace("/rss", "/" + "-" * 500_000),
    ],
    ids=lambda html: html[:12],
)
def test_hostile_pages_are_read_in_little_time(html: str) -> None:
    start = time.process_time()
    feed_links(html, PAGE_URL)
    assert time.process_time() - start < 5  # each takes under a second


@given(st.binary(max_size=200) | st.text(max_size=200), st.text(max_size=40))
def test_anything_may_be_given_as_a_page(html: bytes | str, base_url: str) -> None:
    for link in feed_links(html, base_url):
        assert link.url.startswith("http")


@given(st.text(max_size=80))
def test_any_address_may_be_linked(href: str) -> None:
    quoted = href.replace("&", "&amp;").replace('"', "&quot;")
    for link in feed_links(f'<link rel="feed" href="{quoted}"><a href="{quoted}">RSS</a>', PAGE_URL):
        assert link.url.startswith(("http://", "https://"))
        assert not any(letter.isspace() for letter in link.url)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sitemap: https://a.example/news-sitemap.xml", ["https://a.example/news-sitemap.xml"]),
        ("\ufeffSITEMAP :https://a.example/google-news.xml # 48 h\r\nUser-agent: *", ["https://a.example/google-news.xml"]),
        ("sitemap: https://a.example/s?type=news\nsitemap: https://a.example/s?type=news", ["https://a.example/s?type=news"]),
        ("Sitemap: https://a.example/sitemap-latest.xml", ["https://a.example/sitemap-latest.xml"]),
        ("Sitemap: https://news.example/sitemap.xml", []),  # all pages of a site whose name says news
        ("Sitemap: https://a.example/newsletter-sitemap.xml", []),
        ("Sitemap: https://a.example/sitemap-news-2019-03.xml\nSitemap: https://a.example/news/archive.xml", []),
        ("Sitemap: /news.xml\n# Sitemap: https://a.example/news.xml", []),
        ("Disallow: /news", []),
        ("", []),
    ],
)  # fmt: skip
def test_news_sitemaps_are_found_in_robots_txt(text: str, found: list[str]) -> None:
    assert list(sitemap_links(text)) == found


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://a.example", None),
        ("https://a.example/", None),
        ("https://a.example/index.html", None),
        ("https://a.example/world", "https://a.example/world/feed"),
        ("https://a.example/world/?page=2#top", "https://a.example/world/feed"),
        ("https://a.example/world/index.html", "https://a.example/world/feed"),
        ("https://a.example:8443/a/b", "https://a.example:8443/a/b/feed"),
    ],
)
def test_the_page_s_own_folder_is_tried_before_the_site(url: str, own: str | None) -> None:
    paths = common_paths(url)
    assert len(set(paths)) == len(paths)
    root = url.split("example", 1)[1][:5]
    site = f"https://a.example{root if root.startswith(':') else ''}"
    assert f"{site}/news-sitemap.xml" in paths
    assert paths[0] == (own or f"{site}/feed")
    assert own is None or paths.index(own) < paths.index(f"{site}/feed")


@given(st.text(max_size=60))
def test_common_paths_of_anything_are_addresses_or_none(url: str) -> None:
    assert all(path.startswith(("http://", "https://")) for path in common_paths(url))
