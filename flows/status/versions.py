"""Which versions read the articles that stand, and how many of them another one read than the present one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from warehouse.status import Numbers, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Of this program, and of what is in the warehouse."""

    dateline: str
    schema: str  # the last migration of the readers' copy
    schema_wanted: tuple[str, ...]  # migrations that the next run does
    extractor: str  # of this program
    extracted_by_others: int  # articles that `dateline rebuild --stage extract` would read again
    extracted_by_others_pruned: int  # further ones, whose page is deleted
    tagger: str | None  # of the newest article: model, rules and lexicon; None: there is no article
    tagged_by_others: int  # articles that another one tagged


def versions_of(numbers: Numbers) -> Versions:
    """The versions. Telling this program's own tagger would take loading its model, which takes seconds."""
    from pipeline.extract import EXTRACTOR  # takes half a second

    others = [reading for reading in numbers.readings if reading.extractor != EXTRACTOR]
    pruned = sum(reading.pruned for reading in others)
    tagger = newest_tagger(numbers.readings)
    return Versions(
        dateline=version("dateline"),
        schema=numbers.schema.migration,
        schema_wanted=numbers.schema.wanted,
        extractor=EXTRACTOR,
        extracted_by_others=sum(reading.articles for reading in others) - pruned,
        extracted_by_others_pruned=pruned,
        tagger=tagger,
        tagged_by_others=sum(r.articles for r in numbers.readings if tagger and not r.tagger.startswith(tagger)),
    )


def newest_tagger(readings: Sequence[Reading]) -> str | None:
    """The tagger of the newest article, without what it took for another language (" / de_core_news_md 3.7.0")."""
    if not readings:
        return None
    newest = max(readings, key=lambda reading: reading.loaded_at).tagger
    return min((r.tagger for r in readings if newest.startswith(r.tagger)), key=len)
