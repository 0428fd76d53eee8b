"""Whose turn it is: one `dateline up` a home, one server a port."""

from __future__ import annotations

import fcntl
import http.client
import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from flows.holding import is_alive
from flows.up.leash import GRACE_SECONDS
from pipeline.errors import ConfigError, LockedError

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # what to ask at, of a server that listens everywhere


@contextmanager
def claimed(folder: Path, told: str) -> Iterator[int]:
    """Be the one `up` of a home; the descriptor of its lock, for its children to hold, too.

    So the lock is free only when all of them are gone. Those of an `up` that was killed end by themselves, and are
    waited for. `told`: where the server is, for whoever finds the lock taken. LockedError when another `up` lives.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "up.lock").open("a") as lock:
        wait_for_lock(lock.fileno(), folder / "up.holder")
        (folder / "up.holder").write_text(f"pid {os.getpid()} on {socket.gethostname()}\n{told}\n", "utf-8")
        yield lock.fileno()
        (folder / "up.holder").unlink(missing_ok=True)


def wait_for_lock(lock: int, holder: Path) -> None:
    """Take the lock, now or when the children of a killed `up` are gone."""
    deadline = time.monotonic() + GRACE_SECONDS + 20
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who, where = read_holder(holder)
            if is_alive(who) is not False:
                raise LockedError(f"`dateline up` already runs in this home ({who}), {where}") from error
            if time.monotonic() > deadline:
                raise LockedError(f"what a killed `dateline up` ({who}) started still runs; end it by hand") from error
            time.sleep(0.2)


def read_holder(path: Path) -> tuple[str, str]:
    """Who holds the lock, and where its server is, as it said itself."""
    with suppress(OSError, ValueError):
        who, where = path.read_text("utf-8").splitlines()
        return who, where
    return "unknown", "and starts just now"


def check_port(host: str, port: int) -> None:
    """ConfigError when nothing can listen there, with who does where that is a Prefect server."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        where = f"--port {port}"
        if not isinstance(error, socket.gaierror) and is_prefect(host, port):
            right = f"use it with PREFECT_API_URL={url_of(host, port)}/api, or give another port"
            raise ConfigError(where, "a Prefect server that is not of this home answers there", right) from error
        raise ConfigError(where, f"cannot listen on {host}: {error.strerror}", "give another port or host") from error


def is_prefect(host: str, port: int) -> bool:
    """Whether a Prefect server answers there now."""
    with closing(http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=5)) as asking:
        try:
            asking.request("GET", "/api/health")
            answer = asking.getresponse()
            return answer.status == http.HTTPStatus.OK and answer.read(20).strip() == b"true"
        except (OSError, http.client.HTTPException):
            return False


def url_of(host: str, port: int) -> str:
    """The server's address, as this machine reaches it."""
    host = EVERYWHERE.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
