"""The frozen nouns that stages hand on. Field names are those of the command line's JSON and of the warehouse.

Times are aware UTC datetimes; None means unknown, never "now". Offsets are code points into the article's
final text, end-exclusive.
"""

from pipeline.records.articles import (
    Article,
    Claim,
    ClaimField,
    Flag,
    Page,
    Precision,
    Quality,
    Reason,
    Removed,
    Source,
)
from pipeline.records.intake import (
    Capture,
    Entry,
    EntryStatus,
    Failure,
    Feed,
    FeedFormat,
    IdentityPolicy,
    ItemStatus,
    ParsedFeed,
    Redirect,
    Response,
    Stage,
    Validators,
)
from pipeline.records.tags import Count, Document, Event, Mention, Modality, Participant, Place, Polarity, Span, Tags

__all__ = [
    "Article",
    "Capture",
    "Claim",
    "ClaimField",
    "Count",
    "Document",
    "Entry",
    "EntryStatus",
    "Event",
    "Failure",
    "Feed",
    "FeedFormat",
    "Flag",
    "IdentityPolicy",
    "ItemStatus",
    "Mention",
    "Modality",
    "Page",
    "ParsedFeed",
    "Participant",
    "Place",
    "Polarity",
    "Precision",
    "Quality",
    "Reason",
    "Redirect",
    "Removed",
    "Response",
    "Source",
    "Span",
    "Stage",
    "Tags",
    "Validators",
]
