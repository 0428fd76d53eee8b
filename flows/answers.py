"""Answers of the warehouse as a person or a program wants them: table, CSV, JSON, Parquet."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.visible import cut, json_line, lines, one_line
from pipeline.errors import ConfigError
from warehouse.query import Answer, ask, write_parquet
from warehouse.questions import question

# Characters of a row: an article has 3,000. A title of a megabyte, in a column of two letters, was drawn for minutes.
MOST_SHOWN = 50_000
LEAST_WIDTH = 10  # characters of a column, of what is that wide: an event's 55 columns had one or two each
BETWEEN = 3  # characters between two columns
FORMATS = ("table", "csv", "json", "parquet")


def write_answer(published: Path, query: str, form: str, output: Path | None) -> None:
    """Ask, and write the answer to `output` or standard output."""
    if form not in FORMATS:
        raise ConfigError("--format", f"{form!r} is unknown", f"one of {', '.join(FORMATS)}")
    if form == "parquet":
        if output is None:
            raise ConfigError("--format parquet", "needs a file", "add --output FILE.parquet")
        return write_parquet(published, query, output)
    answer = ask(published, query)
    with opened(output) as target:
        WRITERS[form](answer, target)
    return None


def sql_of(given: str) -> str:
    """What is asked: SQL as it is, that of a shipped question, of a file, or of standard input.

    ConfigError for a question that is none, or a file that cannot be read.
    """
    if given.isidentifier():  # a word alone is no SQL that reads anything
        return question(given).sql
    if given == "-":
        return sys.stdin.read()
    if not given.endswith(".sql") or " " in given:
        return given
    try:
        return Path(given).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(given, f"cannot be read ({error})", "a file of SQL") from error


@contextmanager
def opened(output: Path | None) -> Iterator[IO[str]]:
    """The file to write, or standard output; ConfigError when it cannot be written."""
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as target:
            yield target
    except OSError as error:
        raise ConfigError(str(output), f"cannot be written ({error.strerror})") from error


def write_csv(answer: Answer, target: IO[str]) -> None:
    """Comma-separated, with a head; NULL is an empty field, a list is JSON. A terminal gets no text that steers it."""
    shown = lines if target.isatty() else str
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(map(shown, answer.columns))
    writer.writerows([shown(cell(value, "")) for value in row] for row in answer.rows)


def write_json(answer: Answer, target: IO[str]) -> None:
    """JSON Lines: an object a row."""
    for row in answer.rows:
        record = dict(zip(answer.columns, row, strict=True))
        target.write(json_line(record) + "\n")


def write_table(answer: Answer, target: IO[str]) -> None:
    """A table as wide as the terminal, or a record after the other, with the number of rows under it."""
    console = wide_console(target)
    for part in readable(answer, console.width):
        console.print(part)
    console.print(f"{len(answer.rows)} rows" if len(answer.rows) != 1 else "1 row", style="dim")


def wide_console(target: IO[str]) -> Console:
    """A console as wide as its terminal; into a file or pipe, wide enough for a table to be read."""
    return Console(file=target, highlight=False, width=None if target.isatty() else 160)


def readable(answer: Answer, width: int) -> Iterator[RenderableType]:
    """The answer as a table where its columns fit into so many characters; else its rows, a line for each value."""
    if not answer.rows or fits(answer, width):
        yield table_of(answer)
        return
    for number, row in enumerate(answer.rows, 1):
        yield Text(f"-- row {number} of {len(answer.rows)} --", "dim")
        yield record_of(answer.columns, row)


def fits(answer: Answer, width: int) -> bool:
    """Whether each column has room for `LEAST_WIDTH` characters, or for all that it holds where that is less."""
    room = width + BETWEEN
    if len(answer.columns) * (LEAST_WIDTH + BETWEEN) <= room:
        return True
    columns = zip(answer.columns, *answer.rows, strict=True)
    return sum(needed(name, values) + BETWEEN for name, *values in columns) <= room


def needed(name: str, values: Sequence[object]) -> int:
    """The width of a column, up to the least that it is given."""
    texts = (one_line(name), *(plain(value, LEAST_WIDTH).plain for value in values))
    return max(min(LEAST_WIDTH, cell_len(line)) for text in texts for line in text.split("\n"))


def record_of(columns: Sequence[str], row: Sequence[object]) -> RenderableType:
    """One row as lines of name and value."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    most = MOST_SHOWN // max(len(columns), 1)
    for name, value in zip(columns, row, strict=True):
        table.add_row(Text(one_line(name)), plain(value, most))
    return Padding(table, (0, 0, 1, 0))


def table_of(answer: Answer) -> Table:
    """The answer as a table; NULL is a dash, text is text: no markup, and nothing that a terminal would obey."""
    table = Table(show_edge=False, header_style="bold", pad_edge=False)
    for column in answer.columns:
        table.add_column(Text(one_line(column)), overflow="fold")
    most = MOST_SHOWN // max(len(answer.columns), 1)
    for row in answer.rows:
        table.add_row(*(plain(value, most) for value in row))
    return table


def plain(value: object, most: int = MOST_SHOWN) -> Text:
    """A value for a table: NULL as a dash, times to the second, of a text its first `most` characters."""
    return Text(lines(cut(cell(value, "–"), most)))


def cell(value: object, null: str) -> str:
    """A value as text."""
    if value is None:
        return null
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ", ".join(str(v) for v in value) if null else json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return str(value)


WRITERS = {"csv": write_csv, "json": write_json, "table": write_table}
