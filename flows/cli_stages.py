"""Commands that turn one stage inside out: files in, JSON Lines out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.visible import json_line, say
from pipeline.errors import ConfigError
from pipeline.settings import load_settings

app = typer.Typer()


@app.command(name="parse-feed")
def parse_feed(
    files: Annotated[list[Path], typer.Argument(help="Feed files.")],
    url: Annotated[str | None, typer.Option(metavar="URL", help="Address of the feed, for its relative links.")] = None,
    content_type: Annotated[str | None, typer.Option(metavar="TYPE", help="Content-Type that the server gave.")] = None,
) -> None:
    """Read feed files; their entries as a JSON object for each."""
    from flows.contracts import parse_feed_lines

    print_lines(parse_feed_lines(files, url, content_type, load_settings()))


@app.command()
def extract(
    files: Annotated[list[Path] | None, typer.Argument(help="HTML files: .html, .html.gz.")] = None,
) -> None:
    """Read HTML pages; an article as a JSON object for each.

    Without files, JSON Lines {"id", "url", "html"} are read from standard input.
    """
    from flows.contracts import extract_lines

    print_lines(extract_lines(files or [], load_settings()))


@app.command()
def tag(
    file: Annotated[Path | None, typer.Argument(help="JSON Lines file; else standard input.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="For people: mark the parts of each event; also of plain text.")
    ] = False,
    events_only: Annotated[
        bool, typer.Option("--events-only", help="With --explain: leave out what holds no event.")
    ] = False,
) -> None:
    """Find names, places and events in texts; a JSON object for each.

    The input is JSON Lines: {"id", "title", "text", "published_at", "language"}.
    """
    if events_only and not explain:
        raise ConfigError("--events-only", "only --explain knows it", "add --explain")
    if explain:
        from flows.explain import write_explanations

        return count_bad(write_explanations(file, load_settings(), sys.stdout, events_only=events_only))
    from flows.contracts import tag_lines

    return print_lines(tag_lines(file, load_settings()))


@app.command()
def gazetteer(
    dump: Annotated[Path, typer.Argument(help="GeoNames' allCountries.txt, or the folder or zip that holds it.")],
    out: Annotated[Path, typer.Argument(help="File to write; name it in DATELINE_GAZETTEER_FILE.")],
    people: Annotated[int, typer.Option("--people", min=0, help="Leave out towns of fewer people.")] = 0,
) -> None:
    """Build a bigger place file from a GeoNames dump."""
    from pipeline.tag.places.dump import build_from_geonames

    built = build_from_geonames(dump, out, people=people)
    say(f"{built.places} places in {out}")
    if built.bad_lines:
        say(f"dateline: {built.bad_lines} lines could not be read, the first: {built.first_bad}", err=True)


def print_lines(lines: Iterator[dict[str, Any]]) -> None:
    """JSON Lines on standard output; exit status 1 at the end when one of them carries an error."""
    bad = 0
    for line in lines:
        bad += line["error"] is not None
        sys.stdout.write(json_line(line) + "\n")
    sys.stdout.flush()
    count_bad(bad, '; see their "error"')


def count_bad(bad: int, hint: str = "") -> None:
    """Say how many records could not be read; exit status 1 when there are any."""
    if bad:
        say(f"dateline: {bad} records could not be read{hint}", err=True)
        raise typer.Exit(1)
