"""Articles of a generated warehouse as a run hands them to the loader, and a home in which their pages wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from flows.reading import TOGETHER
from pipeline.ids import stable_id
from pipeline.records import (
    Article,
    Capture,
    Count,
    DateMention,
    Event,
    Mention,
    Participant,
    Place,
    Quantity,
    Span,
    Tags,
    Vector,
)
from tests.bench.big_warehouse import open_bounded
from warehouse.migrate import migrate
from warehouse.pages import UnreadCapture
from warehouse.rows import Reading
from warehouse.told import Text, Told, told_in_all

Row = dict[str, Any]
ARTICLES = """
SELECT a.*, c.fetched_at, c.body_sha256, c.size_bytes, c.warc_file, c.warc_offset
FROM article AS a
JOIN capture AS c USING (capture_id)
ORDER BY a.published_at
LIMIT $most OFFSET $skip
"""
PARTS = ("mention", "place", "date_mention", "quantity", "event_mention")
WAITING = """
INSERT INTO feed BY NAME SELECT * FROM made.feed;
INSERT INTO run BY NAME SELECT * FROM made.run;
INSERT INTO capture BY NAME SELECT * FROM made.capture;
INSERT INTO entry BY NAME SELECT * REPLACE ('fetched' AS status, NULL AS article_id) FROM made.entry;
"""


def make_waiting(made: Path, target: Path) -> None:
    """A warehouse that has fetched all pages of `made` and read none."""
    migrate(target)
    with open_bounded(target) as connection:
        connection.execute(f"ATTACH '{made}' AS made (READ_ONLY)")
        connection.execute(WAITING)


def readings(made: Path, size: int) -> Iterator[list[Reading]]:
    """All articles in the order of their publication, in batches as a run loads them."""
    with duckdb.connect(str(made), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        (total,) = connection.execute("SELECT count(*) FROM article").fetchall()[0]
        for skip in range(0, total, size):
            yield batch_of(connection, skip, size)


def batch_of(connection: duckdb.DuckDBPyConnection, skip: int, size: int) -> list[Reading]:
    """The articles from number `skip` on."""
    articles = rows(connection, ARTICLES, most=size, skip=skip)
    ids = [a["article_id"] for a in articles]
    parts: dict[str, dict[str, list[Row]]] = {}
    for table in PARTS:
        parts[table] = defaultdict(list)
        for row in rows(connection, f"SELECT * FROM {table} WHERE article_id IN (SELECT unnest($ids))", ids=ids):
            parts[table][row["article_id"]].append(row)
    parties: dict[str, list[Row]] = defaultdict(list)
    told = [m["event_mention_id"] for of in parts["event_mention"].values() for m in of]
    for row in rows(
        connection, "SELECT * FROM event_participant WHERE event_mention_id IN (SELECT unnest($ids))", ids=told
    ):
        parties[row["event_mention_id"]].append(row)
    read = [
        replace(
            tags(a["article_id"], {table: parts[table][a["article_id"]] for table in PARTS}, parties),
            vector=Vector(model=a["vector_model"], values=a["vector"]),
        )
        for a in articles
    ]
    texts = [Text(a["text"], t, stable_id(a["url"], 1)) for a, t in zip(articles, read, strict=True)]
    told = [t for start in range(0, len(texts), TOGETHER) for t in told_in_all(texts[start : start + TOGETHER])]
    return [reading(a, t) for a, t in zip(articles, told, strict=True)]


def rows(connection: duckdb.DuckDBPyConnection, sql: str, **values: object) -> list[Row]:
    """The answer by column name."""
    answer = connection.execute(sql, values)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def reading(row: Row, told: Told) -> Reading:
    """One article with what was read in it."""
    capture = Capture(
        capture_id=row["capture_id"], url=row["url"], final_url=row["url"], fetched_at=row["fetched_at"], status=200,
        content_type="text/html", sha256=row["body_sha256"], size_bytes=row["size_bytes"], warc_file=row["warc_file"],
        warc_offset=row["warc_offset"],
    )  # fmt: skip
    unread = UnreadCapture(
        capture=capture, feed_id=row["feed_id"], title=row["title"], authors=(), agency=row["agency"], language="en",
        country=None, published_at=row["published_at"], modified_at=None, content_html=None, attempts=0,
    )  # fmt: skip
    article = Article(
        page_id=row["capture_id"], url=row["url"], title=row["title"], byline=tuple(row["byline"]),
        agency=row["agency"], published_at=row["published_at"], language="en", text=row["text"], extractor="made up",
    )  # fmt: skip
    return Reading(
        unread=unread, article=article, told=told, minhash=tuple(row["minhash"]), url=row["url"],
    )  # fmt: skip


def tags(article_id: str, parts: dict[str, list[Row]], parties: dict[str, list[Row]]) -> Tags:
    """What was read in one article."""
    places = {p["place_id"]: place(p) for p in parts["place"]}
    return Tags(
        document_id=article_id,
        tagger="made up",
        mentions=tuple(
            Mention(start=m["start_offset"], end=m["end_offset"], text=m["mention_text"], label=m["label"],
                    entity_id=m["entity_id"], name=m["mention_text"], country=m["country"], sector=m["sector"])
            for m in parts["mention"]
        ),
        places=tuple(places.values()),
        dates=tuple(
            DateMention(start=d["start_offset"], end=d["end_offset"], text=d["date_text"], date_start=d["date_start"],
                        date_end=d["date_end"], precision="day")
            for d in parts["date_mention"]
        ),
        quantities=tuple(
            Quantity(start=q["start_offset"], end=q["end_offset"], text=q["quantity_text"], low=q["low"],
                     high=q["high"], unit=q["unit"], fate=q["fate"])
            for q in parts["quantity"]
        ),
        events=tuple(event(e, places, parties[e["event_mention_id"]]) for e in parts["event_mention"]),
    )  # fmt: skip


def place(row: Row) -> Place:
    """A place of the gazetteer."""
    return Place(
        start=row["start_offset"], end=row["end_offset"], text=row["place_text"], name=row["place_name"],
        geonameid=row["geonameid"], latitude=row["latitude"], longitude=row["longitude"], country=row["country"],
        admin1=row["admin1"], feature=row["feature"], score=row["score"], precision="city", decided_by="population",
    )  # fmt: skip


def event(row: Row, places: dict[str, Place], parties: list[Row]) -> Event:
    """One coded event."""

    def side(role: str) -> tuple[Participant, ...]:
        return tuple(
            Participant(start=p["start_offset"], end=p["end_offset"], text=p["participant_text"],
                        entity_id=p["entity_id"], country=p["country"], sector=p["sector"])
            for p in parties if p["role"] == role
        )  # fmt: skip

    low = row["killed_low"]
    return Event(
        type=row["event_type"], mode=row["mode"], contexts=(), quad=row["quad"], scale=row["scale"],
        trigger=Span(row["start_offset"], row["end_offset"], row["trigger_text"]),
        sentence_start=row["sentence_start"], sentence_end=row["sentence_end"], actors=side("actor"),
        recipients=side("recipient"), place=places[row["place_id"]], place_from="attached",
        date_start=row["date_start"], date_end=row["date_end"], date_text=row["date_text"],
        date_precision=row["date_precision"], killed=Count(low=low, high=low, text=str(low)) if low else None,
        wounded=None, arrested=None, polarity="affirmed", modality=row["modality"], attribution=row["attribution"],
        part="lead", happening=row["happening"], confidence=row["confidence"], rule=row["rule"],
    )  # fmt: skip
