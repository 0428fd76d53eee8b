"""Which addresses may stand in the feed list, told without the network and the disk."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import unquote, urlsplit

from pipeline.ids import host_of


def is_private_host(url: str) -> bool:
    """Does this address name, without any DNS, a machine that is not on the open internet?

    True for localhost and for IP addresses that are private, loopback, link-local … in any spelling that a
    resolver takes (127.1, 0x7f000001). What a name leads to is checked when it is fetched.
    """
    host = host_of(url).rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not _is_public(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return not _is_public(ipaddress.IPv4Address(socket.inet_aton(host)))
    except (OSError, ValueError):  # ValueError: a NUL
        return False


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


def wrong_folder(url: str) -> str | None:
    """What is wrong with a file: address of a watched folder (RFC 8089), None for nothing. The disk is not asked."""
    if not url.startswith("file:"):
        return "does not begin with file: in small letters"
    try:
        parts = urlsplit(url)
    except ValueError as error:
        return f"is no address ({error})"
    if parts.netloc:
        return "names a host where the path begins: three slashes are needed"
    if not parts.path.startswith("/"):
        return "is not an absolute path"
    if parts.query or parts.fragment or re.search(r"[\s\x00-\x1f?#]", url):
        return "has a space, ? or # in it, which are written %20, %3F and %23"
    return "holds a zero byte" if "\0" in unquote(parts.path) else None


def wrong_address(url: str) -> str | None:
    """What is wrong with the address of a feed on the web, None for nothing."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        return f"is no address ({error})"
    if parts.scheme.lower() not in ("http", "https"):
        return "does not begin with http:// or https://"
    if not parts.hostname or re.search(r"[\s\x00-\x1f]", url):
        return "has no host, or a space in it"
    return "has a name or password in it, which is not sent" if parts.username is not None else None


def web_address(url: str) -> str:
    """The address without the schemes that mean "give this to a feed reader"; stripped of white space.

    >>> web_address("feed://news.example/rss"), web_address("feed:https://news.example/rss")
    ('http://news.example/rss', 'https://news.example/rss')
    """
    text = re.sub(r"[\t\r\n]", "", url.strip())
    inner = re.sub(r"(?i)^(?:feed|pcast|itpc):(?=(?:/{2})?https?:)(?:/{2})?", "", text)
    return re.sub(r"(?i)^(?:feed|pcast|itpc)://", "http://", inner)
