"""Events of the published warehouse as files that others read: Parquet, CSV, NDJSON, GeoJSON, GDELT's form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from pipeline.errors import ConfigError
from warehouse.gdelt import write_gdelt
from warehouse.query import reader
from warehouse.store import Cursor, statement

EXACT = ("point", "city", "admin2")  # precisions of a place that a point on a map may stand for
SETS = {"events": "event_feed", "reports": "event_reports"}
BATCH = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which events: days from `since` to `until`, both included, and a condition on columns of event_feed."""

    since: date | None = None
    until: date | None = None
    where: str | None = None


def export(published: Path, form: str, folder: Path, selection: Selection) -> dict[str, int]:
    """Write the selected events into a new folder; the rows written, by what they are.

    ConfigError when the format is unknown or the folder is not empty or cannot be written, WarehouseError when the
    condition is wrong.
    """
    if form not in FORMATS:
        raise ConfigError("dateline export", f"format {form!r} is unknown", f"one of {', '.join(FORMATS)}")
    with reader(published) as cursor:
        choose(cursor, selection)
        make_empty(folder)
        return FORMATS[form](cursor, folder)


def choose(cursor: Cursor, selection: Selection) -> None:
    """The ids of the selected events as the temporary table `chosen`."""
    picked = cursor.view("event_feed")
    day = duckdb.ColumnExpression("event_day")
    if selection.since:
        picked = picked.filter(day >= duckdb.ConstantExpression(selection.since))
    if selection.until:
        picked = picked.filter(day <= duckdb.ConstantExpression(selection.until))
    if selection.where:
        picked = picked.filter(selection.where)
    picked = picked.select("event_id")
    cursor.execute("CREATE OR REPLACE TEMP TABLE chosen AS FROM picked")


def make_empty(folder: Path) -> None:
    """The folder, made where it is not there; ConfigError when it holds anything."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ConfigError(str(folder), "is not empty: old and new files would mix", "name a new folder")
    except OSError as error:
        raise ConfigError(str(folder), f"cannot be written ({error.strerror})") from error


def write_parquet(cursor: Cursor, folder: Path) -> dict[str, int]:
    """`events/year=2026/month=11/*.parquet`, and `reports/` likewise, zstd; meanings as metadata of file and field."""
    return {name: write_partitions(cursor, folder / name, name, view) for name, view in SETS.items()}


def write_partitions(cursor: Cursor, folder: Path, name: str, view: str) -> int:
    """One set as a partitioned Parquet dataset; its rows."""
    comments = meanings(cursor, view)
    batches = cursor.execute(statement(f"export_{name}_by_month")).to_arrow_reader(BATCH)
    schema = described(batches.schema, comments)
    rows = 0

    def counted() -> Iterator[pa.RecordBatch]:
        nonlocal rows
        for batch in batches:
            rows += batch.num_rows
            yield batch.cast(schema)

    parquet = ds.ParquetFileFormat()
    ds.write_dataset(
        counted(),
        folder,
        schema=schema,
        format=parquet,
        file_options=parquet.make_write_options(compression="zstd"),
        partitioning=ds.partitioning(pa.schema([("year", pa.int64()), ("month", pa.int64())]), flavor="hive"),
        basename_template=f"{name}-{{i}}.parquet",
        max_partitions=4096,  # months: three centuries
    )
    return rows


def described(schema: pa.Schema, comments: Mapping[str, str]) -> pa.Schema:
    """The schema with what each column means: on the field as `comment`, in the file as `comment.COLUMN`."""
    fields = [f.with_metadata({"comment": comments[f.name]}) if f.name in comments else f for f in schema]
    whole = {
        f"comment.{name}" if name else "comment": comments[name] for name in ("", *schema.names) if name in comments
    }
    return pa.schema(fields, metadata=whole)


def meanings(cursor: Cursor, view: str) -> dict[str, str]:
    """What the columns of a view mean, by name; "" has what a row is. One name means the same in every table."""
    return dict(cursor.execute(statement("meanings"), {"view": view}).fetchall())


def write_csv(cursor: Cursor, folder: Path) -> dict[str, int]:
    """`events.csv` and `reports.csv`: with a head, quoted where needed; NULL is an empty field, a list is JSON."""
    for name in SETS:
        relation = cursor.sql(statement(f"export_{name}"))
        relation.select(*flat_columns(relation)).write_csv(str(folder / f"{name}.csv"), header=True)
    return counts(cursor)


def flat_columns(relation: duckdb.DuckDBPyRelation) -> Iterator[duckdb.Expression]:
    """The columns of a relation, lists as JSON."""
    for name, kind in zip(relation.columns, relation.types, strict=True):
        column = duckdb.ColumnExpression(name)
        is_list = str(kind).endswith("[]")
        yield duckdb.FunctionExpression("to_json", column).cast("VARCHAR").alias(name) if is_list else column


def write_ndjson(cursor: Cursor, folder: Path) -> dict[str, int]:
    """`events.ndjson` and `reports.ndjson`: an object a line."""
    return {name: write_lines(folder / f"{name}.ndjson", records(cursor, name)) for name in SETS}


def write_lines(path: Path, rows: Iterator[dict[str, object]]) -> int:
    """JSON Lines; the number of lines."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(dumped(row) + "\n")
            count += 1
    return count


def write_geojson(cursor: Cursor, folder: Path) -> dict[str, int]:
    """`events.geojson` (RFC 7946): a feature an event; one that no point can stand for has no geometry."""
    count = 0
    with (folder / "events.geojson").open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for row in records(cursor, "events"):
            file.write(("\n" if not count else ",\n") + dumped(feature(row)))
            count += 1
        file.write("\n]}\n")
    return {"events": count}


def feature(row: Mapping[str, object]) -> dict[str, object]:
    """An event as a feature. The middle of a country or province is no place where anything happened."""
    exact = row["place_precision"] in EXACT and row["longitude"] is not None and row["latitude"] is not None
    point = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]} if exact else None
    properties = {name: value for name, value in row.items() if name not in ("latitude", "longitude")}
    return {"type": "Feature", "id": row["event_id"], "geometry": point, "properties": properties}


def records(cursor: Cursor, name: str) -> Iterator[dict[str, object]]:
    """The chosen events or their reports, a dict a row."""
    relation = cursor.execute(statement(f"export_{name}"))
    names = [column[0] for column in relation.description or []]
    while rows := relation.fetchmany(BATCH):
        for row in rows:
            yield dict(zip(names, row, strict=True))


def dumped(value: Mapping[str, object]) -> str:
    """JSON on one line, with days and times in ISO 8601. "</" is escaped: the file may be put into a page as it is."""
    return json.dumps(value, ensure_ascii=False, default=iso).replace("</", "<\\/")


def iso(value: object) -> str:
    """A day or time as text."""
    return value.isoformat() if isinstance(value, date) else str(value)


def counts(cursor: Cursor) -> dict[str, int]:
    """How many events and reports are chosen."""
    answer = cursor.execute(statement("export_counts"))
    return dict(zip((c[0] for c in answer.description or []), answer.fetchall()[0], strict=True))


Writer = Callable[[Cursor, Path], dict[str, int]]
FORMATS: dict[str, Writer] = {
    "parquet": write_parquet,
    "csv": write_csv,
    "ndjson": write_ndjson,
    "geojson": write_geojson,
    "gdelt": write_gdelt,
}
