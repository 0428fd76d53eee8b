"""What a worker process does with one captured page: extract, tag, sign. Knows nothing of Prefect or DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from flows.runners import Setup
from pipeline.errors import DatelineError, ExtractError
from pipeline.extract import Grouped, Workers, extract_article, step_limit
from pipeline.fetch import read_capture
from pipeline.group import minhash
from pipeline.ids import is_front_page, normal_url, site_of, stable_id
from pipeline.records import Article, Capture, Document, Failure, Page, Stage, Tags
from pipeline.settings import Settings
from pipeline.tag import Options, check_coder, check_learned, check_models, check_rules, open_tagger
from warehouse.told import Text, Told, text_hash, told_in_all

In = TypeVar("In")
Out = TypeVar("Out")
TOGETHER = 8  # pages that a worker reads at once
OTHER_LANGUAGE = "other_language"  # reason of what is no failure where languages were chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJob:
    """A captured page to be read, and what its feed says of it."""

    home: Path
    capture: Capture
    title: str | None
    byline: tuple[str, ...]
    agency: str | None
    language: str | None
    country: str | None  # the feed's
    published_at: datetime | None
    modified_at: datetime | None
    content_html: str | None
    body: bytes | None = None  # the page itself; None: it lies where the capture says


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """What was read, and the address that identifies it."""

    url: str
    article: Article
    told: Told
    minhash: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads pages with one tagger a process. Sent to workers by value, so it holds only names and limits."""

    options: Options
    extract_seconds: float
    languages: frozenset[str] = frozenset()  # ISO 639-1; texts in others are not tagged. Empty: all are

    def warm_up(self) -> None:
        """Load the model before the first page's clock runs."""
        open_tagger(self.options)

    def __call__(self, jobs: Sequence[ReadJob]) -> list[ReadPage | Failure]:
        """Each page's article and tags, or why there are none."""
        articles = [self._wanted(extracted(job, self.extract_seconds)) for job in jobs]
        found = [(job, a) for job, a in zip(jobs, articles, strict=True) if isinstance(a, Article)]
        pages = iter(self.read(found))
        return [article if isinstance(article, Failure) else next(pages) for article in articles]

    def _wanted(self, article: Article | Failure) -> Article | Failure:
        if isinstance(article, Failure) or not self.languages or article.language in self.languages:
            return article
        told = f"its text is in {article.language or 'a language that cannot be told'}"
        return Failure(stage=Stage.EXTRACT, reason=OTHER_LANGUAGE, detail=told, retryable=False)

    def read(self, found: Sequence[tuple[ReadJob, Article]]) -> list[ReadPage]:
        """All that is read in the articles' texts."""
        tags = open_tagger(self.options).tag_all([as_document(*one) for one in found])
        return pages_of(found, tags)


def pages_of(found: Sequence[tuple[ReadJob, Article]], tags: Sequence[Tags]) -> list[ReadPage]:
    """What was read in articles, each as the first text of its address; the writer knows whether it is."""
    urls = [article_url(job.capture, article) for job, article in found]
    texts = [
        Text(article.text, read, stable_id(url, 1)) for (_, article), read, url in zip(found, tags, urls, strict=True)
    ]
    return [
        ReadPage(url=url, article=article, told=told, minhash=minhash(article.text))
        for (_, article), told, url in zip(found, told_in_all(texts), urls, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Reread:
    """A page read again. `page`: where the text is another one."""

    article: Article
    page: ReadPage | None


@dataclass(frozen=True, slots=True)
class Rereader:
    """Reads stored pages again; only a text that is not the known one is tagged, and none where `tags` is false."""

    reader: Reader
    tags: bool

    def warm_up(self) -> None:
        """Load the model, if it is needed."""
        if self.tags:
            self.reader.warm_up()

    def __call__(self, jobs: Sequence[tuple[ReadJob, str | None]]) -> list[Reread | Failure]:
        """Each page's article; a job's second part is the hash of the known text."""
        articles = [extracted(read, self.reader.extract_seconds) for read, _ in jobs]
        other = [
            (n, read, article)
            for n, ((read, known), article) in enumerate(zip(jobs, articles, strict=True))
            if isinstance(article, Article) and self._is_to_be_tagged(article, known)
        ]
        pages = self.reader.read([(read, article) for _, read, article in other])
        page_of = {n: page for (n, _, _), page in zip(other, pages, strict=True)}
        return [a if isinstance(a, Failure) else Reread(a, page_of.get(n)) for n, a in enumerate(articles)]

    def _is_to_be_tagged(self, article: Article, known_sha256: str | None) -> bool:
        return self.tags and text_hash(article.text) != known_sha256


@dataclass(frozen=True, slots=True)
class Retagger:
    """Tags stored texts again."""

    options: Options

    def warm_up(self) -> None:
        """Load the model."""
        open_tagger(self.options)

    def __call__(self, documents: Sequence[Document]) -> list[Tags]:
        """All that is read in each text."""
        return open_tagger(self.options).tag_all(documents)


def extracted(job: ReadJob, seconds: float) -> Article | Failure:
    """The article of a captured page, or why there is none. One that takes longer ends this worker process."""
    try:
        page = load_page(job)
        with step_limit(seconds):
            return extract_article(page)
    except ExtractError as error:
        return Failure(stage=Stage.EXTRACT, reason=error.reason, detail=error.detail, retryable=error.retryable)
    except (DatelineError, OSError) as error:
        return Failure(stage=Stage.EXTRACT, reason="unreadable", detail=str(error))


def open_readers(settings: Settings) -> Workers[tuple[ReadJob, ...], list[ReadPage | Failure]]:
    """Processes that read pages."""
    return reading_setup(settings).open(settings.workers)


def reading_setup(
    settings: Settings, languages: Collection[str] = ()
) -> Setup[tuple[ReadJob, ...], list[ReadPage | Failure]]:
    """How groups of pages are read, on whichever machine; `languages`: only texts in these are tagged."""
    reader = Reader(tagger_options(settings), settings.page_seconds, frozenset(languages))
    return _setup(settings, reader, reader.warm_up)


def open_rereaders(settings: Settings, *, tags: bool) -> Grouped[tuple[ReadJob, str | None], Reread | Failure]:
    """Processes that read stored pages again."""
    rereader = Rereader(Reader(tagger_options(settings), settings.page_seconds), tags=tags)
    return Grouped(_setup(settings, rereader, rereader.warm_up).open(settings.workers), TOGETHER)


def open_retaggers(settings: Settings) -> Grouped[Document, Tags]:
    """Processes that tag stored texts again."""
    retagger = Retagger(tagger_options(settings))
    return Grouped(_setup(settings, retagger, retagger.warm_up).open(settings.workers), TOGETHER)


def _setup(
    settings: Settings, work: Callable[[tuple[In, ...]], list[Out]], warm_up: Callable[[], None]
) -> Setup[tuple[In, ...], list[Out]]:
    """Work on groups of pages, each group within the limits of one page."""
    return Setup(
        function=work,
        warm_up=warm_up,
        seconds=settings.page_seconds + settings.tag_seconds,
        memory_bytes=settings.page_memory_bytes,
    )


def tagger_options(settings: Settings) -> Options:
    """The tagger that the settings ask for; ConfigError when the operator's rules or coder are wrong."""
    actors = settings.actors_file if settings.actors_file.exists() else None
    rules = own_rules(settings)
    check_rules(rules)
    return Options(
        model=settings.spacy_model,
        gazetteer=settings.gazetteer,
        actors=actors,
        rules=rules,
        coder=check_coder(settings.event_coder),
        learned=check_learned(settings.event_model),
        languages=check_models(settings.language_models),
        labels=settings.label_table,
    )


def own_rules(settings: Settings) -> Path | None:
    """The operator's event rules, where there are any."""
    return settings.rules_file if settings.rules_file.exists() else None


def load_page(job: ReadJob) -> Page:
    """The captured bytes as a page to extract from."""
    capture = job.capture
    return Page(
        page_id=capture.capture_id,
        url=capture.final_url,
        html=read_capture(job.home, capture).body if job.body is None else job.body,
        content_type=capture.content_type,
        title=job.title,
        byline=job.byline,
        agency=job.agency,
        language=job.language,
        published_at=job.published_at,
        modified_at=job.modified_at,
        fetched_at=capture.fetched_at,
        summary=job.content_html,
    )


def as_document(job: ReadJob, article: Article) -> Document:
    """The article as a text to tag."""
    return Document(
        document_id=article_url(job.capture, article),  # not the capture: fetched again, the page names the same people
        text=article.text,
        title=article.title,
        published_at=article.published_at,
        language=article.language,
        country=job.country,
        dateline=article.dateline,
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
    return stated if site_of(stated) == site_of(answered) and not is_front_page(stated) else answered
