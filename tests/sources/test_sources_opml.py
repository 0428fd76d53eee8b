"""OPML: what is read of lists in any state, what is told of the rest, and what other programs get."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.records import Feed
from pipeline.sources import OpmlFeed, OpmlList, add_feeds, feed_id_from, load_feeds, read_opml, write_opml
from pipeline.sources.opml import MOST_PROBLEMS

LIST = """\
<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head><title>The desk's list</title></head>
  <body>
    <outline text="Agencies">
      <outline text="Asia">
        <outline type="rss" text="Harbour News" title="Other" xmlUrl="https://harbour.example/rss?a=1&amp;b=2"
                 htmlUrl="https://harbour.example/" language="en-us"/>
      </outline>
      <outline type="rss" text="Ridge &quot;Wire&quot;" xmlUrl="https://ridge.example/atom" language="unknown"/>
    </outline>
    <!-- <outline type="rss" text="old" xmlUrl="https://old.example/rss"/> -->
    <outline type="rss" text="Marsh" xmlUrl="https://marsh.example/rss" description="Weekly" category="/Water,/South"/>
    <outline type="rss" xmlUrl="https://plain.example/rss" category="/Water/Rivers"/>
  </body>
</opml>
"""


def around(outlines: str) -> bytes:
    """The outlines as lines 3 and following of a list that has one good feed at its end."""
    return (
        f'<opml version="2.0">\n<body>\n{outlines}\n<outline xmlUrl="https://last.example/"/>\n</body></opml>'.encode()
    )


def read(outlines: str) -> OpmlList:
    """What is read before the last feed, which must be found whatever stands before it."""
    found = read_opml(around(outlines), "list.opml")
    assert found.feeds[-1].url == "https://last.example/"
    return OpmlList(found.feeds[:-1], found.problems)


def test_a_good_list_gives_its_feeds_with_their_folders() -> None:
    assert read_opml(LIST.encode(), "list.opml") == OpmlList(
        (
            OpmlFeed(
                url="https://harbour.example/rss?a=1&b=2", title="Harbour News", language="en", note="Agencies / Asia"
            ),
            OpmlFeed(url="https://ridge.example/atom", title='Ridge "Wire"', note="Agencies"),
            OpmlFeed(url="https://marsh.example/rss", title="Marsh", note="Weekly"),
            OpmlFeed(url="https://plain.example/rss", note="Water/Rivers"),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("outline", "url", "title"),
    [
        ('<outline xmlurl="https://a.example/"/>', "https://a.example/", None),
        ('<OUTLINE XMLURL="https://a.example/" TEXT="A"/>', "https://a.example/", "A"),
        ('<outline type="RSS" url="https://a.example/" title="A"/>', "https://a.example/", "A"),
        ('<o:outline xmlUrl="https://a.example/" x:text="no"/>', "https://a.example/", None),
        ('<outline xmlUrl="feed://a.example/rss"/>', "http://a.example/rss", None),
        ('<outline xmlUrl="feed:https://a.example/rss"/>', "https://a.example/rss", None),
        ('<outline xmlUrl=" https://a.example/rss\n "/>', "https://a.example/rss", None),
        ('<outline text="https://a.example/" xmlUrl="https://a.example/"/>', "https://a.example/", None),
        ('<outline text=" A\n  B " xmlUrl="https://a.example/"/>', "https://a.example/", "A B"),
        ('<outline text="" title="B" xmlUrl="https://a.example/"/>', "https://a.example/", "B"),
        ("<outline text='it&#39;s &#x41;' xmlUrl='https://a.example/'></outline>", "https://a.example/", "it's A"),
        ('<outline text="&lt;b> a > b" xmlUrl="https://a.example/"/>', "https://a.example/", "<b> a > b"),
        ('<!DOCTYPE opml [<!ELEMENT x ANY>]><outline xmlUrl="https://a.example/"/>', "https://a.example/", None),
        # Broken, and read all the same:
        (
            '<outline xmlUrl="https://a.example/?x=1&y=2&copy=3&amp;z=4"/>',
            "https://a.example/?x=1&y=2&copy=3&z=4",
            None,
        ),
        ('<outline text="A & B" xmlUrl="https://a.example/"/>', "https://a.example/", "A & B"),
        ('<outline text="A < B" xmlUrl="https://a.example/"/>', "https://a.example/", "A < B"),
        ('<outline text="A&nbsp;&eacute;" xmlUrl="https://a.example/"/>', "https://a.example/", "A é"),
        ('<outline text="A&nothing;" xmlUrl="https://a.example/"/>', "https://a.example/", "A&nothing;"),
        ("<outline text=A xmlUrl=https://a.example/ />", "https://a.example/", "A"),
        ('<outline text="A"xmlUrl="https://a.example/"/>', "https://a.example/", "A"),
        ('<outline text="A" checked xmlUrl="https://a.example/"/>', "https://a.example/", "A"),
        ('<outline text="A" text="B" xmlUrl="https://a.example/"/>', "https://a.example/", "A"),
        ('<outline text="A\x03B" xmlUrl="https://a.example/"/>', "https://a.example/", "A B"),
        ('<outline text="A" xmlUrl="https://a.example/">', "https://a.example/", "A"),
        ('</outline><outline xmlUrl="https://a.example/"/>', "https://a.example/", None),
        ('<outline text="A" xmlUrl="https://a.example/"', "https://a.example/", "A"),
    ],
)
def test_an_outline_is_read_however_it_is_written(outline: str, url: str, title: str | None) -> None:
    assert [(feed.url, feed.title) for feed in read(outline).feeds] == [(url, title)]


@pytest.mark.parametrize(
    ("outlines", "line", "wrong"),
    [
        ('<outline text="Nothing"/>', 3, "the outline ('Nothing') has no xmlUrl"),
        ('\n<outline type="rss" text="A"></outline>', 4, "has no xmlUrl"),
        ('<outline text="A" htmlUrl="https://a.example/"/>', 3, "`dateline feeds discover https://a.example/`"),
        ('<outline xmlUrl="ftp://a.example/"/>', 3, "does not begin with http"),
        ('<outline\n xmlUrl="a.example/rss"/>', 3, "does not begin with http"),
        ('<outline xmlUrl="file:///etc"/>', 3, "does not begin with http"),
        ('<outline xmlUrl="https://me:pw@a.example/"/>', 3, "name or password"),
        ('<outline xmlUrl="https://[::1/"/>', 3, "is no address"),
        ('<outline xmlUrl="http://192.168.1.7/rss"/>', 3, "is not on the open internet; add it with"),
        ('<outline type="include" text="B" url="https://a.example/b.opml"/>', 3, "import what it names: https://a.ex"),
        ('<outline type="link" url="https://a.example/"/>', 3, "an outline of type link is no feed"),
    ],
)
def test_what_is_no_feed_is_told_with_its_line(outlines: str, line: int, wrong: str) -> None:
    found = read(outlines)
    assert found.feeds == ()
    [problem] = found.problems
    assert problem.startswith(f"list.opml:{line}: ")
    assert wrong in problem


def test_a_forgotten_quote_costs_one_feed_and_is_told() -> None:
    found = read('<outline text="A" xmlUrl="https://a.example/"/>\n<outline text="B xmlUrl="https://b.example/"/>')
    assert [feed.url for feed in found.feeds] == ["https://a.example/"]
    assert [problem.split(" ", 1)[0] for problem in found.problems] == ["list.opml:4:", "list.opml:4:"]
    assert "cannot be read in full" in found.problems[-1]


@pytest.mark.parametrize(
    ("outlines", "line", "wrong"),
    [
        ('\n<outline text="A & B" xmlUrl="https://a.example/"/>', 4, "no name"),
        ('<outline text="A" xmlUrl="https://a.example/">', 5, "tag mismatch"),
        ('<!DOCTYPE o [\n<!ENTITY a "b">]><outline xmlUrl="https://a.example/?&a;"/>', 4, "defines entities"),
    ],
)
def test_a_file_that_is_not_well_formed_is_told_where_that_begins(outlines: str, line: int, wrong: str) -> None:
    found = read(outlines)
    assert len(found.feeds) == 1
    [problem] = found.problems
    assert problem.startswith(f"list.opml:{line}: ")
    assert wrong in problem


def test_a_feed_in_two_folders_is_one() -> None:
    found = read(
        '<outline text="X"><outline xmlUrl="https://a.example/"/></outline>'
        '<outline text="Y"><outline text="A" xmlUrl="https://a.example/" language="fr"/></outline>'
    )
    assert found == OpmlList((OpmlFeed(url="https://a.example/", title="A", language="fr", note="X; Y"),), ())


def test_a_feed_below_a_feed_does_not_lie_in_a_folder() -> None:
    found = read('<outline text="A" xmlUrl="https://a.example/">\n<outline text="B" xmlUrl="https://b.example/"/>')
    assert [feed.note for feed in found.feeds] == [None, None]


def test_a_list_without_opml_around_it_is_read() -> None:
    found = read_opml(b'<outline xmlUrl="https://a.example/"/>\n<outline xmlUrl="https://b.example/"/>', "list.opml")
    assert [feed.url for feed in found.feeds] == ["https://a.example/", "https://b.example/"]


@pytest.mark.parametrize("cut", range(300, len(LIST), 7))
def test_of_a_file_that_is_cut_off_nothing_that_it_has_is_lost(cut: int) -> None:
    urls = [feed.url for feed in read_opml(LIST[:cut].encode(), "list.opml").feeds]
    whole = [feed.url for feed in read_opml(LIST.encode(), "list.opml").feeds]
    assert urls == [url for url in whole if f'{url.replace("&", "&amp;")}"' in LIST[:cut]]


@pytest.mark.parametrize(
    ("data", "title"),
    [
        ('<?xml version="1.0" encoding="windows-1251"?><outline text="Лента" xmlUrl="https://a.example/"/>', "cp1251"),
        ('<?xml version="1.0" encoding="utf-16"?><outline text="Лента" xmlUrl="https://a.example/"/>', "utf-16"),
        ('<outline text="Лента" xmlUrl="https://a.example/"/>', "utf-16-be"),
        ('\ufeff<outline text="Лента" xmlUrl="https://a.example/"/>', "utf-8"),
        # It says one thing and is another:
        ('<?xml version="1.0" encoding="utf-16"?><outline text="Лента" xmlUrl="https://a.example/"/>', "utf-8"),
        ('<?xml version="1.0" encoding="koi8-r"?><outline text="Лента" xmlUrl="https://a.example/"/>', "utf-8"),
    ],
)
def test_the_encoding_is_found(data: str, title: str) -> None:
    found = read_opml(data.encode(title), "list.opml")
    assert found == OpmlList((OpmlFeed(url="https://a.example/", title="Лента"),), ())


@pytest.mark.parametrize("declared", ["klingon", "punycode", "zlib_codec", "utf-8"])
def test_bytes_that_fit_no_encoding_are_told_with_their_line(declared: str) -> None:
    data = f'<?xml version="1.0" encoding="{declared}"?>\n<outline text="caf\xe9" xmlUrl="https://a.example/"/>'
    found = read_opml(data.encode("latin-1"), "list.opml")
    assert [(feed.url, feed.title) for feed in found.feeds] == [("https://a.example/", "café")]
    [problem] = found.problems
    assert problem.startswith("list.opml:2: letters that are not in the file's encoding")


@pytest.mark.parametrize("data", [b"", b"{}", b"<html><body>Sign in</body></html>", bytes(range(256)), b"\xff\xfe<"])
def test_what_is_no_list_at_all_is_told(data: bytes) -> None:
    found = read_opml(data, "list.opml")
    assert found.feeds == ()
    assert any("holds no outline" in problem for problem in found.problems)


def test_of_very_many_problems_the_first_are_told_and_the_rest_counted() -> None:
    problems = read("<outline/>\n" * (MOST_PROBLEMS + 50)).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == "list.opml: 50 more problems"


def test_folders_of_any_depth_are_read() -> None:
    deep = '<outline text="f">' * 1000 + '<outline xmlUrl="https://a.example/"/>' + "</outline>" * 1000
    assert [feed.url for feed in read(deep).feeds] == ["https://a.example/"]


@pytest.mark.parametrize(
    "data",
    [
        '<outline "' * 20_000,
        "<outline a='\"" * 20_000,
        '<outline text="f">' * 20_000,
        "<!--" * 200_000,
        "<!DOCTYPE [" * 100_000,
        f"<outline {'a' * 1_000_000}/>",
        f"<outline {'a ' * 500_000}/>",
        f"<{'a.' * 500_000}",
        f'<outline text="{"&" * 500_000}"/>',
        f'<!DOCTYPE o [<!ENTITY a "{"A" * 9999}"><!ENTITY b "{"&a;" * 9999}"><!ENTITY c "{"&b;" * 9999}">]>'
        '<opml><outline text="&c;" xmlUrl="https://a.example/"/></opml>',
        '<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><outline text="&a;" xmlUrl="https://a.example/"/>',
    ],
    ids=lambda data: data[:12],
)
def test_hostile_files_are_read_in_little_time(data: str) -> None:
    start = time.process_time()
    found = read_opml(data.encode(), "list.opml")
    assert time.process_time() - start < 5  # each takes under half a second; what is quadratic takes minutes
    assert all(feed.title in (None, "&c;", "&a;") for feed in found.feeds)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: around(text)))
def test_anything_is_read(data: bytes) -> None:
    found = read_opml(data, "list.opml")
    assert all(problem.startswith("list.opml:") for problem in found.problems)


texts = st.text(st.characters(exclude_categories=("C",)), max_size=20)
urls = st.builds("https://{}.example/{}".format, st.from_regex(r"[a-z]{1,9}", fullmatch=True), st.from_regex(
    r"[a-z0-9/?&=%;#+~'<>\"-]{0,20}", fullmatch=True))  # fmt: skip


@given(st.lists(st.tuples(urls, texts, st.sampled_from([None, "de", "fa"]), texts), unique_by=lambda row: row[0]))
def test_what_is_written_is_read_again(rows: list[tuple[str, str, str | None, str]]) -> None:
    feeds = [
        Feed(
            feed_id=f"f{number}",
            url=url,
            title=" ".join(title.split()) or None,
            language=language,
            note=" ".join(note.split()) or None,
        )
        for number, (url, title, language, note) in enumerate(rows)
    ]
    written = write_opml(feeds, title="Ours")
    expected = tuple(OpmlFeed(url=f.url, title=f.title, language=f.language, note=f.note) for f in feeds)
    assert read_opml(written, "list.opml").feeds == expected
    assert read_opml(written.decode().encode("utf-16"), "list.opml").feeds == expected


@given(st.lists(texts, max_size=5))
def test_a_good_file_is_read_as_an_xml_parser_reads_it(titles: list[str]) -> None:
    feeds = [Feed(feed_id=f"f{n}", url=f"https://a.example/{n}", title=title) for n, title in enumerate(titles)]
    written = write_opml(feeds, title="Ours")
    tree = [(node.get("xmlUrl"), node.get("text")) for node in etree.fromstring(written).iter("outline")]
    assert [(feed.url, feed.title or feed.url) for feed in read_opml(written, "x").feeds] == tree


def test_other_programs_get_a_valid_list_with_the_agency_as_category() -> None:
    feed = Feed(feed_id="a", url="https://a.example/?x=1&y", title="A\x00B", agency="AB, C/D", note="n", language="en")
    root = etree.fromstring(write_opml([feed, Feed(feed_id="b", url="https://b.example/")], title="Ours\x07"))
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Ours")
    first, second = [dict(node.attrib) for node in root.iterfind("body/outline")]
    assert first == {
        "type": "rss",
        "text": "A B",
        "title": "A B",
        "xmlUrl": "https://a.example/?x=1&y",
        "language": "en",
        "description": "n",
        "category": "AB C D",
    }
    assert second == {"type": "rss", "text": "https://b.example/", "xmlUrl": "https://b.example/"}


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_every_feed_that_a_list_gives_may_be_listed(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    outlines = "".join(
        f'<outline text="{word}" language="{word}" description="{word}" xmlUrl="http://{word}"/>' for word in words
    )
    found = read_opml(around(outlines), "list.opml").feeds
    taken: set[str] = set()
    feeds = []
    for feed in found:
        feed_id = feed_id_from(feed.url, taken)
        taken.add(feed_id)
        feeds.append(Feed(feed_id=feed_id, url=feed.url, title=feed.title, language=feed.language, note=feed.note))
    path: Path = tmp_path_factory.mktemp("home") / "feeds.toml"
    path.write_text("")
    add_feeds(path, feeds)
    assert load_feeds(path) == tuple(feeds)
