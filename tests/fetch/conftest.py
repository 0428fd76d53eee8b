"""Fixtures: the loopback server, and a client in a hurry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.fetch import Client, user_agent
from tests.fetch.loopback import ANY_PORT, FAST, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as here:
        yield here


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client(FAST, user_agent("0.1.0", "desk@news.example"), ports=ANY_PORT) as made:
        yield made
