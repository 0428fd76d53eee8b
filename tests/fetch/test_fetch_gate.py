"""Politeness, decided over values; and which addresses are public."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.address import is_loopback_host, is_public
from pipeline.fetch.gate import HostState, wait_seconds


@pytest.mark.parametrize(
    ("active", "total", "next_start", "now", "expected"),
    [
        (0, 0, float("-inf"), 0.0, 0.0),  # never asked
        (1, 1, 10.0, 9.25, 0.75),  # asked just now, one more may run beside it
        (0, 0, 10.0, 10.0, 0.0),  # the interval is over to the moment
        (0, 0, 10.0, 99.0, 0.0),
        (2, 2, 0.0, 99.0, None),  # the host has its fill
        (0, 4, 0.0, 99.0, None),  # the client has its fill
        (2, 2, 99.5, 99.0, None),  # both: an end must come first
    ],
)
def test_a_request_waits_for_the_interval_or_for_an_end(
    active: int, total: int, next_start: float, now: float, expected: float | None
) -> None:
    host = HostState(active, next_start)
    assert wait_seconds(host, total, now, host_connections=2, connections=4) == expected


@given(st.lists(st.floats(0, 5), max_size=30), st.floats(0.1, 3))
def test_requests_started_when_allowed_lie_an_interval_apart(pauses: list[float], interval: float) -> None:
    host, now, starts = HostState(), 100.0, []
    for pause in pauses:
        now += pause
        wait = wait_seconds(host, 0, now, host_connections=1, connections=1)
        assert wait is not None
        now += wait
        starts.append(now)
        host = host.started(now, interval).ended()
    gaps = [b - a for a, b in itertools.pairwise(starts)]
    assert all(gap >= interval - 1e-9 for gap in gaps)
    assert host.active == 0


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"])
def test_an_embedded_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.31.9.9",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "240.0.0.1",
        "255.255.255.255",
        "224.0.0.251",
        "239.1.1.1",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "ff0e::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:192.168.0.1",
        "64:ff9b::a00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "::127.0.0.1",
        "news.example",
        "",
        "1.2.3",
    ],
)
def test_all_other_addresses_are_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("news.example", False),
        ("", False),
    ],
)
def test_loopback_is_told_from_the_rest(host: str, expected: bool) -> None:
    assert is_loopback_host(host) is expected
