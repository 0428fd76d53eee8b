"""Fixtures: the loopback server, and a client in a hurry."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from pipeline.fetch import Client, user_agent
from tests.fetch.loopback import FAST, Server, Site, reply


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            here.seen.append((self.path, dict(self.headers)))
            here.routes.get(self.path, reply(404))(self)

        def log_message(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    here = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield here
    here.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client(FAST, user_agent("0.1.0", "desk@news.example")) as made:
        yield made
