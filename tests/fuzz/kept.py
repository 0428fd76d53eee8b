"""Inputs that once broke a reader, as small as they still did it: each has the name of its trouble."""

from __future__ import annotations

from collections.abc import Callable

KEPT: dict[str, tuple[str, Callable[[], bytes]]] = {
    # hung: each comment was looked for to the end
    "unclosed comments in a DOCTYPE": ("feeds", lambda: b"<!DOCTYPE x [" + b"<!--" * 60_000 + b"<rss/>"),
    "unclosed instructions in a DOCTYPE": ("sitemaps", lambda: b"<!DOCTYPE x [" + b"<?" * 120_000 + b"<urlset/>"),
    # hung: a name was looked for at each of its letters
    "an attribute that is all name": (
        "feeds",
        lambda: b'<rss version="2.0"><channel><item a="1" ' + b"x" * 500_000 + b"><title>a</title></item>",
    ),
    # 4 s: all attributes were gone through for each that is wanted
    "an element of 20,000 attributes": (
        "agencies",
        lambda: (
            b'<newsItem guid="a"' + b"".join(b' a%d="1"' % n for n in range(20_000)) + b"><itemMeta><itemClass/>"
            b"<pubStatus/><versionCreated/></itemMeta></newsItem>"
        ),
    ),
    # 8 s: each level that was taken out moved all that was below it
    "12,000 unclosed marks": (
        "pages",
        lambda: (
            b"<html><body><article><p>The quay stayed closed on Friday.</p>" + b"<b><i>" * 6_000 + b"<p>It is open.</p>"
        ),
    ),
    # UnicodeError: this codec knows no "replace"
    "a codec for names of hosts": ("pages", lambda: b"<meta charset=idna\xeb"),
    "a codec that is slow": ("pages", lambda: b"<meta charset=punycode>\xeb" + b"-a9" * 100_000),
    # ValueError: the resolver takes no NUL
    "a NUL in a host": ("addresses", lambda: b"http://\0.168.0.1/"),
    "a NUL in the host of an outline": (
        "opml",
        lambda: b'<opml version="2.0"><body><outline type="rss" xmlUrl="http://&#0;.1/"/></body></opml>',
    ),
    # ValueError: Python converts no more than 4,300 digits
    "a number of 5,000 digits among actors": ("actors_toml", lambda: b"[[actor]]\nsince = " + b"9" * 5_000),
    "a number of 5,000 digits among feeds": ("feeds_toml", lambda: b"[[feed]]\ninterval = " + b"9" * 5_000),
    "a number of 5,000 digits among rules": ("rules_toml", lambda: b"[[trigger]]\nid = " + b"9" * 5_000),
    "a number of 5,000 digits among labels": ("labels_toml", lambda: b"[mine]\ncovers = " + b"9" * 5_000),
    # RecursionError
    "brackets in brackets": ("actors_toml", lambda: b"a = " + b"[" * 5_000),
    # hung: tomllib's time grows with the square of a name's parts
    "a name of 60,000 parts": ("feeds_toml", lambda: b'[[feed]]\nid = "a"\n' + b"a." * 60_000 + b"b = 1\n"),
    # AttributeError, TypeError: only the entries' fields were checked, and lists not for what is in them
    "actors that are no list": ("actors_toml", lambda: b"actor = 5"),
    "actors that are no tables": ("actors_toml", lambda: b"actor = [5]"),
    "an alias that is a number": (
        "actors_toml",
        lambda: b'[[actor]]\nid = "a"\nname = "A"\nsource = "b"\naliases = [5]',
    ),
    "a label that is a list": ("labels_toml", lambda: b'[mine]\ncovers = [["PERSON"]]\n[mine.labels]\nPER = "PERSON"'),
    # AssertionError of html.parser: a declaration needs a name
    "a marked section without a name": ("archive_html", lambda: b"<html><head><![>\n<title>x</title>"),
    # UnicodeEncodeError where they were stored
    "half a character in a line's address": (
        "archive_lines",
        lambda: b'{"url": "https://e.example/\\ud800", "text": "A storm hit."}',
    ),
    "half a character in a line's title": (
        "archive_lines",
        lambda: b'{"url": "https://e.example/a", "title": "x \\ud800 y", "text": "A storm hit."}',
    ),
    "half a character in a sidecar": (
        "archive_html",
        lambda: b'{"url": "https://e.example/\\ud800", "title": "\\udfff"}',
    ),
}
