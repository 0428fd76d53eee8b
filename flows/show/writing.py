"""`dateline show`: what was found, for a person or as one JSON object."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import IO

from rich.console import Console

from flows.answers import wide_console
from flows.show.article import show_article
from flows.show.things import show_entity, show_event, show_names, show_story
from flows.visible import json_line
from warehouse.finding import Namesakes
from warehouse.show import show
from warehouse.shown import Shown, ShownArticle, ShownEntity, ShownEvent

KINDS = {"ShownEvent": "event", "ShownArticle": "article", "ShownStory": "story", "ShownEntity": "entity"}


def write_show(
    published: Path, wanted: str, most: int, target: IO[str], *, full_text: bool = False, as_json: bool = False
) -> bool:
    """Print the thing and at most `most` of each kind tied to it; whether it is one thing.

    Of a name that fits several entities their ids are printed. ConfigError where `wanted` stands for nothing, or an id
    for several.
    """
    found = show(published, wanted, most)
    if as_json:
        kind = KINDS.get(type(found).__name__, "namesakes")
        target.write(json_line({"kind": kind, **asdict(found)}) + "\n")
    else:
        show_found(wide_console(target), found, full_text=full_text)
    return not isinstance(found, Namesakes)


def show_found(console: Console, found: Shown | Namesakes, *, full_text: bool) -> None:
    """What was found, by its kind."""
    if isinstance(found, Namesakes):
        show_names(console, found)
    elif isinstance(found, ShownEvent):
        show_event(console, found)
    elif isinstance(found, ShownArticle):
        show_article(console, found, full_text=full_text)
    elif isinstance(found, ShownEntity):
        show_entity(console, found)
    else:
        show_story(console, found)
