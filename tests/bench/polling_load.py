"""Polls many due feeds on loopback through the real stage: time, memory, and what a second round costs.

    python -m tests.bench.polling_load [--feeds 10000] [--entries 20]

One asyncio server (a process of its own) answers for all feeds, each under a name of its own. The stage is the one of a
run: client, parsing processes, warehouse; only Prefect is left out. Memory is the peak resident size of the polling
process and its parsing processes together, sampled while it runs.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from flows.session import Session
from pipeline.records import Feed
from pipeline.settings import load_settings
from warehouse.store import Warehouse

ITEM = (
    "<item><guid>{feed}-{n}</guid><title>Report {n} of desk {feed}</title><link>http://{host}/{feed}/{n}</link>"
    "<pubDate>Sun, 22 Nov 2026 {hour:02}:00:00 GMT</pubDate><description>A made-up report, number {n}, of the desk "
    "that is called {feed}.</description></item>"
)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round over all feeds took."""

    name: str
    seconds: float
    feeds: int
    new: int
    peak_mb: float


def document(host: str, feed: str, entries: int) -> bytes:
    """A feed of so many entries."""
    items = "".join(ITEM.format(feed=feed, n=n, host=host, hour=n % 24) for n in range(entries))
    return f'<rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'.encode()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, entries: int) -> None:
    """One connection: any path is a feed; a request with a validator is answered 304."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode()
            if b"if-none-match" in head.lower():
                writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')
            else:
                body = document("127.0.0.1", path.strip("/"), entries)
                writer.write(
                    b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Type: application/rss+xml\r\n'
                    + f"Content-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def serve(pipe: Connection, entries: int) -> None:
    """The server, until the pipe closes."""

    async def run() -> None:
        server = await asyncio.start_server(lambda r, w: answer(r, w, entries), "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await asyncio.to_thread(pipe.poll, None)

    asyncio.run(run())


@contextmanager
def wire(entries: int) -> Iterator[int]:
    """The port of a running server."""
    near, far = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(far, entries), daemon=True)
    process.start()
    try:
        yield near.recv()
    finally:
        process.terminate()
        process.join()


class Memory:
    """Samples the resident size of a process and its children (but for the server)."""

    def __init__(self, without: set[int]) -> None:
        self.peak_mb, self._without, self._over = 0.0, without, threading.Event()
        threading.Thread(target=self._sample, daemon=True).start()

    def _sample(self) -> None:
        while not self._over.wait(0.1):
            self.peak_mb = max(self.peak_mb, sum(map(resident_mb, family(os.getpid()) - self._without)))

    def stop(self) -> float:
        """End, and the peak in MB."""
        self._over.set()
        return self.peak_mb


def family(pid: int) -> set[int]:
    """A process and all its descendants (Linux)."""
    children = {int(c) for t in Path(f"/proc/{pid}/task").glob("*/children") for c in t.read_text().split()}
    return {pid}.union(*(family(child) for child in children)) if children else {pid}


def resident_mb(pid: int) -> float:
    """Resident size; 0 for a process that has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def poll_all(session: Session, name: str) -> Round:
    """Poll all feeds in batches, as a run does."""
    ids = list(session.feeds)
    size = session.settings.feed_batch_size
    memory, started = Memory(server_pids()), time.monotonic()
    new = sum(session.poll(ids[start : start + size]) for start in range(0, len(ids), size))
    return Round(name, time.monotonic() - started, len(ids), new, memory.stop())


def server_pids() -> set[int]:
    """Processes that are not the product's."""
    return {child.pid for child in multiprocessing.active_children() if child.pid}


def measure(count: int, entries: int) -> list[Round]:
    """A first round over new feeds, and a second one that is answered 304."""
    with wire(entries) as port, tempfile.TemporaryDirectory() as folder:
        settings = load_settings(home=Path(folder), host_connections=16)
        feeds = [
            Feed(feed_id=f"desk-{n}", url=f"http://127.0.0.1:{port}/desk-{n}", allow_private=True) for n in range(count)
        ]
        rounds = []
        for name in ("first", "not modified"):
            with (
                Warehouse.open(settings.live, settings.lock) as warehouse,
                Session(settings, feeds, name, warehouse) as session,
            ):
                rounds.append(poll_all(session, name))
        return rounds


def main() -> None:
    """The table, in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=20)
    options = parser.parse_args()
    sys.stdout.write(
        "| feeds | round | new entries | seconds | feeds a second | peak memory, MB |\n|---:|---|---:|---:|---:|---:|\n"
    )
    for count in (options.feeds // 10, options.feeds):
        for r in measure(count, options.entries):
            figures = f"{r.new:,} | {r.seconds:.0f} | {r.feeds / r.seconds:.0f} | {r.peak_mb:.0f}"
            sys.stdout.write(f"| {r.feeds:,} | {r.name} | {figures} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
