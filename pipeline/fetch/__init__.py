"""Fetch: the only user of the network. `Client` asks, `policy` decides when, `Archive` keeps what came."""

from pipeline.fetch.archive import Archive, ArchiveError, read_capture, unwritten
from pipeline.fetch.captured import text_response
from pipeline.fetch.folder import DroppedFile, Seen, SeenFile, list_new, read_file
from pipeline.fetch.gate import Patience
from pipeline.fetch.habits import WINDOW_DAYS, Habit
from pipeline.fetch.hints import retry_after_seconds
from pipeline.fetch.http import Client, Fetcher, Limits, StatusError, user_agent
from pipeline.fetch.memory import Answer, FeedMemory, after_answer, after_failure
from pipeline.fetch.moves import MoveEvidence
from pipeline.fetch.policy import Bounds, FeedState, PollOutcome, is_due, retry_at
from pipeline.fetch.robots import Robots, RobotsText
from pipeline.fetch.upkeep import Repaired, find_torn, prunable, prune, repair, warc_files

__all__ = [
    "WINDOW_DAYS",
    "Answer",
    "Archive",
    "ArchiveError",
    "Bounds",
    "Client",
    "DroppedFile",
    "FeedMemory",
    "FeedState",
    "Fetcher",
    "Habit",
    "Limits",
    "MoveEvidence",
    "Patience",
    "PollOutcome",
    "Repaired",
    "Robots",
    "RobotsText",
    "Seen",
    "SeenFile",
    "StatusError",
    "after_answer",
    "after_failure",
    "find_torn",
    "is_due",
    "list_new",
    "prunable",
    "prune",
    "read_capture",
    "read_file",
    "repair",
    "retry_after_seconds",
    "retry_at",
    "text_response",
    "unwritten",
    "user_agent",
    "warc_files",
]
