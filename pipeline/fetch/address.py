"""Which addresses may be fetched: only those that the open internet can reach.

A feed is somebody else's text: a link or a redirect in it must not make Dateline ask the operator's router,
a cloud's metadata service (169.254.169.254) or a database on loopback.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port to IP addresses as text, best first; raises OSError where there is none."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def system_resolver(host: str, port: int) -> list[str]:
    """Addresses that the operating system gives for `host`, in its order (RFC 6724), each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def is_public(address: str) -> bool:
    """Is this IP address reachable from the open internet, and one machine's own?

    False for private, loopback, link-local, shared (RFC 6598), reserved, unspecified and multicast addresses,
    for IPv6 forms that carry such an IPv4 address (mapped, 6to4, NAT64), and for text that is no IP address.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        ip = _embedded(ip) or ip
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def is_loopback_host(host: str) -> bool:
    """Does this host name or literal address mean this very machine? Decided without DNS."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
