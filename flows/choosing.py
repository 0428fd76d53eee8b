"""What a backfill is to do, checked before anything starts. Knows nothing of Prefect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flows.home import check_run
from flows.runners import Name, check_runner
from pipeline.archives import Archived, InputFile, find_inputs
from pipeline.errors import ConfigError
from pipeline.ids import stable_id
from pipeline.records import Feed
from pipeline.settings import Settings

LANGUAGE = re.compile("[a-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is to be read, how and where; checked before anything starts."""

    archived: Archived
    listed: tuple[Feed, ...]
    feed: Feed | None
    languages: frozenset[str]
    limit: int | None
    runner: Name
    address: str | None

    def feed_of(self, file: InputFile) -> Feed:
        """The feed that a file's pages are counted to."""
        return self.feed or own_feed(file.root)

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """The operator's feeds, and those of the archives."""
        if self.feed:
            return self.listed
        own = {feed.feed_id: feed for feed in map(own_feed, {file.root for file in self.archived.files})}
        return (*self.listed, *own.values())


def choose(
    settings: Settings,
    paths: Sequence[str],
    runner: Name,
    address: str | None,
    languages: Sequence[str] | None,
    limit: int | None,
    feed: str | None,
) -> Chosen:
    """What a backfill is to do; ConfigError when its options, the home or the paths are wrong."""
    check_runner(runner, address)
    for language in languages or ():
        if not LANGUAGE.fullmatch(language.strip().lower()):
            raise ConfigError("--language", f"{language!r} is none", "ISO 639-1, such as en")
    listed = check_run(settings, [feed] if feed else None)
    archived = find_inputs([Path(path) for path in paths])
    if not archived.files:
        raise ConfigError(", ".join(paths), "holds no archive", "see the README, Backfill")
    return Chosen(
        archived=archived,
        listed=listed,
        feed=next((known for known in listed if known.feed_id == feed), None),
        languages=frozenset(language.strip().lower() for language in languages or ()),
        limit=limit,
        runner=runner,
        address=address,
    )


@cache
def own_feed(root: Path) -> Feed:
    """The feed of an archive that was given as `root`: one that is never polled."""
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in root.name.lower()).strip("-")
    return Feed(
        feed_id=f"archive-{name[:40]}-{stable_id(str(root))[:6]}",
        url=root.as_uri(),
        title=root.name,
        enabled=False,
    )
