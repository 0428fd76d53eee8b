"""`dateline feeds`: the operator's list in feeds.toml, and a try of one feed."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from flows.answers import table_of, wide_console
from flows.home import check_home
from pipeline.errors import ConfigError, FetchError, ParseError
from pipeline.records import Feed, ParsedFeed
from pipeline.settings import Settings, load_settings
from pipeline.sources import add_feed, feed_id_from, is_private_host, remove_feed
from warehouse.query import Answer

app = typer.Typer(help="List, add, remove and check feeds (feeds.toml).", no_args_is_help=True)
Home = Annotated[Path | None, typer.Option("--home", help="Folder of the installation (DATELINE_HOME, else ./data).")]
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


@app.command(name="list")
def list_feeds(home: Home = None) -> None:
    """The feeds of feeds.toml."""
    feeds = check_home(load_settings(home=home))
    columns = ("id", "on", "title", "agency", "country", "language", "every", "url")
    rows: list[tuple[object, ...]] = [
        (
            f.feed_id, "yes" if f.enabled else "no", f.title, f.agency, f.country, f.language,
            f"{f.interval_seconds // 60}m", f.url,
        )
        for f in feeds
    ]  # fmt: skip
    wide_console(sys.stdout).print(table_of(Answer(columns, rows)))


@app.command()
def add(
    url: str,
    feed_id: Annotated[str | None, typer.Option("--id", help="Name for the feed; else made from its address.")] = None,
    title: Annotated[str | None, typer.Option(help="Title to show.")] = None,
    agency: Annotated[str | None, typer.Option(help="Agency or publisher.")] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166 alpha-3.")] = None,
    allow_private: Annotated[bool, typer.Option(help="The feed lives on a loopback or private address.")] = False,
    home: Home = None,
) -> None:
    """Add a feed to feeds.toml."""
    settings = load_settings(home=home)
    taken = {feed.feed_id for feed in check_home(settings)}
    if is_private_host(url) and not allow_private:
        raise ConfigError(url, "is a loopback or private address", "add --allow-private if that is meant")
    feed = Feed(
        feed_id=feed_id or feed_id_from(url, taken),
        url=url,
        title=title,
        agency=agency,
        language=language,
        country=country,
        allow_private=allow_private,
    )
    add_feed(settings.feeds_file, feed)
    typer.echo(f"added {feed.feed_id}: {url}")


@app.command()
def remove(feed_id: str, home: Home = None) -> None:
    """Remove a feed from feeds.toml; what it gave stays in the warehouse."""
    settings = load_settings(home=home)
    check_home(settings)
    remove_feed(settings.feeds_file, feed_id)
    typer.echo(f"removed {feed_id}")


@app.command()
def check(
    feed_ids: Annotated[list[str] | None, typer.Argument(help="Ids; none: all that are enabled.")] = None,
    home: Home = None,
) -> None:
    """Ask feeds and say what they answer; writes nothing. Exit status 1 when one of them fails."""
    settings = load_settings(home=home)
    feeds = {feed.feed_id: feed for feed in check_home(settings, feed_ids)}
    chosen = [feeds[i] for i in feed_ids] if feed_ids else [f for f in feeds.values() if f.enabled]
    failed = [feed for feed in chosen if not try_feed(settings, feed)]
    raise typer.Exit(1 if failed else 0)


def try_feed(settings: Settings, feed: Feed) -> bool:
    """Ask one feed and print what it answers; whether it is a feed."""
    try:
        parsed = ask_feed(settings, feed)
    except (FetchError, ParseError) as error:
        typer.echo(f"{feed.feed_id}: failed: {error}")
        return False
    newest = max((e.published_at for e in parsed.entries if e.published_at), default=None)
    typer.echo(f"{feed.feed_id}: {parsed.format}, {len(parsed.entries)} entries, newest {newest or 'without date'}")
    for problem in parsed.problems:
        typer.echo(f"  {problem}")
    return True


def ask_feed(settings: Settings, feed: Feed) -> ParsedFeed:
    """What a feed says now; FetchError or ParseError when it says nothing of use."""
    from flows.session import limits_of
    from pipeline.fetch import Client, user_agent
    from pipeline.parse import parse_feed

    with Client(limits_of(settings), user_agent(version("dateline"), settings.contact)) as client:
        response = client.get(
            feed.url, accept=ACCEPT, allow_private=feed.allow_private, max_bytes=settings.max_feed_bytes
        )
    return parse_feed(
        response.body,
        url=response.final_url,
        content_type=response.header("Content-Type"),
        max_entries=settings.max_entries,
    )
