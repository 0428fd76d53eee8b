"""Lakes in temporary folders, and a PostgreSQL server of one's own to keep their catalogs."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tests.warehouse.build import NOON, RUN, TEXT, entry, fetch, poll, reading
from warehouse.load import load_readings
from warehouse.pages import unread_captures
from warehouse.storage import Storage, storage_at
from warehouse.store import Warehouse

CATALOG = "catalog.sqlite"
START_SECONDS = 60
UNPRIVILEGED = ("nobody", "nogroup")  # PostgreSQL refuses to be run by root


def lake_in(folder: Path, catalog: str = "") -> Storage:
    """A lake with its data in a folder, its catalog there too unless that is named."""
    return storage_at(f"ducklake:{catalog or f'sqlite:{folder / CATALOG}'}", folder / "no.duckdb", str(folder / "lake"))


def copied_lake(new: Path, folder: Path) -> Storage:
    """A copy of a new lake, which holds no data yet: making one takes a second, a copy none."""
    shutil.copyfile(new / CATALOG, folder / CATALOG)
    with closing(sqlite3.connect(folder / CATALOG)) as catalog, catalog:
        catalog.execute("UPDATE ducklake_metadata SET value = ? WHERE key = 'data_path'", [f"{folder / 'lake'}/"])
    return lake_in(folder)


def capture_pages(warehouse: Warehouse, numbers: Sequence[int]) -> None:
    """Entries with those numbers, each with its page."""
    poll(warehouse, [entry(n) for n in numbers])
    fetch(warehouse, *(f"https://wire.example/{n}" for n in numbers))


def load_part(folder: Path, catalog: str, name: str, numbers: Sequence[int], batch: int = 2) -> None:
    """What one of several processes does: open the lake from a home of its own, and load those pages in batches."""
    with Warehouse.open(lake_in(folder, catalog), folder / name / "lock") as warehouse:
        for start in range(0, len(numbers), batch):
            urls = {f"https://wire.example/{n}" for n in numbers[start : start + batch]}
            unread = [u for u in unread_captures(warehouse) if u.capture.url in urls]
            readings = [reading(u, f"{TEXT} Told at {u.capture.url}.") for u in unread]
            load_readings(warehouse, f"{RUN}-{name}", NOON, readings, [])


@contextmanager
def postgres_server(databases: Sequence[str]) -> Iterator[Path]:
    """A PostgreSQL server with those databases; the folder of its socket. Its user is dateline, without a password."""
    as_user = UNPRIVILEGED if os.getuid() == 0 else (None, None)
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if as_user[0]:
            shutil.chown(folder, *as_user)
        plain = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        run = {"user": as_user[0], "group": as_user[1], "cwd": folder, "env": plain}
        data = folder / "data"
        initdb = ["initdb", "-D", str(data), "-U", "dateline", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, check=True, capture_output=True, **run)  # type: ignore[call-overload]
        made = "".join(f"CREATE DATABASE {name};\n" for name in databases).encode()
        single = ["postgres", "--single", "-D", str(data), "postgres"]
        subprocess.run(single, check=True, capture_output=True, input=made, **run)  # type: ignore[call-overload]
        serve = ["postgres", "-D", str(data), "-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off"]
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(serve, stdout=log, stderr=log, **run) as server,  # type: ignore[call-overload]
        ):
            try:
                wait_until_ready(data / "postmaster.pid", server, folder / "log")
                yield folder
            finally:
                server.send_signal(signal.SIGINT)  # its "fast" end
    finally:
        shutil.rmtree(folder)


def wait_until_ready(status: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server says that it is ready; TimeoutError with its log when it dies or is too slow."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if status.exists() and "ready" in status.read_text():
            return
        time.sleep(0.05)
    raise TimeoutError(f"no PostgreSQL: {log.read_text()[-2000:]}")
