"""The demo wire holds what it promises: to the newcomer who runs it, and to the tests that measure against its gold."""

from __future__ import annotations

import gzip
import http.client
import itertools
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from pipeline.demo import DemoWire, GoldArticle, Story, gold, load_stories
from pipeline.demo.houses import channels

GOLD = gold()
STORIES = {story.story_id: story for story in load_stories()}
SHOWN = [story for story in STORIES.values() if story.kind == "story"]
PLAIN = {"Accept-Encoding": "identity"}
TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def named(story: Story) -> str:
    return story.story_id


@pytest.fixture(scope="module")
def wire() -> Iterator[DemoWire]:
    with DemoWire() as running:
        yield running


def ask(
    wire: DemoWire, path: str, headers: dict[str, str] | None = None, method: str = "GET", timeout: float = 5
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection(urlsplit(wire.base_url).netloc, timeout=timeout)
    try:
        connection.request(method, path, headers=headers or PLAIN)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def feed_body(wire: DemoWire, feed_id: str) -> bytes:
    path = next(channel.path for channel in channels() if channel.feed_id == feed_id)
    status, _, body = ask(wire, path)
    assert status == 200
    return body


def links(wire: DemoWire, body: bytes) -> set[str]:
    """Paths of all stories that a feed document names."""
    text = unescape(body.decode())
    return {s.path for s in STORIES.values() if re.search(re.escape(wire.base_url + s.path) + r'(?=["<])', text)}


def test_feeds_are_ready_for_a_feed_list(wire: DemoWire) -> None:
    assert len({feed.feed_id for feed in wire.feeds}) == len({feed.url for feed in wire.feeds}) == 6
    assert all(feed.allow_private and feed.interval_seconds >= 900 for feed in wire.feeds)
    assert all(feed.url.startswith(wire.base_url) for feed in wire.feeds)
    assert [feed.feed_id for feed in wire.feeds if feed.full_text] == ["tribune-full"]


@pytest.mark.parametrize("feed_id", GOLD.entries)
def test_a_feed_lists_as_many_stories_as_the_gold_says(wire: DemoWire, feed_id: str) -> None:
    found = links(wire, feed_body(wire, feed_id))
    assert len(found) == GOLD.entries[feed_id]
    assert found == {s.path for s in STORIES.values() if feed_id in s.feeds}


@pytest.mark.parametrize(
    ("feed_id", "root", "item"),
    [
        ("meridian-world", "rss", "item"),
        ("meridian-desk", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF", "{http://purl.org/rss/1.0/}item"),
        ("courier-world", "{http://www.w3.org/2005/Atom}feed", "{http://www.w3.org/2005/Atom}entry"),
    ],
)
def test_xml_feeds_are_well_formed(wire: DemoWire, feed_id: str, root: str, item: str) -> None:
    tree = ElementTree.fromstring(feed_body(wire, feed_id))
    assert tree.tag == root
    assert len(list(tree.iter(item))) == GOLD.entries[feed_id]


def test_the_json_feed_carries_whole_articles(wire: DemoWire) -> None:
    feed = json.loads(feed_body(wire, "tribune-full"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    for item in feed["items"]:
        story = next(s for s in SHOWN if item["url"].endswith(s.path))
        assert all(line in unescape(item["content_html"]) for line in story.printed)


def test_the_broken_feed_is_broken_and_the_non_feed_a_page(wire: DemoWire) -> None:
    broken = feed_body(wire, "gazette-news")
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(broken)
    assert b" & " in broken
    assert broken.count(b"</item>") == broken.count(b"<item>") - 1
    assert feed_body(wire, "register-old").startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("story", SHOWN, ids=named)
def test_a_page_holds_its_story_and_says_what_it_is(wire: DemoWire, story: Story) -> None:
    status, headers, body = ask(wire, story.path)
    page = body.decode()
    shown = unescape(page)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert all(line in shown for line in story.printed)
    assert f'lang="{story.language}"' in page
    assert f'<link rel="canonical" href="{wire.base_url}{story.path}"' in page
    assert '<meta property="og:title"' in page
    head = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    found = json.loads(head)
    article = found[0] if isinstance(found, list) else found
    assert article["datePublished"] == story.published.isoformat()
    assert [author["name"] for author in article["author"]] == list(story.byline)
    assert "$" not in re.sub(r"\$\d", "", page)


def test_broken_pages_are_broken_as_the_gold_says(wire: DemoWire) -> None:
    kinds = {failure.reason: failure.path for failure in GOLD.failures}
    assert ask(wire, kinds["http_404"])[0] == 404
    assert ask(wire, kinds["image"])[2].startswith(b"\x89PNG")
    cut = ask(wire, kinds["no_text"])[2]
    assert cut.startswith(b"<!DOCTYPE html")
    assert b"<body" not in cut


@pytest.mark.parametrize("path", ["/meridian/feeds/world.xml", SHOWN[0].path])
def test_what_has_not_changed_is_not_sent_again(wire: DemoWire, path: str) -> None:
    _, headers, _ = ask(wire, path)
    for asked in ({"If-None-Match": headers["ETag"]}, {"If-Modified-Since": headers["Last-Modified"]}):
        status, again, body = ask(wire, path, asked)
        assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
    assert ask(wire, path, {"If-None-Match": '"old"', "If-Modified-Since": headers["Last-Modified"]})[0] == 200
    assert ask(wire, path, {"If-Modified-Since": "Mon, 01 Jun 2026 00:00:00 GMT"})[0] == 200
    assert ask(wire, path, {"If-Modified-Since": "yesterday"})[0] == 200


def test_answers_are_compressed_for_those_who_accept_it(wire: DemoWire) -> None:
    plain = ask(wire, SHOWN[0].path)[2]
    _, headers, body = ask(wire, SHOWN[0].path, {"Accept-Encoding": "br, gzip"})
    assert (headers["Content-Encoding"], gzip.decompress(body)) == ("gzip", plain)


def test_head_sends_no_body_and_unknown_paths_are_404(wire: DemoWire) -> None:
    status, headers, body = ask(wire, SHOWN[0].path, method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000
    assert ask(wire, "/nowhere")[0] == 404


def test_requests_are_counted_by_path() -> None:
    with DemoWire() as own:
        for path in (SHOWN[0].path, SHOWN[0].path + "?utm_source=rss", "/nowhere"):
            ask(own, path)
        assert own.requests == {SHOWN[0].path: 2, "/nowhere": 1}


def test_a_connection_is_kept_and_ends_with_the_wire() -> None:
    with DemoWire() as own:
        connection = http.client.HTTPConnection(urlsplit(own.base_url).netloc, timeout=5)
        for _ in range(2):
            connection.request("GET", SHOWN[0].path)
            answer = connection.getresponse()
            answer.read()
            assert not answer.will_close
    assert connection.sock.recv(1) == b""
    connection.close()


def test_paths_can_be_made_slow_or_fail_and_closing_does_not_wait_for_them() -> None:
    slow, failing = SHOWN[0].path, SHOWN[1].path
    start = time.monotonic()
    with DemoWire(slow_paths={slow: 60}, fail_paths={failing: 503}) as own:
        assert ask(own, failing)[0] == 503
        with pytest.raises(TimeoutError):
            ask(own, slow, timeout=0.2)
    assert time.monotonic() - start < 5


def test_a_wire_can_serve_other_stories() -> None:
    story = replace(SHOWN[0], feeds=("meridian-world",))
    with DemoWire([story]) as own:
        assert links(own, feed_body(own, "meridian-world")) == {story.path}
        assert ask(own, SHOWN[1].path)[0] == 404


def test_two_wires_say_the_same_but_for_their_address() -> None:
    with DemoWire() as one, DemoWire() as two:
        for path, document in one.documents.items():
            other = two.documents[path].body.replace(two.base_url.encode(), one.base_url.encode())
            assert other == document.body


def test_stories_share_no_paragraph_unless_they_are_the_same_news() -> None:
    same = [group.story_ids for group in GOLD.groups]
    for one, two in itertools.combinations(SHOWN, 2):
        if not any({one.story_id, two.story_id} <= group for group in same):
            assert not set(one.paragraphs) & set(two.paragraphs), (one.story_id, two.story_id)


def test_groups_name_stories_and_copies_are_in_one() -> None:
    for group in GOLD.groups:
        assert group.story_ids <= STORIES.keys()
    copies = [group.story_ids for group in GOLD.groups if group.kind == "copies"]
    for story in SHOWN:
        if story.copy_of:
            assert any({story.story_id, story.copy_of} <= group for group in copies)


def test_every_story_is_loaded_or_fails_and_one_page_is_in_two_feeds() -> None:
    paths = [article.path for article in GOLD.articles] + [failure.path for failure in GOLD.failures]
    assert len(paths) == len(set(paths))
    assert {story.path for story in STORIES.values()} <= set(paths)
    assert len(GOLD.articles) == len(SHOWN) == 37
    assert sum(GOLD.entries.values()) == len(STORIES) + 1


@pytest.mark.parametrize("article", GOLD.articles, ids=lambda a: a.story_id)
def test_gold_can_be_read_in_the_story(article: GoldArticle) -> None:
    story = STORIES[article.story_id]
    text = " ".join(story.paragraphs).lower()
    for event in article.events:
        assert event.type in TYPES
        assert text.count(event.says.lower()) == 1
        for words in (event.actor, event.recipient, event.place):
            assert words is None or words.lower() in text
    assert not any(phrase.lower() in text for phrase in article.absent if phrase != "`")
    assert "`" in article.absent or "`" not in text
    assert article.place is None or article.place.lower() in (story.dateline or "").lower()


def test_each_event_of_the_gold_file_is_in_an_article() -> None:
    english = [a for a in GOLD.articles if a.language == "en"]
    assert all(article.events or article.quiet for article in english)
    assert {event.type for article in english for event in article.events} == TYPES
    assert sum(article.quiet for article in english) == 6
