"""What a backfill logs: as the settings say, each record with its run, those of batches with their file."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows import backfill as module
from flows import manual
from flows.backfilling import Backfill
from flows.choosing import choose
from flows.logs import OURS, start_logs
from flows.opening import open_warehouse
from flows.progress import Silent, listen
from pipeline.settings import load_settings
from tests.flows.archives import load_all, settings_of
from tests.flows.home import make_home
from tests.flows.test_backfill_broken import Reading, workers

NEWS = '{"url": "https://a.example/1", "text": "x"}\n{"url": 5}\n'


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], list[dict[str, str]]]]:
    """The records on standard error; logging is as before afterwards."""
    factory, loggers = logging.getLogRecordFactory(), [logging.getLogger(name) for name in (*OURS, "prefect")]
    before = [(logger, logger.handlers, logger.propagate, logger.level) for logger in loggers]
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    listen(Silent())
    logging.setLogRecordFactory(factory)
    for logger, handlers, propagate, level in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text(NEWS)
    return path


def test_a_batch_is_told_with_its_run_and_file_and_what_failed_in_it(
    told: Callable[[], list[dict[str, str]]], archive: Path, tmp_path: Path
) -> None:
    home = make_home(tmp_path / "home", [])
    start_logs("json")
    load_all(home, [archive], workers)
    records = told()
    assert {len(record["run"]) for record in records} == {32}
    assert [record["message"] for record in records if record.get("file") == str(archive)] == [
        "read to its end: 0 pages loaded, 0 known"
    ]
    failed = {record["url"]: record["message"] for record in records if "url" in record}
    assert failed == {
        f"{archive.as_uri()}#line=2": "fetch failed: no_address: no object with an address as its url",
        "https://a.example/1": "extract failed: no_text: not read",
    }


@pytest.mark.parametrize("fails", [False, True])
def test_the_flow_tells_a_runs_beginning_and_its_end(
    told: Callable[[], list[dict[str, str]]],
    archive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fails: bool,
) -> None:
    def take(work: Backfill) -> None:
        if fails:
            raise OSError("no room")
        for batch in work.batches():
            work.read(batch)
            work.load(batch)

    settings = settings_of(make_home(tmp_path / "home", []))
    monkeypatch.setattr(module, "take", take)  # without Prefect's tasks, which ask its server
    monkeypatch.setattr(module, "get_run_logger", lambda: logging.getLogger("prefect"))
    monkeypatch.setattr(module, "open_runner", lambda *_: Reading())
    monkeypatch.setattr(module, "report", lambda *_: None)  # its artifacts would ask for a server, too
    monkeypatch.setattr(module, "report_failure", lambda *_: None)
    start_logs("json")
    chosen = choose(settings, [str(archive)], "processes", None, None, None, None)
    with open_warehouse(settings) as warehouse:
        if fails:
            with pytest.raises(OSError, match="no room"):
                module.run_backfill(settings, warehouse, chosen)
        else:
            run_id = module.run_backfill(settings, warehouse, chosen).run.run_id
    records = [record for record in told() if "brief.html" not in record["message"]]
    first, last = records[0], records[-1]
    assert first["message"] == "the run begins: 1 files are listed"
    assert last["message"].startswith("the run failed: OSError" if fails else "the run ends: 1 files (0 read before)")
    assert len({record["run"] for record in records}) == 1
    assert fails or first["run"] == run_id


def test_the_command_logs_as_the_settings_say(
    told: Callable[[], list[dict[str, str]]], archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flow(**_: Any) -> Any:
        logging.getLogger("flows.backfill").info("said")
        raise KeyboardInterrupt

    settings = load_settings(home=make_home(tmp_path / "home", []), log="json")
    monkeypatch.setattr(module, "backfill", flow)
    monkeypatch.setattr(manual, "hush", lambda: None)  # it would stay in the environment
    options = {"runner": "processes", "address": None, "languages": None, "limit": None, "feed": None}
    with pytest.raises(KeyboardInterrupt):
        manual.run_backfill(settings, [str(archive)], **options)
    assert [record["message"] for record in told()] == ["said"]
