"""What a worker process does with one captured page: extract, tag, sign. Knows nothing of Prefect or DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from pipeline.errors import DatelineError, ExtractError
from pipeline.extract import extract_article
from pipeline.fetch import read_capture
from pipeline.group import minhash
from pipeline.ids import normal_url, site_of
from pipeline.records import Article, Capture, Document, Failure, Page, Stage, Tags
from pipeline.tag import Tagger


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJob:
    """A captured page to be read, and what its feed says of it."""

    home: Path
    capture: Capture
    title: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """What was read, and the address that identifies it."""

    url: str
    article: Article
    tags: Tags
    minhash: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads pages with one tagger a process. Sent to workers by value, so it holds only names."""

    model: str
    gazetteer: Path

    def warm_up(self) -> None:
        """Load the model before the first page's clock runs."""
        open_tagger(self.model, self.gazetteer)

    def __call__(self, job: ReadJob) -> ReadPage | Failure:
        """The page's article and tags, or why there are none."""
        try:
            article = extract_article(load_page(job))
        except ExtractError as error:
            return Failure(stage=Stage.EXTRACT, reason=error.reason, detail=error.detail)
        except (DatelineError, OSError) as error:
            return Failure(stage=Stage.EXTRACT, reason="unreadable", detail=str(error))
        tags = open_tagger(self.model, self.gazetteer).tag(as_document(job, article))
        url = article_url(job.capture, article)
        return ReadPage(url=url, article=article, tags=tags, minhash=minhash(article.text))


@cache
def open_tagger(model: str, gazetteer: Path) -> Tagger:
    """The process's one tagger."""
    return Tagger.open(model=model, gazetteer=gazetteer)


def load_page(job: ReadJob) -> Page:
    """The captured bytes as a page to extract from."""
    capture = job.capture
    return Page(
        page_id=capture.capture_id,
        url=capture.final_url,
        html=read_capture(job.home, capture).body,
        content_type=capture.content_type,
        title=job.title,
        published_at=job.published_at,
    )


def as_document(job: ReadJob, article: Article) -> Document:
    """The article as a text to tag."""
    return Document(
        document_id=job.capture.capture_id,
        text=article.text,
        title=article.title,
        published_at=article.published_at,
        language=article.language,
    )


def article_url(capture: Capture, article: Article) -> str:
    """What identifies the article: the page's canonical address if it is a page of the same host, else the
    address that answered.

    A canonical address on another host is a syndication partner's or a mistake, and a front page's is a mistake.
    """
    answered = normal_url(capture.final_url)
    if not article.url:
        return answered
    stated = normal_url(article.url)
    is_front_page = stated.count("/") <= 3 and stated.endswith("/")
    return stated if site_of(stated) == site_of(answered) and not is_front_page else answered
