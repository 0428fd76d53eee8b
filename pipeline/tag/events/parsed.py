"""A text as coders of events are given it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from pipeline.records import DateMention, Mention, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedText:
    """What a coder is given: a text with sentences and parses by the English pipeline that the settings name.

    Offsets in mentions, places and dates count code points of `doc.text`; `published` is the day of publication where
    the report was filed.
    """

    doc: Doc
    mentions: tuple[Mention, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateMention, ...] = ()
    published: date | None = None
