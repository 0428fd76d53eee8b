"""Politeness, decided over values; and which addresses are public."""

from __future__ import annotations

import ipaddress
import itertools
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.address import WEB_PORTS, is_loopback_host, is_public, refusal
from pipeline.fetch.gate import Gate, HostState, Patience, wait_seconds


@pytest.mark.parametrize(
    ("active", "total", "last_start", "kept", "interval", "expected"),
    [
        (0, 0, float("-inf"), 0.0, 1.0, 0.0),  # never asked
        (1, 1, 99.0, 1.0, 1.0, 1.0),  # asked just now, one more may run beside it
        (1, 1, 98.25, 1.0, 1.0, 0.25),
        (0, 0, 98.0, 1.0, 1.0, 0.0),  # the interval is over to the moment
        (0, 0, 9.0, 1.0, 1.0, 0.0),
        (0, 0, 98.0, 1.0, 10.0, 9.0),  # a page with a crawl delay after a feed
        (0, 0, 98.0, 10.0, 1.0, 9.0),  # a feed after a page with a crawl delay
        (0, 0, 98.0, 0.0, 0.0, 0.0),
        (2, 2, 0.0, 1.0, 1.0, None),  # the host has its fill
        (0, 4, 0.0, 1.0, 1.0, None),  # the client has its fill
        (2, 2, 99.0, 1.0, 1.0, None),  # both: an end must come first
    ],
)
def test_a_request_waits_for_the_interval_or_for_an_end(
    active: int, total: int, last_start: float, kept: float, interval: float, expected: float | None
) -> None:
    host = HostState(active, last_start, kept)
    assert wait_seconds(host, total, 99.0, interval, host_connections=2, connections=4) == expected


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 3)), max_size=30))
def test_requests_started_when_allowed_lie_the_longer_of_their_intervals_apart(
    requests: list[tuple[float, float]],
) -> None:
    host, now, starts = HostState(), 100.0, []
    for pause, interval in requests:
        now += pause
        wait = wait_seconds(host, 0, now, interval, host_connections=1, connections=1)
        assert wait is not None
        now += wait
        starts.append((now, interval))
        host = host.started(now, interval).ended()
    for (a, kept), (b, asked) in itertools.pairwise(starts):
        assert b - a >= max(kept, asked) - 1e-9
    assert host.active == 0


def test_hosts_that_are_over_are_forgotten() -> None:
    now = 0.0
    gate = Gate(host_connections=2, connections=16, clock=lambda: now)
    most = 0
    for n in range(20_000):
        with gate.turn(f"host{n}.example", 1.0):
            now += 0.02
        most = max(most, len(gate))
    assert most <= 6100  # hosts of one minute, at 50 requests a second, and as many again before they are swept


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (HostState(0, 900.0, 1.0), True),
        (HostState(0, 940.0, 1.0), True),  # a minute ago: no crawl delay is longer
        (HostState(0, 941.0, 1.0), False),  # a page with a crawl delay of 60 s may come
        (HostState(0, 900.0, 300.0), False),
        (HostState(0, 700.0, 300.0), True),
        (HostState(1, 0.0, 1.0), False),  # still running
        (HostState(), True),
    ],
)
def test_a_host_is_remembered_as_long_as_it_may_have_to_wait(host: HostState, expected: bool) -> None:
    assert host.is_over(1000.0) is expected


def test_a_thread_that_waits_for_its_host_holds_no_place_of_the_total() -> None:
    gate, order = Gate(host_connections=1, connections=1), []

    def ask(host: str, interval: float) -> None:
        with gate.turn(host, interval):
            order.append(host)

    ask("slow", 0.4)
    waiting = threading.Thread(target=ask, args=("slow", 0.4))
    waiting.start()
    ask("quick", 0.0)
    waiting.join(5)
    assert order == ["slow", "quick", "slow"]


def test_an_error_gives_the_turn_back() -> None:
    gate = Gate(host_connections=1, connections=1)
    for _ in range(2):
        with pytest.raises(OSError, match="broken"), gate.turn("a.example", 0.0):
            raise OSError("broken")


PUBLIC_ADDRESSES = {
    "93.184.215.14": "an ordinary address",
    "8.8.8.8": "",
    "1.1.1.1": "",
    "100.63.255.255": "just below the shared ones",
    "100.128.0.0": "just above them",
    "172.15.255.255": "just below the private ones",
    "172.32.0.0": "just above them",
    "192.0.1.1": "beside the protocols'",
    "223.255.255.255": "the last before multicast",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c": "",
    "2001:4860:4860::8888": "just above 2001::/23",
    "2a00:1450:4001:80b::200e": "",
    "::ffff:8.8.8.8": "IPv4-mapped",
    "64:ff9b::808:808": "NAT64: how a network without IPv4 reaches all sites without IPv6",
}

CLOSED_ADDRESSES = {
    "127.0.0.1": "loopback",
    "127.255.255.254": "",
    "10.0.0.1": "private",
    "172.16.0.1": "",
    "172.31.255.255": "",
    "192.168.0.1": "",
    "169.254.169.254": "metadata of AWS, Azure, GCP",
    "169.254.170.2": "credentials of AWS containers",
    "168.63.129.16": "Azure's own",
    "100.100.100.200": "metadata of Alibaba",
    "192.0.0.192": "metadata of Oracle",
    "fd00:ec2::254": "metadata of AWS",
    "fd20:ce::254": "metadata of GCP",
    "100.64.0.1": "shared",
    "0.0.0.0": "reaches loopback on Linux",
    "0.1.2.3": "",
    "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",
    "224.0.0.251": "multicast",
    "239.1.1.1": "",
    "192.0.2.1": "documentation",
    "198.51.100.1": "",
    "203.0.113.1": "",
    "2001:db8::1": "",
    "3fff::1": "",
    "198.18.0.1": "benchmarks",
    "192.88.99.1": "6to4 relay",
    "::": "unspecified",
    "::1": "loopback",
    "fe80::1": "link-local",
    "fe80::1%eth0": "with its zone",
    "2606:2800::1%eth0": "a zone makes any address local",
    "fec0::1": "site-local, retired",
    "fc00::1": "private",
    "fd12::1": "",
    "ff02::1": "multicast",
    "ff0e::1": "",
    "100::1": "discard only",
    "4000::1": "not given out",
    "::ffff:127.0.0.1": "IPv4-mapped",
    "::ffff:192.168.0.1": "",
    "::FFFF:A9FE:A9FE": "",
    "::ffff:0:127.0.0.1": "IPv4-translated (RFC 2765)",
    "::127.0.0.1": "IPv4-compatible",
    "::8.8.8.8": "",
    "64:ff9b::a00:1": "NAT64 of 10.0.0.1",
    "64:ff9b::a9fe:a9fe": "",
    "64:ff9b::127.0.0.1": "",
    "64:ff9b:1::8.8.8.8": "local NAT64 (RFC 8215)",
    "2002:7f00:1::": "6to4 of 127.0.0.1",
    "2002:808:808::": "6to4, retired",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2": "Teredo",
    "2001:0:a00:1::": "",
    "2001:10::1": "ORCHID",
    "2606:2800::5efe:10.0.0.1": "ISATAP",
    "2606:2800::200:5efe:8.8.8.8": "",
    "news.example": "no address",
    "": "",
    "1.2.3": "",
    "127.0.0.01": "",
    "0x7f.0.0.1": "",
    "2130706433": "",
    "[::1]": "",
    "8.8.8.8 ": "",
}


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(address)
    assert refusal(address) is None


@pytest.mark.parametrize("address", CLOSED_ADDRESSES)
def test_all_other_addresses_are_not(address: str) -> None:
    assert not is_public(address)
    assert refusal(address)


@given(st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address))
def test_no_ipv4_address_that_python_calls_local_is_public(ip: ipaddress.IPv4Address) -> None:
    local = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    assert not (local and is_public(str(ip)))


@given(
    st.sampled_from(["2001::/22", "2001:d00::/24", "2002::/15", "3fff::/16", "2000::/3", "::/0", "fe00::/7"]).flatmap(
        lambda net: st.integers(0, 2**128 - 1).map(
            lambda n: ipaddress.IPv6Address(
                int(ipaddress.IPv6Network(net, strict=False).network_address)
                | n & int(ipaddress.IPv6Network(net, strict=False).hostmask)
            )
        )
    )
)
def test_no_ipv6_address_that_python_calls_local_is_public(ip: ipaddress.IPv6Address) -> None:
    local = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved or ip.is_site_local
    assert not (local and is_public(str(ip)))


@given(st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address))
def test_an_ipv4_address_is_judged_alike_in_any_dress(ip: ipaddress.IPv4Address) -> None:
    assert is_public(f"::ffff:{ip}") == is_public(f"64:ff9b::{ip}") == is_public(str(ip))


@given(st.text(max_size=40))
def test_no_text_breaks_the_judge(text: str) -> None:
    assert isinstance(is_public(text), bool)


def test_each_port_of_the_web_has_its_reason() -> None:
    assert set(WEB_PORTS) == {80, 443, 8080, 8443}
    assert all(WEB_PORTS.values())


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost.", True),
        ("127.0.0.1.", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("news.example", False),
        ("", False),
    ],
)
def test_loopback_is_told_from_the_rest(host: str, expected: bool) -> None:
    assert is_loopback_host(host) is expected


def test_a_run_waits_for_a_slow_host_so_long_and_no_longer() -> None:
    patience = Patience(100)
    assert [patience.spend("slow.example", 30) for _ in range(5)] == [True, True, True, False, False]
    assert patience.spend("slow.example", 10)
    assert all(patience.spend("plain.example", 0) for _ in range(1000))
