"""`dateline demo`: the real flow over the made-up wire of `pipeline.demo`, then three of the shipped questions."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from flows.answers import table_of, wide_console
from flows.manual import run_ingest
from pipeline.demo import DemoWire
from pipeline.errors import ConfigError
from pipeline.records import Feed
from pipeline.settings import load_settings
from pipeline.sources import add_feed
from warehouse.query import ask
from warehouse.questions import question

SHOWN = ("who_did_what", "deaths_by_week", "down_to_the_page")
MARK = ".dateline-demo"  # only a folder that holds this file is ever removed
PORT = 21525  # ids are made of addresses: with the same port they are those that the README shows


def run_demo(home: Path) -> None:
    """Ingest the demo wire into a fresh home and print what came of it."""
    console = wide_console(sys.stdout)
    settings = load_settings(home=home)
    if settings.warehouse:
        raise ConfigError("DATELINE_WAREHOUSE", "is set: made-up news would be among yours", "unset it for the demo")
    fresh_home(home, settings.labels_file)
    with wire_at(PORT) as wire:
        list_feeds(settings.feeds_file, wire.feeds)
        console.print(f"A made-up wire of {len(wire.feeds)} feeds is served at {wire.base_url}.")
        console.print("Some of it is broken on purpose: the failures below are what an operator would see.\n")
        run_ingest(settings, feeds=None, limit=None)
    for asked in map(question, SHOWN):
        console.rule(asked.asks, align="left")
        console.print(table_of(ask(settings.published, asked.sql)))
        console.print()
    console.print(f'Go on with SQL:  dateline sql --home {home} "FROM event_feed LIMIT 5"', markup=False)
    console.print(f"More questions:  dateline questions, then dateline sql --home {home} NAME", markup=False)
    console.print(f"or open {settings.published} with any DuckDB client.", markup=False)
    console.print(f"What happened:   dateline brief --home {home} --since 30d --open, a page to look at;", markup=False)
    console.print(f"                 each run leaves {settings.brief}, of the last 24 hours.", markup=False)
    console.print(f"Is all well:     dateline status --home {home}", markup=False)
    console.print("Your own feeds:  dateline feeds list, then dateline ingest or dateline serve.", markup=False)


def wire_at(port: int) -> DemoWire:
    """The wire at that port, or at another where somebody else has it."""
    try:
        return DemoWire(port=port)
    except OSError:
        return DemoWire()


def fresh_home(home: Path, labels: Path) -> None:
    """An empty folder for the demo. One that the demo did not make, or that holds labels, is never touched."""
    if home.exists() and any(home.iterdir()) and not (home / MARK).exists():
        raise ConfigError(str(home), "is in use and was not made by the demo", "give another folder with --home")
    if labels.exists():
        right = "move it away, or give another folder with --home"
        raise ConfigError(str(labels), "holds your labels, which a demo made afresh would delete", right)
    try:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        (home / MARK).write_text("Made by `dateline demo`, which may delete this folder.\n", "utf-8")
    except OSError as error:
        raise ConfigError(str(home), f"cannot be written ({error.strerror})", "give another folder") from error


def list_feeds(path: Path, feeds: tuple[Feed, ...]) -> None:
    """A feeds.toml of the wire's feeds."""
    path.write_text("# The feeds of the demo's made-up wire.\n", "utf-8")
    for feed in feeds:
        add_feed(path, feed)
