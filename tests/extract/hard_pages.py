"""Pages that hang, overflow or fill an extractor, and plain ones to stand beside them: all made here, none found."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator
from itertools import count

from pipeline.records import Page

PLACES = ["Port Ardan", "Velmora", "Old Harrow", "the lower town", "Cape Sorrel", "the northern islands", "Tarn Bridge"]
DOERS = ["the harbour board", "two ferry crews", "a council member", "the coast guard", "shopkeepers", "teachers"]
DEEDS = ["closed the eastern quay", "repaired the lighthouse", "counted the damage", "opened a shelter"]
WHENS = ["on Friday", "before the storm", "after a long meeting", "for the third week", "while the rain kept falling"]


def sentences(seed: int, count: int) -> list[str]:
    """`count` different sentences; the same seed makes the same ones."""
    dice = random.Random(seed)
    return [
        f"In {dice.choice(PLACES)} {dice.choice(DOERS)} {dice.choice(DEEDS)} {dice.choice(WHENS)}, "
        f"and {dice.randint(2, 999)} people waited in {dice.choice(PLACES)} until it was over."
        for _ in range(count)
    ]


def story(seed: int, paragraphs: int = 6) -> str:
    """A story's paragraphs as HTML."""
    lines = sentences(seed, 2 * paragraphs)
    return "".join(f"<p>{first} {second}</p>\n" for first, second in zip(lines[::2], lines[1::2], strict=True))


def around(body: str, title: str = "Ferries stay in harbour", head: str = "") -> str:
    """A whole page with `body` in its article."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title} - Harbour Post</title>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/sea'>Sea</a></nav>"
        f"<main><article><h1>{title}</h1>{body}</article></main><footer>Harbour Post</footer></body></html>"
    )


def page(name: str, html: bytes | str, content_type: str | None = "text/html; charset=utf-8") -> Page:
    """What an extraction is given."""
    return Page(page_id=name, url=f"https://harbour.example/{name}", html=html, content_type=content_type)


def normal_page(seed: int) -> Page:
    """A page as any other, each seed its own."""
    return page(f"normal-{seed}", around(story(seed, 5 + seed % 7), title=sentences(seed, 1)[0][:60]))


def table(rows: int) -> str:
    """A table of numbers."""
    cells = "".join(f"<tr><td>{n}</td><td>Tarn Bridge</td><td>{n * 7 % 1000}</td></tr>" for n in range(rows))
    return f"<table><tr><th>No.</th><th>Place</th><th>Boats</th></tr>{cells}</table>"


def nested(tag: str, depth: int) -> str:
    """A story inside so many elements."""
    return f"<{tag}>" * depth + story(1) + f"</{tag}>" * depth


def _noise(size: int) -> bytes:
    return random.Random(5).randbytes(size)


def varied_pages() -> Iterator[Page]:
    """Pages of all shapes without an end: short and long, with tables, lists and links; each 50th is no page at all."""
    dice = random.Random(7)
    for number in count():
        extras = [
            "",
            "<ul>" + "".join(f"<li>{line}</li>" for line in sentences(number, dice.randint(1, 30))) + "</ul>",
            table(dice.randint(2, 200)),
            "".join(f"<p><a href='/{n}'>Boat {n}</a></p>" for n in range(dice.randint(5, 300))),
            f"<div data-state='{'x' * dice.randint(100, 300_000)}'></div>",
        ]
        html = around(story(number, dice.choice([1, 5, 20, 100])) + dice.choice(extras), f"Ferry {number} stays")
        yield page(f"made-{number}", html if number % 50 else b"%PDF-1.7 " + html.encode())


# What each one is, and the page. Sizes are those of the worst pages that a news archive holds, or above them.
HARD: dict[str, Callable[[], bytes | str]] = {
    "an article of 5 MB": lambda: around(story(2, 21_000)),
    "a table of 60,000 rows": lambda: around(story(1) + table(60_000)),
    "100,000 spans": lambda: around(story(1) + "<p>" + "<span>boat </span>" * 100_000 + "</p>"),
    "50,000 nested divs": lambda: around(nested("div", 50_000)),
    "50,000 nested spans": lambda: around(f"<p>{'<span>' * 50_000}deep{'</span>' * 50_000}</p>" + story(1)),
    "2,000 nested lists": lambda: around("<ul><li>boat" * 2_000 + "</li></ul>" * 2_000 + story(1)),
    "1,000 nested tables": lambda: around("<table><tr><td>boat" * 1_000 + "</td></tr></table>" * 1_000 + story(1)),
    "a line of 1,000,000 characters": lambda: around("<p>" + " ".join(sentences(3, 8_000)) + "</p>"),
    "a word of 1,000,000 characters": lambda: around(story(1) + "<p>" + "a" * 1_000_000 + "</p>"),
    "20,000 links": lambda: around(story(1) + "".join(f"<p><a href='/{n}'>Boat {n}</a></p>" for n in range(20_000))),
    "20,000 links in one paragraph": lambda: around(
        story(1) + "<p>" + " ".join(f"<a href='/{n}'>Boat {n}</a>" for n in range(20_000)) + "</p>"
    ),
    "200,000 line breaks": lambda: around(story(1) + "<p>" + "boat<br>" * 200_000 + "</p>"),
    "invalid bytes": lambda: around(story(1)).encode().replace(b"people", b"pe\xffop\xfele", 3),
    "NULs between the letters": lambda: around(story(1)).encode().replace(b"people", b"peo\0ple"),
    "nothing": lambda: b"",
    "blanks only": lambda: b" \n\t" * 100_000,
    "noise": lambda: _noise(1_000_000),
    "noise that begins as HTML": lambda: b"<html><body><p>" + _noise(1_000_000),
    "a gzip file cut short": lambda: b"\x1f\x8b\x08\x00" + _noise(5_000),
    "UTF-16 without a mark": lambda: around(story(1)).encode("utf-16-le"),
    "100,000 unclosed tags": lambda: around("<p><b><i>boat " * 100_000),
    "100,000 unclosed divs": lambda: around(story(1) + "<div>boat " * 100_000),
    "300,000 entities": lambda: around(story(1) + "<p>" + "&amp;&eacute;&#8217; " * 100_000 + "</p>"),
    "an attribute of 5 MB": lambda: around(f"<div data-state='{'x' * 5_000_000}'>{story(1)}</div>"),
    "20,000 attributes": lambda: around(f"<div {' '.join(f'a{n}=1' for n in range(20_000))}>{story(1)}</div>"),
    "an inline picture of 10 MB": lambda: around(
        f"<img src='data:image/png;base64,{base64.b64encode(_noise(7_500_000)).decode()}'>" + story(1)
    ),
    "200,000 comments": lambda: around(story(1) + "<!-- advertisement -->" * 200_000),
    "a comment that never ends": lambda: around(story(1)) + "<!-- " * 500_000,
    "a script of 5 MB": lambda: around(story(1), head=f"<script>{'var boat = 1;' * 400_000}</script>"),
    "a million opening brackets": lambda: around(story(1)) + "<" * 1_000_000,
    "a state of 5 MB as JSON-LD": lambda: around(
        story(1), head="<script type='application/ld+json'>" + "[" * 5_000_000 + "</script>"
    ),
}
