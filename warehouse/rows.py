"""What was read, as rows: records of the pipeline with the warehouse's column names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from operator import attrgetter

from pipeline.records import Article, Claim, Quality, Vector
from warehouse.pages import UnreadCapture
from warehouse.store import Row
from warehouse.told import Told

METADATA = {  # column of `article` → field of Article
    **{
        name: name
        for name in (
            "title", "byline", "agency", "dateline", "dateline_date", "published_at", "published_source",
            "published_precision", "modified_at", "modified_source", "modified_precision", "language", "section",
            "image_url", "marks", "corrections", "flags", "extractor",
        )
    },
    "update_number": "update",
}  # fmt: skip
_metadata = attrgetter(*METADATA.values())
QUALITY = {  # column of `article` → field of Quality; words are counted for every text
    "character_count": "characters",
    "removed_count": "removed_lines",
    "link_share": "link_share",
    "second_ratio": "second_ratio",
    "second_overlap": "second_overlap",
    "quality_score": "score",
    "extract_reason": "reason",
    "extract_ms": "milliseconds",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that came of one captured page."""

    unread: UnreadCapture
    article: Article
    told: Told
    minhash: tuple[int, ...]
    url: str  # what identifies the article


@dataclass(frozen=True, slots=True)
class Version:
    """A text's place among the texts of its address. `is_new`: the warehouse does not hold it yet."""

    article_id: str
    number: int
    is_new: bool
    supersedes: str | None = None


def article_row(run_id: str, now: datetime, reading: Reading, version: Version) -> Row:
    """An article version as a row."""
    return {
        "article_id": version.article_id,
        "url": reading.url,
        "version": version.number,
        "is_latest": True,
        "supersedes": version.supersedes,
        "capture_id": reading.unread.capture.capture_id,
        "feed_id": reading.unread.feed_id,
        "text": reading.article.text,
        "text_sha256": reading.told.text_sha256,
        "word_count": reading.told.word_count,
        "minhash": list(reading.minhash),
        "tagger": reading.told.tagger,
        "tag_status": reading.told.status,
        **vector_columns(reading.told.vector),
        "loaded_at": now,
        "run_id": run_id,
        **metadata_columns(reading.article),
        **quality_columns(reading.article.quality),
    }


def vector_columns(vector: Vector | None) -> Row:
    """What an article is about; NULL where no network read it."""
    return {"vector": vector.values if vector else None, "vector_model": vector.model if vector else None}


def metadata_columns(article: Article) -> Row:
    """What a page says about its article, and what made the text; the same for each version of the same text."""
    plain = zip(METADATA, _metadata(article), strict=True)
    columns = {column: list(value) if type(value) is tuple else value for column, value in plain}
    return {**columns, "removed": [asdict(r) for r in article.removed]}


def quality_columns(quality: Quality | None) -> Row:
    """How well the reading went, as columns; NULL where nobody judged it."""
    return {column: getattr(quality, name, None) for column, name in QUALITY.items()}


def claim_rows(run_id: str, article_id: str, claims: Sequence[Claim]) -> list[Row]:
    """What each source says of an article, as rows."""
    ordinals: Counter[str] = Counter()
    rows: list[Row] = []
    for claim in claims:
        ordinals[claim.field] += 1
        rows.append(
            {
                "article_id": article_id,
                "field": claim.field,
                "ordinal": ordinals[claim.field],
                "source": claim.source,
                "claim": claim.value,
                "claim_precision": claim.precision,
                "chosen": claim.chosen,
                "run_id": run_id,
            }
        )
    return rows
