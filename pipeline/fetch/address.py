"""Which addresses and ports may be fetched: only those where the open internet serves web pages.

A feed is somebody else's text: a link or a redirect in it must not make Dateline ask the operator's router,
a cloud's metadata service (169.254.169.254) or a database on loopback.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Mapping, Sequence

Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port to IP addresses as text, best first; raises OSError where there is none."""

WEB_PORTS: Mapping[int, str] = {
    80: "http",
    443: "https",
    8080: "http of application servers; feeds of small agencies are still served there",
    8443: "the same over TLS",
}
"""Ports that are asked without the operator's word. Any other may be a mail server, a Redis or an admin page that
takes a request line for a command; the browsers' list of bad ports (WHATWG Fetch, 2.9) names 80 such services."""

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# From IANA's special-purpose registries. Our own table, since `ipaddress` changes its mind between releases (6to4
# and 64:ff9b:1::/48 are global in Python 3.11.7 and private in 3.13) and takes fec0::1 for an open address.
_CLOSED: tuple[tuple[_Network, str], ...] = tuple(
    (ipaddress.ip_network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this very network"),  # 0.0.0.0 reaches loopback on Linux
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a provider's customers"),  # 100.100.100.200: Alibaba's metadata
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's own service"),  # Azure's, though the address looks public
        ("169.254.0.0/16", "link-local"),  # 169.254.169.254: metadata of most clouds
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved for protocols"),  # 192.0.0.192: Oracle's metadata
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a retired 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved or broadcast"),
        ("2001::/23", "reserved for protocols"),  # 2001:0:…: Teredo, an IPv4 address in disguise
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "a 6to4 tunnel"),  # 2002:7f00:1:: is 127.0.0.1; retired by RFC 7526
        ("3fff::/20", "for documentation"),
    )
)
_OPEN_IPV6 = ipaddress.IPv6Network("2000::/3")  # all that IANA gives out; leaves out ::1, fc00::/7, fe80::/10, ff00::/8
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def system_resolver(host: str, port: int) -> list[str]:
    """Addresses that the operating system gives for `host`, in its order (RFC 6724), each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def is_public(address: str) -> bool:
    """Is this IP address reachable from the open internet, and one machine's own?"""
    return refusal(address) is None


def refusal(address: str) -> str | None:
    """Why this IP address may not be fetched, as words after "it is"; None where it may.

    IPv6 forms that carry an IPv4 address are judged by it (mapped, RFC 4291; NAT64, RFC 6052) or refused (IPv4-
    compatible, 6to4, Teredo, ISATAP, RFC 8215's local NAT64). A network's own NAT64 prefix cannot be told from
    other addresses.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "no IP address"
    if isinstance(ip, ipaddress.IPv6Address):
        carried = _carried(ip)
        if carried is not None:
            return refusal(str(carried))
        if ip.scope_id is not None:
            return "bound to one of this machine's networks"
        if ip not in _OPEN_IPV6:
            return "outside the IPv6 addresses that are given out"
        if _is_isatap(ip):
            return "an ISATAP tunnel"
    return next((why for network, why in _CLOSED if ip in network), None)


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped


def _is_isatap(ip: ipaddress.IPv6Address) -> bool:
    """Is its interface part [0200:]5efe:a.b.c.d (RFC 5214, 6.1), an IPv4 address inside somebody's network?"""
    return (int(ip) >> 32) & 0xFDFF_FFFF == 0x0000_5EFE


def is_loopback_host(host: str) -> bool:
    """Does this host name or literal address mean this very machine? Decided without DNS."""
    name = host.lower().removesuffix(".")
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
