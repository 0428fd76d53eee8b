"""A small home made without a run, and what a run does in it, Prefect and network left aside."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from flows.opening import open_warehouse
from flows.reap import bury
from flows.session import Session
from pipeline.fetch import Archive
from pipeline.records import Response
from pipeline.settings import Settings, load_settings
from tests.warehouse.build import WIRE, entry, poll, reading
from warehouse.load import load_readings
from warehouse.pages import record_fetches, unread_captures
from warehouse.publish import publish
from warehouse.query import ask
from warehouse.runs import begin_run, end_run
from warehouse.store import Warehouse

LONG_AGO = datetime(2026, 11, 20, 12, tzinfo=UTC)


def small_home(folder: Path, warehouse: str = "") -> Settings:
    """A home with two captured pages, one of them loaded, published; `warehouse` names a lake."""
    settings = load_settings(home=folder, warehouse=warehouse)
    folder.mkdir(parents=True, exist_ok=True)
    settings.feeds_file.write_text(f'[[feed]]\nid = "wire"\nurl = "{WIRE.url}"\n')
    with open_warehouse(settings) as opened:
        begin(opened, "run-1", LONG_AGO)
        poll(opened, [entry(1), entry(2)])
        with Archive(settings.home, settings.raw, "run-1") as archive:
            captures = [archive.write(page(n)) for n in (1, 2)]
        record_fetches(opened, "run-1", LONG_AGO, captures, [])
        first, _ = unread_captures(opened)
        load_readings(opened, "run-1", LONG_AGO, [reading(first)], [])
        with opened.transaction(of_book=True) as cursor:
            end_run(cursor, "run-1", LONG_AGO, "completed")
        publish(opened, settings.published)
    return settings


def page(number: int) -> Response:
    """An answer."""
    url = f"https://wire.example/{number}"
    return Response(
        url=url, final_url=url, status=200, headers=(), body=b"page %d" % number, fetched_at=LONG_AGO, elapsed_ms=1
    )


def begin(warehouse: Warehouse, run_id: str, at: datetime) -> None:
    """A run enters the book."""
    begin_run(warehouse, run_id, at, flow="ingest", version="0", flow_run_id=None)


def next_run(settings: Settings) -> int:
    """The next run of a home, which finds nothing new; the number of articles that readers see then."""
    run_id = uuid4().hex
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        bury(settings, warehouse)
        begin(warehouse, run_id, datetime.now(UTC))
        with Session(settings, [WIRE], run_id, warehouse) as session:
            session.group()
            session.publish()
            with warehouse.transaction(of_book=True) as cursor:
                assert session.complete(cursor).status == "completed"
    ((articles,),) = ask(settings.published, "SELECT count(*) FROM article").rows
    assert isinstance(articles, int)
    return articles
