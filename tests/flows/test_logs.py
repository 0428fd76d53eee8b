"""Log records: what they are about, in both forms, without secrets, and nothing in them that steers a terminal."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextvars import copy_context
from io import StringIO
from threading import Thread

import pytest

from flows.logs import OURS, start_logs, start_run_logs
from pipeline.logs import about, told_about
from pipeline.settings import Settings

log = logging.getLogger("flows.test")


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """What went to standard error; logging is as before afterwards."""
    factory, loggers = logging.getLogRecordFactory(), [logging.getLogger(name) for name in OURS]
    before = [(logger, logger.handlers, logger.propagate, logger.level) for logger in loggers]
    yield lambda: capsys.readouterr().err
    logging.setLogRecordFactory(factory)
    for logger, handlers, propagate, level in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_plain_lines_have_time_level_ids_and_message(lines: Callable[[], str]) -> None:
    start_logs()
    with about(run="r1"), about(feed="harbour", article=None):
        log.info("%d entries", 3)
    log.debug("not said")
    assert lines().split(" ", 2)[2] == "INFO run=r1 feed=harbour: 3 entries\n"


def test_json_lines_are_objects_with_the_ids_as_fields(lines: Callable[[], str]) -> None:
    start_logs("json", "debug")
    with about(run="r1", feed='"]\n', capture="c1"):
        log.debug("read \x1b[31m %s", "x\u202ey")
    line = lines()
    assert line.count("\n") == 1
    told = json.loads(line)
    assert told.pop("time").endswith("+00:00")
    assert told == {
        **{"level": "debug", "logger": "flows.test", "message": r"read \x1b[31m x\u202ey"},
        **{"run": "r1", "feed": '"]\n', "capture": "c1"},
    }


@pytest.mark.parametrize("form", ["plain", "json"])
def test_no_secret_and_no_control_character_is_logged(lines: Callable[[], str], form: str) -> None:
    start_logs(form)  # type: ignore[arg-type]
    url = "https://ana:pw1@wire.example/rss?token=5ecret"
    with about(feed="harbour", url=url):
        log.warning("asked %s\x1b[2J\nthen %s", url, {"url": url})
        try:
            raise ValueError(f"{url} \x1b]0;title\x07")
        except ValueError:
            log.exception("it failed")
    told = lines()
    assert "5ecret" not in told
    assert "pw1" not in told
    assert "ValueError" in told
    assert "token=***" in told
    assert not any(ord(c) < 32 and c != "\n" for c in told)


def test_records_of_libraries_are_guarded_as_well(lines: Callable[[], str]) -> None:
    """Prefect and httpx log addresses with handlers of their own."""
    start_logs()
    seen = StringIO()
    handler = logging.StreamHandler(seen)
    other = logging.getLogger("another.library")
    other.addHandler(handler)
    try:
        other.warning("HTTP Request: GET %s", "https://wire.example/rss?api_key=5ecret")
        logging.getLogger("httpx").info("HTTP Request: GET https://wire.example/")
    finally:
        other.removeHandler(handler)
    assert seen.getvalue() == "HTTP Request: GET https://wire.example/rss?api_key=***\n"
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert not logging.getLogger("httpcore").isEnabledFor(logging.WARNING)


@pytest.mark.parametrize(
    ("values", "by_hand", "level"),
    [
        ({}, True, logging.WARNING),
        ({}, False, logging.INFO),
        ({"log": "json"}, True, logging.INFO),
        ({"log_level": "debug"}, True, logging.DEBUG),
        ({"log": "plain", "log_level": "error"}, False, logging.ERROR),
    ],
)
def test_a_run_by_hand_is_quiet_unless_it_is_asked(
    lines: Callable[[], str], values: dict[str, str], by_hand: bool, level: int
) -> None:
    start_run_logs(Settings(**values), by_hand=by_hand)  # type: ignore[arg-type]
    assert logging.getLogger("flows").level == level


def test_ids_end_with_their_block_and_stay_in_their_thread() -> None:
    seen: list[object] = []
    with about(run="r1"):
        other = Thread(target=lambda: seen.append(dict(told_about())))
        other.start()
        other.join()
        assert copy_context().run(lambda: dict(told_about())) == {"run": "r1"}
    assert seen == [{}]
    assert told_about() == {}
