"""How long the server or the feed's document asks us to wait: readings of headers, given `now`.

A hint is a number of seconds; None means that nothing (readable) is asked for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipeline.records import Response

DAY_SECONDS = 86_400.0
LONGEST_HINT_SECONDS = 7 * DAY_SECONDS  # max-age=31536000 is a default for pictures: no news feed means a year

# RFC 9111, 5.2: name, or name=value, or name="value"; commas within quotes part nothing.
_DIRECTIVE = re.compile(r'([\w!#$%&\'*+.^`|~-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,;"]*)))?')
_MOST_DIRECTIVES = 50


def cache_seconds(response: Response, now: datetime) -> float | None:
    """Seconds for which an answer stays fresh by its own headers, more than 0; None where they ask for no wait.

    `max-age` less `Age`, else `Expires` less `Date` and `Age` (RFC 9111, 4.2). `no-cache` and `no-store` ask for
    none, whatever stands beside them; `s-maxage` speaks to shared caches. More than a week is no news feed's wish.
    """
    directives = dict(_directives(", ".join(_all(response, "Cache-Control"))))
    if "no-cache" in directives or "no-store" in directives:
        return None
    max_age = directives.get("max-age")
    lifetime = _expires_in(response, now) if max_age is None else _whole_seconds(max_age)
    if lifetime is None:
        return None
    left = lifetime - (_whole_seconds(response.header("Age") or "") or 0.0)
    return left if 0 < left <= LONGEST_HINT_SECONDS else None


def longest_hint(*hints: float | None) -> float | None:
    """The longest of the waits that are asked for, in seconds; None where none is."""
    return max((h for h in hints if h is not None and math.isfinite(h) and h > 0), default=None)


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks to wait, 0 to a day; None where it says nothing readable.

    Seconds or an HTTP date (RFC 9110, 10.2.3).
    """
    text = (header or "").strip()
    seconds = _whole_seconds(text)
    if seconds is None:
        then = http_date(text)
        if then is None:
            return None
        seconds = (then - now).total_seconds()
    return min(max(seconds, 0.0), DAY_SECONDS)


def http_date(text: str) -> datetime | None:
    """A date of an HTTP header in any of its three forms (RFC 9110, 5.6.7); one that names no zone is in UTC."""
    try:
        then = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return then if then.tzinfo else then.replace(tzinfo=UTC)


def _directives(text: str) -> Iterator[tuple[str, str]]:
    for count, found in enumerate(_DIRECTIVE.finditer(text)):
        if count == _MOST_DIRECTIVES:
            return
        yield found[1].lower(), found[2] or found[3] or ""


def _all(response: Response, name: str) -> Iterator[str]:
    return (value for key, value in response.headers if key.lower() == name.lower())


def _expires_in(response: Response, now: datetime) -> float | None:
    """`Expires: 0` and the like mean "already" (RFC 9111, 5.3), which is no wait either."""
    expires = http_date(response.header("Expires") or "")
    if expires is None:
        return None
    return (expires - (http_date(response.header("Date") or "") or now)).total_seconds()


def _whole_seconds(text: str) -> float | None:
    text = text.strip()
    if not re.fullmatch(r"[0-9]+", text):
        return None
    return float(text[:12]) if len(text) <= 12 else 1e12
