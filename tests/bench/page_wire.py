"""Many news pages on loopback: real ones or the demo wire's, each printed many times with small changes.

The pages of `DATELINE_EVAL` (`data/pages_aeb`) where there are any, else those of the demo wire. Each copy has its own
address, title, figures and one sentence of its own, so that it is another article to every stage.
"""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.demo import load_stories
from pipeline.demo.site import render_page

FEED_ENTRIES = 500
FIGURE = re.compile(rb"(?<=[\s(])\d{1,3}(?=[\s.,;)])")
PARAGRAPH_END = re.compile(rb"</p>", re.IGNORECASE)
TITLE = re.compile(rb"(<title[^>]*>)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages by number; `originals` are repeated in turn."""

    originals: tuple[bytes, ...]
    count: int

    def body(self, number: int) -> bytes:
        """The page of that number: another text each time its original comes round."""
        html, copy = self.originals[number % len(self.originals)], number // len(self.originals)
        if not copy:
            return html
        html = FIGURE.sub(lambda m: str(int(m[0]) + copy).encode(), html)
        html = TITLE.sub(rb"\1Report %d: " % number, html, count=1)
        return PARAGRAPH_END.sub(b" Desk %d added its own report number %d.</p>" % (copy, number), html, count=3)


def originals() -> tuple[bytes, ...]:
    """The pages that are repeated."""
    folder = Path(os.environ.get("DATELINE_EVAL", "")) / "data" / "pages_aeb" / "html"
    if folder.is_dir():
        return tuple(gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz")))
    stories = load_stories()
    return tuple(render_page(story, stories, "http://wire.example") for story in stories)


def feed_document(pages: Pages, feed: int, port: int) -> bytes:
    """The feed of that number: its share of the pages, as entries without text."""
    numbers = range(feed * FEED_ENTRIES, min(pages.count, (feed + 1) * FEED_ENTRIES))
    items = "".join(
        f"<item><guid>page-{n}</guid><title>Page {n}</title><link>http://127.0.0.1:{port}/page/{n}</link></item>"
        for n in numbers
    )
    return f'<rss version="2.0"><channel><title>Desk {feed}</title>{items}</channel></rss>'.encode()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pages: Pages, port: int) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            status, media, body = _found(head.split(b" ", 2)[1].decode(), pages, port)
            writer.write(f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode())
            writer.write(body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def _found(path: str, pages: Pages, port: int) -> tuple[str, str, bytes]:
    _, kind, *number = path.split("/")
    if kind == "feed":
        return "200 OK", "application/rss+xml", feed_document(pages, int(number[0]), port)
    if kind == "page":
        return "200 OK", "text/html; charset=utf-8", pages.body(int(number[0]))
    return "404 Not Found", "text/plain", b""


def _serve(pipe: Connection, pages: Pages) -> None:
    async def run() -> None:
        port = 0
        server = await asyncio.start_server(lambda r, w: _answer(r, w, pages, port), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        pipe.send(port)
        await asyncio.to_thread(pipe.poll, None)

    asyncio.run(run())


@contextmanager
def page_wire(pages: Pages) -> Iterator[Sequence[str]]:
    """The addresses of feeds that list all pages, served by a process of its own."""
    near, far = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(far, pages), daemon=True)
    process.start()
    try:
        port = near.recv()
        feeds = -(-pages.count // FEED_ENTRIES)
        yield [f"http://127.0.0.1:{port}/feed/{n}" for n in range(feeds)]
    finally:
        process.terminate()
        process.join()
