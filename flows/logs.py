"""What a run says while it works: lines for people or JSON for machines, on standard error.

Each record has the run, and the feed, page or article that it is about (`pipeline.logs`). Addresses are masked and
texts made safe to show in every record of this process, also those of Prefect and of libraries.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from flows.visible import json_line, lines, one_line
from pipeline.logs import told_about
from pipeline.secrets import masked_text
from pipeline.settings import Settings

Form = Literal["plain", "json"]
OURS = ("flows", "pipeline", "warehouse")
# They tell of every request, or of every odd byte of a page: what matters of that is in the tables poll and failure.
CHATTY = ("httpx", "httpcore", "warcio", "trafilatura", "htmldate", "charset_normalizer", "urllib3")

_make_record = logging.getLogRecordFactory()


def start_run_logs(settings: Settings, *, by_hand: bool) -> None:
    """As the settings say. Without them a run by hand, which tells its failures at the end, logs only warnings."""
    quiet = by_hand and settings.log is None
    start_logs(settings.log or "plain", settings.log_level or ("warning" if quiet else "info"))


def start_logs(form: Form = "plain", level: str = "info") -> None:
    """Send what Dateline logs from `level` up to standard error, and watch over what anybody logs in this process."""
    guard_logs()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if form == "json" else Plain())
    for name in OURS:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level.upper())


def guard_logs() -> None:
    """Mask and make safe what is logged from now on, and quieten libraries; a second call changes nothing."""
    logging.setLogRecordFactory(guarded)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.ERROR)
    for name in ("warcio", "trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def guarded(*args: Any, **values: Any) -> logging.LogRecord:
    """A record that shows no secret and steers no terminal, and knows what it is about."""
    record = _make_record(*args, **values)
    record.about = {name: masked_text(value) for name, value in told_about().items()}
    try:
        told = record.getMessage()
    except (TypeError, ValueError):  # a library's arguments that do not fit: logging itself tells
        return record
    safe = lines(masked_text(told))
    if safe != told:
        record.msg, record.args = safe, None
    if record.exc_info and record.exc_info[1] is not None:
        record.exc_text = lines(masked_text("".join(traceback.format_exception(record.exc_info[1])).rstrip()))
    return record


class Plain(logging.Formatter):
    """`2026-11-29 12:00:00 WARNING run=1f… feed=harbour: the server … answered 403`"""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the lines of an exception under it."""
        ids = "".join(f" {name}={one_line(value)}" for name, value in ids_of(record).items())
        line = f"{at(record):%Y-%m-%d %H:%M:%S} {record.levelname}{ids}: {one_line(record.getMessage())}"
        return f"{line}\n{record.exc_text}" if record.exc_text else line


class Json(logging.Formatter):
    """An object a line: time (UTC), level, logger, message, ids, and an exception's lines where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = {
            "time": at(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **ids_of(record),
        }
        return json_line({**told, "exception": record.exc_text} if record.exc_text else told)


def at(record: logging.LogRecord) -> datetime:
    """When it was made."""
    return datetime.fromtimestamp(record.created, UTC)


def ids_of(record: logging.LogRecord) -> Mapping[str, str]:
    """The ids of a record; of one that was made before `guard_logs`, none."""
    found: Mapping[str, str] = getattr(record, "about", {})
    return found
