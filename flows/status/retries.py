"""What tries again what failed: pure, by what there is."""

from __future__ import annotations

from datetime import datetime

from warehouse.status import LAYOUT_REASONS, FailureGroup

CRASHES = ("crashed", "timeout", "memory")  # a rebuild reads such pages again only with --all
UNREADABLE = "unreadable"  # a part of an archive that the next backfill reads on from
MOST_FEEDS = 3  # named in a command


def retry_of(group: FailureGroup, now: datetime) -> str:
    """What becomes of failures of one kind: what tries them again by itself, and which command does so now."""
    if not group.failing:
        return "none fails any more"
    told = [by_itself(group, now), command(group)]
    return "; ".join(part for part in told if part) or "not tried again"


def by_itself(group: FailureGroup, now: datetime) -> str:
    """When runs try some of them again."""
    if not group.again or group.again_at is None:
        return ""
    when = f"after {group.again_at:%m-%d %H:%M}" if group.again_at > now else "in the next run"
    rest = group.failing - group.again
    return f"again {when}" + (f" ({rest} of {group.failing} not)" if rest else "")


def command(group: FailureGroup) -> str:
    """The command that tries them again; "" where none does. The same version reads the same page the same way."""
    if group.stage == "poll":
        chosen = " ".join(f"--feed {feed_id}" for feed_id in group.feeds[:MOST_FEEDS])
        more = len(group.feeds) - MOST_FEEDS
        return f"now: dateline ingest {chosen}" + (f" (and {more} more)" if more > 0 else "")
    if group.stage == "extract" and group.kept:
        again = "dateline rebuild --stage extract"
        if group.reason in CRASHES:
            return f"now: {again} --all"
        return f"by a better version: {again}" if group.reason in LAYOUT_REASONS else ""  # a picture stays one
    if group.flow == "backfill" and group.reason == UNREADABLE:
        return "now: dateline backfill, with the same paths"
    return ""
