"""Commands that ask the published warehouse; none writes to it, and all work while a run writes."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from flows.visible import say
from pipeline.errors import ConfigError
from pipeline.settings import load_settings

app = typer.Typer()

Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="FOLDER", help="The installation; without it DATELINE_HOME, else ./data."),
]
Full = Annotated[bool, typer.Option("--full", help="All of it, where DATELINE_PUBLISH_DAYS publishes the last days.")]


def published_in(home: Path | None, *, full: bool) -> Path:
    """The published warehouse of a home, or with `full` the one that holds all."""
    from warehouse.publish import everything

    published = load_settings(home=home).published
    return everything(published) if full else published


@app.command()
def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Only these checks; without it all.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out the checks that read every text or key.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines: an object a check.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most rows to show of what breaks a promise.")] = 5,
    home: Home = None,
) -> None:
    """Check that all rows keep what the dictionary promises of them.

    Exit status 1 when any breaks a promise.
    """
    from flows.checking import write_checks

    published = published_in(home, full=True)  # the last days by themselves lead to rows before them
    kept = write_checks(published, names or [], quick=quick, as_json=as_json, limit=limit, target=sys.stdout)
    raise typer.Exit(0 if kept else 1)


@app.command()
def sql(
    query: Annotated[
        str,
        typer.Argument(
            metavar="SQL", help='"FROM event_feed LIMIT 10", a name of `dateline questions`, FILE.sql, or - to read it.'
        ),
    ],
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, csv, json or parquet.")] = "table",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; parquet needs one.")
    ] = None,
    full: Full = False,
    home: Home = None,
) -> None:
    """Answer a query; also while a run writes."""
    from flows.answers import sql_of, write_answer

    write_answer(published_in(home, full=full), sql_of(query), form, output)


@app.command()
def questions(
    name: Annotated[str | None, typer.Argument(help="Print this one's SQL, to be changed.")] = None,
) -> None:
    """List the questions that are shipped; `dateline sql NAME` asks one."""
    from warehouse.questions import question
    from warehouse.questions import questions as shipped

    listed = (f"{one.name:<18} {one.asks}" for one in shipped())
    for line in question(name).sql.splitlines() if name else listed:
        say(line)


@app.command()
def shell(full: Full = False, home: Home = None) -> None:
    """Open DuckDB's prompt on the warehouse, read-only.

    The views are listed first. It works also while a run writes.
    """
    from flows.shell import run_shell

    raise typer.Exit(run_shell(published_in(home, full=full)))


@app.command()
def search(
    words: Annotated[list[str] | None, typer.Argument(help="Words that an article must all have, in any form.")] = None,
    like: Annotated[
        str | None,
        typer.Option("--like", metavar="ID|TEXT", help="Instead: what is most alike to this article or these words."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="First day of publication: 2026-11-20.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most articles to show.")] = 10,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Only this one, ISO 639-1: en.")
    ] = None,
    full: Full = False,
    home: Home = None,
) -> None:
    """Find articles by their words, or by what they are about."""
    from flows.searching import write_alike, write_hits
    from warehouse.publish import whole

    settings, published = load_settings(home=home), published_in(home, full=full)
    if bool(words) == bool(like):
        wrong = "both words and --like are given" if words else "nothing to look for is given"
        raise ConfigError("dateline search", wrong, 'words, or --like with an article\'s id or "a few words"')
    if like:
        return write_alike(published, like, since, language, limit, settings.event_model, sys.stdout)
    index = settings.search_index if published == settings.published else whole(settings.search_index)
    return write_hits(published, index, " ".join(words or ()), since, language, limit, sys.stdout)


@app.command()
def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="parquet, csv, ndjson, geojson or gdelt.")],
    folder: Annotated[Path, typer.Argument(help="New or empty folder to write into.")],
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="First day of the events: 2026-11-20.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Last day of the events.")] = None,
    where: Annotated[
        str | None,
        typer.Option("--where", metavar="SQL", help="Condition on columns of event_feed: \"country = 'IRQ'\"."),
    ] = None,
    full: Full = False,
    home: Home = None,
) -> None:
    """Write events as Parquet, CSV, NDJSON, GeoJSON or like GDELT's."""
    from flows.exporting import export_lines

    for line in export_lines(published_in(home, full=full), form, folder, since, until, where):
        say(line)


@app.command()
def why(
    row_id: Annotated[
        str, typer.Argument(metavar="ID", help="Of an event, event mention or article; 6 characters are enough.")
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most coded sentences to show.")] = 20,
    full: Full = False,
    home: Home = None,
) -> None:
    """Tell how an event came to be: sentence, rule, article, page."""
    from flows.reading import own_rules
    from flows.why import write_why

    write_why(published_in(home, full=full), row_id, limit, sys.stdout, own_rules(load_settings(home=home)))


@app.command()
def show(
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="ID|NAME", help='Of event, mention, article, story, entity (6 characters do), or "a name".'
        ),
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most lines of each kind to show.")] = 10,
    full_text: Annotated[bool, typer.Option("--full-text", help="All of an article's text.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as one JSON object.")] = False,
    full: Full = False,
    home: Home = None,
) -> None:
    """Show an event, article, story or name and what is tied to it.

    Exit status 2 where a name fits several.
    """
    from flows.show.writing import write_show

    published = published_in(home, full=full)
    is_one = write_show(published, wanted, limit, sys.stdout, full_text=full_text, as_json=as_json)
    raise typer.Exit(0 if is_one else 2)


@app.command()
def brief(
    since: Annotated[
        str,
        typer.Option("--since", metavar="TIME", help="24h or 7d before the last report, or since a day: 2026-11-20."),
    ] = "24h",
    country: Annotated[
        list[str] | None,
        typer.Option("--country", metavar="CODE", help="Only events in it, by or to its people: IRQ (repeatable)."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="File to write; without it brief.html in the home."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    full: Full = False,
    home: Home = None,
) -> None:
    """Write what happened as one HTML file, a page to look at.

    Events, map, days, pairs, tolls, stories, rising names, feeds. Each run leaves one of the last 24 hours.
    """
    from flows.briefs.period import known_countries, since_when
    from flows.briefs.writing import write_brief

    settings = load_settings(home=home)
    target = output or settings.brief
    when, countries = since_when(since), known_countries(country or ())
    say(write_brief(settings, published_in(home, full=full), target, when, countries))
    if show and not webbrowser.open(target.resolve().as_uri()):
        say(f"no browser was found: open {target} in one", err=True)
