"""A home that can be worked in: its folder, its feeds.toml. What is wrong with it is told before anything starts.

`python -m flows.home HOME` checks one as for a run, for who will not load what reads pages.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import ConfigError, DatelineError
from pipeline.records import Feed
from pipeline.settings import Settings, load_settings
from pipeline.sources import ensure_feeds_file, load_feeds


def check_home(settings: Settings, chosen: Sequence[str] | None = None) -> tuple[Feed, ...]:
    """The operator's feeds; feeds.toml is made from the shipped default where there is none.

    Raises ConfigError when the home cannot be written, the list is wrong, or a chosen id is not in it.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        ensure_feeds_file(settings.feeds_file)
    except OSError as error:
        raise ConfigError(
            str(settings.home), f"cannot be written ({error.strerror})", "set DATELINE_HOME to a folder of yours"
        ) from error
    return chosen_feeds(settings.feeds_file, chosen)


def check_run(settings: Settings, chosen: Sequence[str] | None = None) -> tuple[Feed, ...]:
    """The operator's feeds, as `check_home`; ConfigError also for what the pages would be read with."""
    from flows.reading import tagger_options  # takes a second; what only looks at feeds does without

    listed = check_home(settings, chosen)
    tagger_options(settings)
    return listed


def chosen_feeds(path: Path, chosen: Sequence[str] | None) -> tuple[Feed, ...]:
    """The feed list; ConfigError for a chosen id that is not in it."""
    listed = load_feeds(path)
    known = [feed.feed_id for feed in listed]
    for feed_id in chosen or ():
        if feed_id not in known:
            raise ConfigError(str(path), f"no feed {feed_id!r}", f"the ids are {', '.join(known)}")
    return listed


if __name__ == "__main__":
    try:
        check_run(load_settings(home=sys.argv[1]))
    except DatelineError as wrong:
        sys.exit(f"dateline: {wrong}")
