"""`dateline feeds`: thin doors to the list in feeds.toml, to trials of feeds and to what is known of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.answers import table_of, wide_console
from flows.commands import Commands
from flows.feed_card import pace, show_feed
from flows.home import check_home
from flows.visible import say
from pipeline.errors import ConfigError
from pipeline.records import Feed
from pipeline.secrets import masked, masked_text
from pipeline.settings import load_settings
from pipeline.sources import (
    OpmlFeed,
    add_feed,
    add_feeds,
    feed_id_from,
    is_private_host,
    read_opml,
    remove_feed,
    set_enabled,
    write_opml,
)
from warehouse.query import Answer

app = typer.Typer(cls=Commands, help="List, change, try and look at the feeds of feeds.toml.", no_args_is_help=True)
Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="FOLDER", help="The installation; without it DATELINE_HOME, else ./data."),
]
Id = Annotated[str, typer.Argument(metavar="ID", help="The feed's id, as `dateline feeds list` shows it.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Their ids, as `dateline feeds list` shows them.")]


@app.command(name="list")
def list_feeds(home: Home = None) -> None:
    """List the feeds of feeds.toml."""
    feeds = check_home(load_settings(home=home))
    columns = ("id", "on", "title", "agency", "country", "language", "every", "url")
    rows: list[tuple[object, ...]] = [
        (
            f.feed_id, "yes" if f.enabled else "no", f.title, f.agency, f.country, f.language,
            pace(f.interval_seconds), masked(f.url),
        )
        for f in feeds
    ]  # fmt: skip
    wide_console(sys.stdout).print(table_of(Answer(columns, rows)))


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Address of a feed, or a folder that files are dropped into.")],
    feed_id: Annotated[
        str | None, typer.Option("--id", help="Name of the feed; without it made from its address.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title to show.")] = None,
    agency: Annotated[str | None, typer.Option(help="Agency or publisher.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Language of its texts, ISO 639-1: en.")] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="Country that it reports from, ISO 3166: IRQ.")
    ] = None,
    zone: Annotated[str | None, typer.Option(metavar="ZONE", help="Of times without a zone: Europe/Berlin.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="The feed lives on a loopback or private address.")
    ] = False,
    home: Home = None,
) -> None:
    """Add a feed to feeds.toml."""
    settings = load_settings(home=home)
    taken = {feed.feed_id for feed in check_home(settings)}
    address = Path(url).resolve().as_uri() if Path(url).is_dir() else url
    if is_private_host(address) and not allow_private:
        raise ConfigError(address, "is a loopback or private address", "add --allow-private if that is meant")
    feed = Feed(
        feed_id=feed_id or feed_id_from(address, taken),
        url=address,
        title=title,
        agency=agency,
        language=language,
        country=country,
        zone=zone,
        allow_private=allow_private,
    )
    add_feed(settings.feeds_file, feed)
    say(f"added {feed.feed_id}: {masked(address)}")


@app.command()
def remove(feed_id: Id, home: Home = None) -> None:
    """Remove a feed from feeds.toml; what it gave stays."""
    settings = load_settings(home=home)
    check_home(settings)
    remove_feed(settings.feeds_file, feed_id)
    say(f"removed {feed_id}")


@app.command()
def pause(feed_ids: Ids, home: Home = None) -> None:
    """Stop polling feeds; they stay listed, and what they gave stays."""
    switch(feed_ids, home, enabled=False)


@app.command()
def resume(feed_ids: Ids, home: Home = None) -> None:
    """Poll paused feeds again."""
    switch(feed_ids, home, enabled=True)


def switch(feed_ids: list[str], home: Path | None, *, enabled: bool) -> None:
    """Write `enabled` of those feeds; nothing is written when one of the ids is unknown."""
    settings = load_settings(home=home)
    check_home(settings, feed_ids)
    for feed_id in feed_ids:
        set_enabled(settings.feeds_file, feed_id, enabled)
        say(f"{'resumed' if enabled else 'paused'} {feed_id}")


@app.command(name="import")
def import_opml(
    file: Annotated[Path, typer.Argument(help="OPML file, as feed readers export it.")],
    home: Home = None,
) -> None:
    """Add the feeds of an OPML file that are not listed yet.

    Exit status 1 when parts of it could not be read.
    """
    settings = load_settings(home=home)
    listed = check_home(settings)
    try:
        opml = read_opml(file.read_bytes(), str(file))
    except OSError as error:
        raise ConfigError(str(file), f"cannot be read ({error.strerror})", "name an OPML file") from error
    known, taken = {feed.url for feed in listed}, {feed.feed_id for feed in listed}
    new = []
    for found in opml.feeds:
        if found.url not in known:
            new.append(listed_feed(found, taken))
            known.add(found.url)
    add_feeds(settings.feeds_file, new)
    for problem in opml.problems:
        say(masked_text(problem), err=True)
    say(f"{len(new)} feeds added, {len(opml.feeds) - len(new)} listed already, {len(opml.problems)} problems")
    raise typer.Exit(1 if opml.problems else 0)


def listed_feed(found: OpmlFeed, taken: set[str]) -> Feed:
    """A feed of an OPML file as feeds.toml lists it; its new id joins `taken`."""
    feed_id = feed_id_from(found.url, taken)
    taken.add(feed_id)
    return Feed(feed_id=feed_id, url=found.url, title=found.title, language=found.language, note=found.note)


@app.command(name="export")
def export_opml(
    file: Annotated[Path | None, typer.Argument(help="File to write; without it standard output.")] = None,
    home: Home = None,
) -> None:
    """Write the feeds as OPML, for feed readers."""
    feeds = [feed for feed in check_home(load_settings(home=home)) if not feed.is_folder]
    opml = write_opml(feeds, title="Dateline")
    if file is None:
        sys.stdout.buffer.write(opml)
        return
    try:
        file.write_bytes(opml)
    except OSError as error:
        raise ConfigError(str(file), f"cannot be written ({error.strerror})") from error


@app.command()
def check(
    feed_ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Only these; without it all that are on.")
    ] = None,
    home: Home = None,
) -> None:
    """Ask feeds now and say what they answer; writes nothing.

    Exit status 1 when one of them is broken.
    """
    from flows.feed_trials import check_feeds

    settings = load_settings(home=home)
    feeds = {feed.feed_id: feed for feed in check_home(settings, feed_ids)}
    chosen = [feeds[i] for i in feed_ids] if feed_ids else [f for f in feeds.values() if f.enabled]
    broken = check_feeds(settings, chosen)
    say(f"{len(chosen)} asked, {broken} broken", err=True)
    raise typer.Exit(1 if broken else 0)


@app.command()
def discover(
    url: Annotated[str, typer.Argument(help="Address of a page or site.")],
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="The site lives on a loopback or private address.")
    ] = False,
) -> None:
    """Find the feeds of a page or site, and try each.

    Exit status 1 when there is none.
    """
    from flows.feed_trials import discover_feeds

    address = url if "://" in url else f"https://{url}"
    if is_private_host(address) and not allow_private:
        raise ConfigError(address, "is a loopback or private address", "add --allow-private if that is meant")
    found = discover_feeds(load_settings(), address, allow_private=allow_private)
    say(f"{found} feeds found" + ("; `dateline feeds add ADDRESS` adds one" if found else ""), err=True)
    raise typer.Exit(0 if found else 1)


@app.command()
def show(
    feed_id: Id,
    polls: Annotated[int, typer.Option(min=1, help="How many of its latest polls to show.")] = 10,
    home: Home = None,
) -> None:
    """Show a feed: health, next poll and why, what it gives, its polls."""
    settings = load_settings(home=home)
    check_home(settings, [feed_id])
    show_feed(settings.published, feed_id, polls)
