"""A small published warehouse with two reports of one attack, for tests of what leads back from a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pipeline.records import DateMention, Event, Mention, Participant, Quantity
from tests.warehouse.build import NOON, PAPER, RUN, TEXT, WIRE, assault, entry, fetch, poll, reading, tags_of
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.pages import UnreadCapture, unread_captures
from warehouse.publish import publish
from warehouse.rows import Reading
from warehouse.store import Warehouse

RULE = "assault.attack.attack"
COPY = TEXT + " (Editing by the desk)"


def attack(text: str) -> Event:
    """The attack of TEXT with its day, said to be told by the governor."""
    herders = text.index("three herders")
    return replace(
        assault(text),
        rule=RULE,
        recipients=(
            Participant(start=herders, end=herders + 13, text="three herders", country="IRQ", entity_id="herders"),
        ),
        place_from="attached",
        date_start=date(2026, 11, 20),
        date_end=date(2026, 11, 20),
        date_text="Friday",
        date_precision="day",
        attribution="the governor",
        part="lead",
        in_headline=True,
    )


def promise(text: str) -> Event:
    """What is only planned: in no event."""
    start, first, army = text.index("leave"), text.index("The governor"), text.index("the army")
    return replace(
        assault(text),
        type="RETREAT",
        mode="withdraw",
        rule="of-another-version",
        trigger=replace(assault(text).trigger, start=start, end=start + 5, text="leave"),
        sentence_start=first,
        sentence_end=text.index("week.") + 5,
        actors=(Participant(start=army, end=army + 8, text="the army"),),
        place=None,
        killed=None,
        modality="planned",
        in_headline=False,
    )


def read(unread: UnreadCapture, text: str, events: list[Event]) -> Reading:
    """A captured page with those events, and the date, number and name of its first sentence."""
    friday, three, herders = text.index("Friday"), text.index("three"), text.index("herders")
    friday, three, herders = text.index("Friday"), text.index("three"), text.index("herders")
    named = Mention(
        start=herders, end=herders + 7, text="herders", label="NORP", entity_id="herders", name="Herders of Rawa"
    )
    day = date(2026, 11, 20)
    dated = DateMention(start=friday, end=friday + 6, text="Friday", date_start=day, date_end=day, precision="day")
    number = Quantity(start=three, end=three + 5, text="three", low=3, high=3, unit="herder", fate="killed")
    mentions = (*tags_of(text).mentions, named)
    return reading(unread, text, events, mentions=mentions, dates=(dated,), quantities=(number,))


def publish_reports(home: Path) -> Path:
    """Two reports of the attack and, in the first, a promise; a third article without events. The published file."""
    with Warehouse.open(home / "live" / "warehouse.duckdb", home / "live" / "lock") as warehouse:
        texts = {1: (TEXT, [attack(TEXT), promise(TEXT)]), 2: (COPY, [attack(COPY)]), 3: (TEXT * 2, [])}
        for number, (text, events) in texts.items():
            at = NOON + timedelta(hours=number)
            poll(warehouse, [entry(number, published_at=at)], PAPER if number % 2 else WIRE)
            fetch(warehouse, f"https://wire.example/{number}")
            load_readings(warehouse, RUN, at, [read(u, text, events) for u in unread_captures(warehouse)], [])
        group_all(warehouse, RUN)
        publish(warehouse, home / "dateline.duckdb")
    return home / "dateline.duckdb"
