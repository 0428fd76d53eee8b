"""Stored texts read again by another tagger: which ones, what their events were before, and how the new tags replace
the old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Document, Event
from warehouse.gathered import TaggedArticle
from warehouse.load import write_tags
from warehouse.rows import vector_columns
from warehouse.store import Row, Warehouse, batch, fetch_rows, statement, update
from warehouse.tallies import untally

OF_TEXT = ("mention", "place", "date_mention", "quantity", "event_mention")  # tables whose rows are of one article


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """An article's text as its tagger was given it."""

    article_id: str
    url: str
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """An event in few words: where it is told, and what was made of it."""

    sentence: str
    start: int  # of the trigger
    end: int
    event_type: str
    mode: str | None
    polarity: str
    modality: str
    place: str | None
    dates: tuple[object, object]
    tolls: tuple[int | None, int | None, int | None]  # killed, wounded, arrested, at least
    actors: tuple[str, ...]
    recipients: tuple[str, ...]

    @property
    def key(self) -> tuple[int, int, str]:
        """The same event read by two taggers has the same."""
        return self.start, self.end, self.event_type


def stored_texts(
    warehouse: Warehouse, tagger: str, *, every: bool, feeds: Sequence[str] | None, limit: int | None
) -> list[StoredText]:
    """Texts of latest articles that another tagger read (`every`: also those that this one read)."""
    values = {"tagger": tagger, "every": every, "feeds": list(feeds) if feeds else None, "most": limit or 2**31}
    with warehouse.transaction() as cursor:
        rows = fetch_rows(cursor, "stored_texts", **values)
    return [
        StoredText(
            article_id=row.pop("article_id"),
            url=row["url"],
            document=Document(document_id=row.pop("url"), **row),
        )
        for row in rows
    ]


def stored_codings(warehouse: Warehouse, texts: Sequence[StoredText]) -> dict[str, list[Coding]]:
    """By article: its events as the warehouse has them."""
    with warehouse.transaction() as cursor:
        rows = fetch_rows(cursor, "stored_codings", articles=[t.article_id for t in texts])
    found: dict[str, list[Coding]] = {}
    for row in rows:
        coding = Coding(
            sentence=row["sentence_text"],
            start=row["start_offset"],
            end=row["end_offset"],
            event_type=row["event_type"],
            mode=row["mode"],
            polarity=row["polarity"],
            modality=row["modality"],
            place=row["place_text"],
            dates=(row["date_start"], row["date_end"]),
            tolls=(row["killed_low"], row["wounded_low"], row["arrested_low"]),
            actors=tuple(row["actors"] or ()),
            recipients=tuple(row["recipients"] or ()),
        )
        found.setdefault(row["article_id"], []).append(coding)
    return found


def coding_of(event: Event, text: str) -> Coding:
    """A new event as it would be read back from the warehouse."""
    killed, wounded, arrested = (c.low if c else None for c in (event.killed, event.wounded, event.arrested))
    return Coding(
        sentence=text[event.sentence_start : event.sentence_end],
        start=event.trigger.start,
        end=event.trigger.end,
        event_type=event.type,
        mode=event.mode,
        polarity=event.polarity,
        modality=event.modality,
        place=event.place.text if event.place else None,
        dates=(event.date_start, event.date_end),
        tolls=(killed, wounded, arrested),
        actors=tuple(p.text for p in event.actors),
        recipients=tuple(p.text for p in event.recipients),
    )


def store_retagged(warehouse: Warehouse, run_id: str, articles: Sequence[TaggedArticle]) -> None:
    """Put the new tags in the place of the old, in one transaction; grouping makes their events anew."""
    rows: list[Row] = [
        {
            "article_id": a.article_id,
            "tagger": a.told.tagger,
            "tag_status": a.told.status,
            "run_id": run_id,
            **vector_columns(a.told.vector),
        }
        for a in articles
    ]
    if not rows:
        return
    with warehouse.transaction() as cursor:
        with batch(cursor, "article", rows):
            untally(cursor, run_id)
            for name in ("unlink_events", "forget_aliases", "forget_parties"):
                cursor.execute(statement(name))
            for table in OF_TEXT:
                cursor.execute(f"DELETE FROM {table} WHERE article_id IN (SELECT article_id FROM batch)")
            cursor.execute(statement("forget_events"))
        write_tags(cursor, run_id, articles)
        for name in ("mark_retagged", "renew_similarities"):
            update(cursor, name, "article", rows)
