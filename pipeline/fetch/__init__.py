"""Fetch: the only user of the network. `Client` asks, `policy` decides when, `Archive` keeps what came."""

from pipeline.fetch.archive import Archive, ArchiveError, read_capture
from pipeline.fetch.http import Client, Fetcher, Limits, StatusError, user_agent
from pipeline.fetch.policy import FeedState, PollOutcome, is_due, next_poll, retry_after_seconds, retry_at

__all__ = [
    "Archive",
    "ArchiveError",
    "Client",
    "FeedState",
    "Fetcher",
    "Limits",
    "PollOutcome",
    "StatusError",
    "is_due",
    "next_poll",
    "read_capture",
    "retry_after_seconds",
    "retry_at",
    "user_agent",
]
