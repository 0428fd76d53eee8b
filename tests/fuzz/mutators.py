"""Damage done to bytes: each mutator takes an input and a source of chance, and gives a worse input."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Mutator = Callable[[bytes, random.Random], bytes]

LARGEST = 2_000_000  # bytes; mutators in a row must not grow an input beyond what a fetch lets through
CODECS = ("koi8-r", "cp1251", "gb18030", "shift_jis", "utf-16", "utf-16-be", "utf-32", "utf-7", "cp037", "iso2022_jp")
# What has broken readers of markup, JSON, TOML, HTTP heads and dates before.
TOKENS = (
    *(b"\0", b"\x1b[31m", b"\x85", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
    *("\u202e".encode(), "\u200b".encode(), "\u2028".encode(), "\u0661".encode(), "\ufffe".encode(), "İ".encode()),
    *(b"<", b">", b"&", b'"', b"'", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"</", b"/>", b"<script>"),
    *(b"&nbsp;", b"&#0;", b"&#x110000;", b"&#99999999999;", b"&undefined;", b"</item>", b"</script>", b"<entry>"),
    *(b' xmlns:a=""', b' xml:base="http://[x/"', b"<base href='http://['>", b"http://[::1", b"//", b"javascript:"),
    *(b"{", b"[", b"}", b"]", b",", b":", b"null", b"true", b"[]", b"{}", b'""', b"NaN", b"\\ud800", b"\\u0000", b"\\"),
    *(b"'''", b'"""', b"[[", b"]]", b"=", b"#", b"\r", b"\n\n", b"\t", b"  "),
    *(b"-1", b"0", b"1e999", b"-0.0", b"0x7fffffffffffffff", b"9" * 30, b"9" * 5000, b"1_000", "²".encode(), b"+"),
    *(b"0000-00-00", b"9999-12-31T23:59:60Z", b"2025-02-30", b"29 February 2023", b"+99:99", b"1 January 0001"),
    *(b"Content-Length: 99999999999\r\n", b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n\r\n"),
)
OPENERS = (
    *(
        b"<div>",
        b"<table><tr><td>",
        b"<a>",
        b"<b><i>",
        b"<item>",
        b"<outline text='a'>",
        b"<p",
        b"<svg>",
        b"<template>",
    ),
    *(b"[", b'{"a":', b"a = [", b"a = {b = ", b"((", b"a.", b"<!--", b"&#", b"<![CDATA[", b"<!DOCTYPE a ["),
)
BOMB = (
    b'<!DOCTYPE x [<!ENTITY a0 "haha"><!ENTITY e SYSTEM "file:///etc/hostname">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]>"
)


def cut(body: bytes, chance: random.Random) -> bytes:
    """Broken off."""
    return body[: chance.randrange(len(body) + 1)]


def flip(body: bytes, chance: random.Random) -> bytes:
    """Bits turned over."""
    damaged = bytearray(body)
    for _ in range(chance.choice((1, 5, 50)) if damaged else 0):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def lose(body: bytes, chance: random.Random) -> bytes:
    """A stretch left out."""
    at = chance.randrange(len(body) + 1)
    return body[:at] + body[at + chance.choice((1, 3, 20, 200)) :]


def repeat(body: bytes, chance: random.Random) -> bytes:
    """A stretch many times over."""
    at = chance.randrange(len(body) + 1)
    return body[:at] + body[at : at + chance.choice((5, 50, 500))] * chance.choice((2, 20, 500)) + body[at:]


def stud(body: bytes, chance: random.Random) -> bytes:
    """A token where it does not belong."""
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 2, 50)) + body[at:]


def replace(body: bytes, chance: random.Random) -> bytes:
    """A word, number, tag or text in quotes that is another thing now."""
    found = list(re.finditer(rb"\"[^\"]*\"|<[^<>]*>|\d+|[A-Za-z]+", body[:100_000]))
    if not found:
        return stud(body, chance)
    match = chance.choice(found)
    return body[: match.start()] + chance.choice(TOKENS) + body[match.end() :]


def shuffle(body: bytes, chance: random.Random) -> bytes:
    """Lines, or tags, in another order."""
    pieces = re.split(rb"(?<=\n)|(?=<)", body[:100_000])
    start = chance.randrange(len(pieces))
    some = pieces[start : start + 8]
    chance.shuffle(some)
    return b"".join([*pieces[:start], *some, *pieces[start + 8 :]]) + body[100_000:]


def nest(body: bytes, chance: random.Random) -> bytes:
    """Something opened thousands of times and never closed."""
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(OPENERS) * chance.choice((20, 300, 5000, 60_000)) + body[at:]


def widen(body: bytes, chance: random.Random) -> bytes:
    """A huge attribute, or thousands of them."""
    tags = list(re.finditer(rb"<\w[^<>]*(?=>)", body[:100_000]))
    at = chance.choice(tags).end() if tags else chance.randrange(len(body) + 1)
    many = b"".join(b' a%d="1"' % n for n in range(20_000))
    return body[:at] + chance.choice((b' a="' + b"x" * 500_000 + b'"', many, b' a="1"' * 50_000)) + body[at:]


def declare(body: bytes, chance: random.Random) -> bytes:
    """Entities that unfold to gigabytes, and a use of them."""
    at = chance.randrange(len(body) + 1)
    head = re.match(rb"\s*<\?xml[^>]*\?>", body)
    start = head.end() if head else 0
    return body[:start] + BOMB + body[start : max(at, start)] + b"&a11;&e;" + body[max(at, start) :]


def recode(body: bytes, chance: random.Random) -> bytes:
    """Written in another encoding than it says."""
    return body.decode("utf-8", "replace").encode(chance.choice(CODECS), "replace")


def misdeclare(body: bytes, chance: random.Random) -> bytes:
    """An encoding declared that it is not written in, or that is none."""
    name = chance.choice((*CODECS, "utf-8", "latin-1", "idna", "punycode", "rot13", "zlib", "unicode_escape", "\0", ""))
    changed, count = re.subn(rb"(encoding=|charset=)[\"']?[\w-]*", rb"\g<1>'" + name.encode() + b"'", body, count=1)
    return changed if count else b'<?xml version="1.0" encoding="' + name.encode() + b'"?>' + body


MUTATORS: tuple[Mutator, ...] = (
    *(cut, flip, lose, repeat, stud, replace, replace, shuffle, nest, widen, declare, recode, misdeclare),
)


def splice(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The beginning of one input and the end of another."""
    other = chance.choice(others)
    return cut(body, chance) + other[chance.randrange(len(other) + 1) :]


def mutated(seeds: Sequence[bytes], mutators: Sequence[Mutator], chance: random.Random) -> bytes:
    """One of the seeds, perhaps spliced, after all those mutators; cut where it grew beyond any fetch."""
    body = chance.choice(seeds)
    if chance.random() < 0.2:
        body = splice(body, seeds, chance)
    for mutator in mutators:
        body = mutator(body, chance)[:LARGEST]
    return body


def numbered(seeds: Sequence[bytes], number: int) -> bytes:
    """The input of that number: the same every time."""
    chance = random.Random(number)
    return mutated(seeds, chance.choices(MUTATORS, k=chance.choice((1, 1, 2, 3, 5))), chance)
