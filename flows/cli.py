"""The `dateline` command: thin doors to a flow, a stage or a query."""

from __future__ import annotations

import errno
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer._click.exceptions import UsageError  # typer brings its own click, and hands out no name for this

from flows.cli_ask import Home
from flows.cli_ask import app as asking
from flows.cli_care import app as care
from flows.cli_label import app as labelling
from flows.cli_stages import app as stages
from flows.commands import Commands
from flows.feeds import app as feeds
from flows.logs import start_logs
from flows.rules import app as rules
from flows.train import app as training
from flows.visible import say
from pipeline.errors import ConfigError, DatelineError
from pipeline.settings import Settings, load_settings

app = typer.Typer(
    cls=Commands,
    help="Wire feeds in; a DuckDB warehouse of who did what to whom, where and when out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
DERIVED = ("published", "feeds_file", "raw", "schedule_rrule")  # properties of Settings that scripts ask for


def main() -> None:
    """Entry point: a wrong option or file is one line and exit status 2, another failure one line and 1."""
    start_logs(level="warning")
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
    except OSError as error:
        rest = "; nothing is lost, `dateline doctor` tells more" if error.errno in NO_ROOM else ""
        fail(f"{error.filename or 'the disk'}: {error.strerror or error}{rest}", 1)


def fail(error: object, status: int) -> None:
    """One line on standard error, and the exit status."""
    say(f"dateline: {error}", err=True)
    sys.exit(status)


@app.callback(invoke_without_command=True)
def root(show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Wire feeds in; a DuckDB warehouse of who did what to whom, where and when out."""
    if show_version:
        say(f"dateline {version('dateline')}")
        raise typer.Exit


@app.command()
def demo(
    home: Annotated[Path, typer.Option("--home", metavar="FOLDER", help="Folder of the demo; made afresh.")] = Path(
        "demo-data"
    ),
) -> None:
    """See it run over a made-up wire, without internet.

    The whole pipeline is run into a folder of its own, and three queries are answered.
    """
    from flows.demo import run_demo

    run_demo(home)


@app.command()
def ingest(
    feed: Annotated[
        list[str] | None, typer.Option("--feed", metavar="ID", help="Poll only this feed, and now (repeatable).")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Most pages to fetch; without it all.")] = None,
    wait: Annotated[
        float, typer.Option("--wait", min=0, metavar="SECONDS", help="How long to wait for another run to end.")
    ] = 0,
    home: Home = None,
) -> None:
    """Poll what is due, fetch and read what is new, publish.

    Exit status 1 when any feed or page failed, 2 when an option, feeds.toml or the home is wrong.
    """
    from flows.manual import run_ingest

    settings = load_settings(home=home)
    run = run_ingest(settings, feeds=feed or None, limit=limit, wait_seconds=wait)
    raise typer.Exit(1 if run.failures else 0)


@app.command()
def backfill(
    paths: Annotated[list[Path], typer.Argument(help="WARC, JSON Lines, HTML or agency files, and folders of them.")],
    runner: Annotated[
        Literal["processes", "dask", "ray"],
        typer.Option("--runner", help="Where pages are read: here, on Dask, on Ray."),
    ] = "processes",
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="URL", help="A Dask or Ray cluster that runs; else one is started."),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option("--language", metavar="CODE", help="Only articles in it, ISO 639-1: en (repeatable)."),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Most pages to take; without it all.")] = None,
    feed: Annotated[
        str | None, typer.Option("--feed", metavar="ID", help="Count the pages to this feed of feeds.toml.")
    ] = None,
    wait: Annotated[
        float, typer.Option("--wait", min=0, metavar="SECONDS", help="How long to wait for another run to end.")
    ] = 0,
    home: Home = None,
) -> None:
    """Load archives: WARC, JSON Lines, folders of HTML, agency files.

    What was loaded before is passed over, and one that was killed goes on where it was.
    Exit status 1 when anything failed.
    """
    from flows.manual import run_backfill

    done = run_backfill(
        load_settings(home=home),
        [str(path) for path in paths],
        runner=runner,
        address=address,
        languages=language,
        limit=limit,
        feed=feed,
        wait_seconds=wait,
    )
    raise typer.Exit(1 if done.totals.failed else 0)


@app.command()
def serve(home: Home = None) -> None:
    """Run on schedule until stopped.

    A run every DATELINE_SCHEDULE_MINUTES, and those that are triggered by hand: Prefect's deployment ingest/scheduled.
    """
    settings = load_settings(home=home)
    from flows.home import check_run

    check_run(settings)
    from flows.deploy import serve_schedule

    say(f"serving ingest/scheduled every {settings.schedule_minutes} minutes; stop with Ctrl-C", err=True)
    serve_schedule(settings)


@app.command()
def up(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where Prefect's server listens.")] = 4200,
    host: Annotated[str, typer.Option("--host", help="Whom it answers: this machine; 0.0.0.0: anybody.")] = "127.0.0.1",
    home: Home = None,
) -> None:
    """Start all that one machine needs, and run until Ctrl-C.

    That is Prefect's server, the deployments on their schedule, and the first run.
    With PREFECT_API_URL it uses that server and starts none.
    """
    from flows.up.command import run_up

    raise typer.Exit(run_up(load_settings(home=home), host=host, port=port))


@app.command()
def reap(home: Home = None) -> None:
    """Enter runs that were killed as crashed.

    Their slot is then free at once; a run that lives is left alone. The next run does that by itself.
    """
    settings = load_settings(home=home)
    from flows.reap import reap as reap_dead

    dead = reap_dead(settings)
    say(f"{len(dead)} dead runs found")


@app.command()
def rebuild(
    stage: Annotated[
        Literal["extract", "tag"],
        typer.Option("--stage", help="What to do again: extract the pages, or tag the texts."),
    ] = "extract",
    feed: Annotated[
        list[str] | None, typer.Option("--feed", metavar="ID", help="Only pages of this feed (repeatable).")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Most pages to read; without it all.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also pages that this version has read.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report what would change.")] = False,
    sample: Annotated[int, typer.Option("--sample", min=0, help="How many changed texts to show.")] = 5,
    home: Home = None,
) -> None:
    """Read stored pages or texts again by this version's rules.

    No network is needed; what changed is told. A changed text is a new version of its article.
    """
    from flows.manual import run_rebuild

    settings = load_settings(home=home)
    feeds = feed or None
    for line in run_rebuild(settings, stage, feeds=feeds, limit=limit, every=every, dry=dry_run, sample=sample):
        say(line)


@app.command()
def prune(
    days: Annotated[int, typer.Option("--days", min=1, metavar="DAYS", help="Keep raw pages of so many days.")],
    even_in_use: Annotated[
        bool, typer.Option("--even-in-use", help="Also the pages of loaded articles; their text stays.")
    ] = False,
    home: Home = None,
) -> None:
    """Delete old raw pages that nothing refers to.

    Pages that wait to be read always stay.
    """
    from flows.retention import prune_now

    done = prune_now(load_settings(home=home), days, even_in_use=even_in_use)
    say(f"{done.files} files deleted, {done.bytes_freed / 1e6:.1f} MB freed")


@app.command(name="settings")
def show_settings(
    name: Annotated[str | None, typer.Argument(help="Print only this one's value: home, schedule_minutes ….")] = None,
) -> None:
    """Print each setting with its variable, value and meaning."""
    settings = load_settings()
    fields = Settings.model_fields
    if name is None:
        for key, field in fields.items():
            say(f"DATELINE_{key.upper()}={getattr(settings, key)}  # {field.description}")
        return
    value = getattr(settings, name, None) if name in fields or name in DERIVED else None
    if value is None and name not in fields:
        raise ConfigError(
            "dateline settings", f"no setting {name!r}", f"the names are {', '.join([*fields, *DERIVED])}"
        )
    say(str(value.resolve() if isinstance(value, Path) else value))


# Groups of commands, each with its own module.
app.add_typer(asking)
app.add_typer(care)
app.add_typer(labelling)
app.add_typer(stages)
app.add_typer(feeds, name="feeds")
app.add_typer(rules, name="rules")
app.add_typer(training)
