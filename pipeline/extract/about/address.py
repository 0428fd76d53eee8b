"""The address that a page gives as its own."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from pipeline.ids import normal_url

SLUG = 20  # characters of an address's last part that names a story


def canonical(stated: Iterable[str | None], url: str | None) -> str | None:
    """The first of the `stated` addresses that can be this page's, normalised; else `url`, where it was fetched.

    A front page's, or that of the folder in which the page stands, is a template's mistake.
    """
    for address in stated:
        if (absolute := absolute_url(address, url)) and not _is_above(absolute, url):
            return normal_url(absolute)
    fetched = absolute_url(url, None)
    return normal_url(fetched) if fetched else None


def absolute_url(address: str | None, url: str | None) -> str | None:
    """The web address meant on the page `url`, None where it is none."""
    if not address or not address.strip():
        return None
    try:
        absolute = urljoin(url or "", address.strip())
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.hostname else None


def _is_above(address: str, url: str | None) -> bool:
    """Whether an address is a front page's, or its folder's: "/sea" for "/sea/ferries-stay-in-harbour"."""
    parts = urlsplit(address)
    path = parts.path.strip("/")
    if parts.query:
        return False
    if not path:
        return True
    fetched = urlsplit(url or "").path.strip("/")
    folder, _, last = fetched.rpartition("/")
    return len(last) >= SLUG and "-" in last and f"{folder}/".startswith(f"{path}/")
