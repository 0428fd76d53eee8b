"""Feeds that move: which redirects name a new address, and when they are believed.

One 301 may be a slip of the server's configuration or a hotel's login page; the same one on several polls over a day
is a move.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urldefrag

from pipeline.records import Response

SEEN_LEAST = 3
SEEN_OVER = timedelta(hours=24)
_PERMANENT = {301, 308}  # RFC 9110, 15.4.2 and 15.4.9; 302, 303 and 307 are for this once


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveEvidence:
    """An address that permanent redirects lead to: on how many polls in a row, and since when."""

    url: str
    seen: int
    since: datetime


def permanent_target(response: Response) -> str | None:
    """The address that the answered one has moved to for good, without fragment; None where it has not.

    What the unbroken chain of 301 and 308 from the start reaches: the first other redirect ends it. A way from
    https to http is no move, nor is one back to the asked address. Ask it only of an answer that was a feed.
    """
    asked, target = urldefrag(response.url).url, None
    for hop in response.redirects:
        if hop.status not in _PERMANENT:
            break
        target = urldefrag(hop.url).url
    if target is None or target == asked or (_is_secure(asked) and not _is_secure(target)):
        return None
    return target


def weigh(evidence: MoveEvidence | None, target: str | None, now: datetime) -> MoveEvidence | None:
    """The evidence after one more good poll, which was sent to `target` for good, or (None) was not."""
    if target is None:
        return None
    if evidence is None or evidence.url != target:
        return MoveEvidence(url=target, seen=1, since=now)
    return replace(evidence, seen=evidence.seen + 1)


def is_confirmed(evidence: MoveEvidence | None, now: datetime) -> bool:
    """Has this redirect been seen on 3 polls in a row or more, over a day or more?"""
    return evidence is not None and evidence.seen >= SEEN_LEAST and now - evidence.since >= SEEN_OVER


def _is_secure(url: str) -> bool:
    return url[:8].lower() == "https://"
