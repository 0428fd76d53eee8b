"""The `dateline` command: thin doors to a flow, a stage or a query."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer._click.exceptions import UsageError  # typer brings its own click, and hands out no name for this

from pipeline.errors import ConfigError, DatelineError
from pipeline.settings import Settings, load_settings

app = typer.Typer(
    help="Wire feeds in; a DuckDB warehouse of who did what to whom, where and when out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

DERIVED = ("published", "feeds_file", "raw", "schedule_rrule")  # properties of Settings that scripts ask for

Home = Annotated[Path | None, typer.Option("--home", help="Folder of the installation (DATELINE_HOME, else ./data).")]


def main() -> None:
    """Entry point: a wrong option or file is one line and exit status 2, another failure one line and 1."""
    try:
        sys.exit(app(standalone_mode=False))
    except UsageError as error:
        command = error.ctx.command_path if error.ctx else "dateline"
        if not error.format_message():
            sys.exit(2)  # no command was given, and the help has been shown
        fail(f"{error.format_message()} (see {command} --help)", 2)
    except ConfigError as error:
        fail(error, 2)
    except DatelineError as error:
        fail(error, 1)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)


def fail(error: object, status: int) -> None:
    """One line on standard error, and the exit status."""
    typer.echo(f"dateline: {error}", err=True)
    sys.exit(status)


@app.callback(invoke_without_command=True)
def root(show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Wire feeds in; a DuckDB warehouse of who did what to whom, where and when out."""
    if show_version:
        typer.echo(f"dateline {version('dateline')}")
        raise typer.Exit


@app.command()
def demo(
    home: Annotated[Path, typer.Option("--home", help="Folder for the demo; made afresh.")] = Path("demo-data"),
) -> None:
    """Run the whole pipeline over a made-up wire on this machine and print three queries. Needs no internet."""
    from flows.demo import run_demo

    run_demo(home)


@app.command()
def ingest(
    feed: Annotated[list[str] | None, typer.Option("--feed", help="Poll this feed now (repeatable).")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Most pages to fetch.")] = None,
    wait: Annotated[float, typer.Option("--wait", min=0, help="Seconds to wait for another run to end.")] = 0,
    home: Home = None,
) -> None:
    """Poll what is due, fetch and read what is new, publish. Exit status 1 when anything failed."""
    from flows.manual import run_ingest

    settings = load_settings(home=home)
    run = run_ingest(settings, feeds=feed or None, limit=limit, wait_seconds=wait)
    raise typer.Exit(1 if run.failures else 0)


@app.command()
def serve(home: Home = None) -> None:
    """Serve the scheduled deployment until stopped: a run every DATELINE_SCHEDULE_MINUTES, and manual triggers."""
    settings = load_settings(home=home)
    from flows.home import check_run

    check_run(settings)
    from flows.deploy import serve_schedule

    typer.echo(f"serving ingest/scheduled every {settings.schedule_minutes} minutes; stop with Ctrl-C", err=True)
    serve_schedule(settings)


@app.command()
def reap(home: Home = None) -> None:
    """Mark runs that were killed as crashed, so that their slot is free at once; a run that lives is left alone."""
    settings = load_settings(home=home)
    from flows.reap import reap as reap_dead

    dead = reap_dead(settings)
    typer.echo(f"{len(dead)} dead runs found")


@app.command()
def check(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Only these checks.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out the checks that read every text.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines: an object a check.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most rows to show of what breaks a promise.")] = 5,
    home: Home = None,
) -> None:
    """Check what the warehouse promises of its rows; exit status 1 when any breaks a promise."""
    from flows.checking import write_checks

    published = load_settings(home=home).published
    kept = write_checks(published, names or [], quick=quick, as_json=as_json, limit=limit, target=sys.stdout)
    raise typer.Exit(0 if kept else 1)


@app.command()
def rebuild(
    stage: Annotated[
        Literal["extract", "tag"],
        typer.Option("--stage", help="What to do again: extract the pages, or tag the texts."),
    ] = "extract",
    feed: Annotated[list[str] | None, typer.Option("--feed", help="Only pages of this feed (repeatable).")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Most pages to read.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also pages that this version has read.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report what would change.")] = False,
    sample: Annotated[int, typer.Option("--sample", min=0, help="How many changed texts to show.")] = 5,
    home: Home = None,
) -> None:
    """Read stored pages or texts again by this version's rules, without the network, and report what changed."""
    from flows.manual import run_rebuild

    settings = load_settings(home=home)
    feeds = feed or None
    for line in run_rebuild(settings, stage, feeds=feeds, limit=limit, every=every, dry=dry_run, sample=sample):
        typer.echo(line)


@app.command()
def prune(
    days: Annotated[int, typer.Option("--days", min=1, help="Keep raw pages of so many days.")],
    even_in_use: Annotated[bool, typer.Option(help="Also the pages of loaded articles; their text stays.")] = False,
    home: Home = None,
) -> None:
    """Delete raw pages that are older and that nothing refers to. Pages that wait to be read always stay."""
    from flows.retention import prune_now

    done = prune_now(load_settings(home=home), days, even_in_use=even_in_use)
    typer.echo(f"{done.files} files deleted, {done.bytes_freed / 1e6:.1f} MB freed")


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help='For example: "FROM event_feed LIMIT 10".')],
    form: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write (parquet needs one).")] = None,
    home: Home = None,
) -> None:
    """Ask the published warehouse; also while a run writes."""
    from flows.answers import write_answer

    write_answer(load_settings(home=home).published, query, form, output)


@app.command()
def shell(home: Home = None) -> None:
    """Open DuckDB's prompt on the published warehouse, read-only, with the views listed; also while a run writes."""
    from flows.shell import run_shell

    raise typer.Exit(run_shell(load_settings(home=home).published))


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words that an article must all have, in any form.")],
    since: Annotated[str | None, typer.Option("--since", help="First day of publication: 2026-11-20.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most articles to show.")] = 10,
    language: Annotated[str | None, typer.Option("--language", help="Only this one, ISO 639-1: en.")] = None,
    home: Home = None,
) -> None:
    """Find articles by their words, the best first, with the words marked."""
    from flows.searching import write_hits

    settings = load_settings(home=home)
    write_hits(settings.published, settings.search_index, " ".join(words), since, language, limit, sys.stdout)


@app.command()
def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="parquet, csv, ndjson, geojson or gdelt.")],
    folder: Annotated[Path, typer.Argument(help="New or empty folder to write into.")],
    since: Annotated[str | None, typer.Option("--since", help="First day of the events: 2026-11-20.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day of the events.")] = None,
    where: Annotated[
        str | None, typer.Option("--where", help="SQL condition on columns of event_feed: \"country = 'IRQ'\".")
    ] = None,
    home: Home = None,
) -> None:
    """Write events as Parquet, CSV, NDJSON, GeoJSON, or in GDELT's form, for other tools."""
    from flows.exporting import export_lines

    for line in export_lines(load_settings(home=home).published, form, folder, since, until, where):
        typer.echo(line)


@app.command()
def why(
    row_id: Annotated[
        str, typer.Argument(metavar="ID", help="Of an event, event mention or article; 6 characters are enough.")
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most coded sentences to show.")] = 20,
    home: Home = None,
) -> None:
    """Show how a row came to be: its sentence with its parts marked, the rule, the article, the page as fetched."""
    from flows.reading import own_rules
    from flows.why import write_why

    settings = load_settings(home=home)
    write_why(settings.published, row_id, limit, sys.stdout, own_rules(settings))


@app.command(name="settings")
def show_settings(
    name: Annotated[str | None, typer.Argument(help="Print only this one's value.")] = None,
) -> None:
    """Every setting with its variable, value and meaning."""
    settings = load_settings()
    fields = Settings.model_fields
    if name is None:
        for key, field in fields.items():
            typer.echo(f"DATELINE_{key.upper()}={getattr(settings, key)}  # {field.description}")
        return
    value = getattr(settings, name, None) if name in fields or name in DERIVED else None
    if value is None and name not in fields:
        raise ConfigError(
            "dateline settings", f"no setting {name!r}", f"the names are {', '.join([*fields, *DERIVED])}"
        )
    typer.echo(value.resolve() if isinstance(value, Path) else value)


@app.command(name="parse-feed")
def parse_feed(
    files: Annotated[list[Path], typer.Argument(help="Feed files.")],
    url: Annotated[str | None, typer.Option(help="Address of the feed, for its relative links.")] = None,
    content_type: Annotated[str | None, typer.Option(help="Content-Type that the server gave.")] = None,
) -> None:
    """Read feed files; one JSON object a file."""
    from flows.contracts import parse_feed_lines

    print_lines(parse_feed_lines(files, url, content_type, load_settings()))


@app.command()
def extract(
    files: Annotated[list[Path] | None, typer.Argument(help="HTML files (.html, .html.gz).")] = None,
) -> None:
    """Extract articles from files, or JSON Lines {"id", "url", "html"} on standard input; one JSON object a page."""
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
    """Tag JSON Lines {"id", "title", "text", "published_at", "language"}; one JSON object a document."""
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
    typer.echo(f"{built.places} places in {out}")
    if built.bad_lines:
        typer.echo(f"dateline: {built.bad_lines} lines could not be read, the first: {built.first_bad}", err=True)


def print_lines(lines: Iterator[dict[str, Any]]) -> None:
    """JSON Lines on standard output; exit status 1 at the end when one of them carries an error."""
    bad = 0
    for line in lines:
        bad += line["error"] is not None
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    count_bad(bad, '; see their "error"')


def count_bad(bad: int, hint: str = "") -> None:
    """Say how many records could not be read; exit status 1 when there are any."""
    if bad:
        typer.echo(f"dateline: {bad} records could not be read{hint}", err=True)
        raise typer.Exit(1)


def add_feeds_commands(parent: typer.Typer) -> None:
    """Hang `dateline feeds …` under the command."""
    from flows.feeds import app as feeds_app

    parent.add_typer(feeds_app, name="feeds")


def add_rules_commands(parent: typer.Typer) -> None:
    """Hang `dateline rules …` under the command."""
    from flows.rules import app as rules_app

    parent.add_typer(rules_app, name="rules")


add_feeds_commands(app)
add_rules_commands(app)
