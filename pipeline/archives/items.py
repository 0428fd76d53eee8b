"""What lies in an archive's file, item by item. `end` is where the next one begins, in the file's own unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from pipeline.records import Response

HTML: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),)  # the page itself says its charset
HTML_UTF8: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    """A page as it was answered, or as the archive tells of it."""

    start: int
    end: int
    response: Response
    title: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFile:
    """A NewsML-G2, NITF or ninjs file, not yet parsed; it may hold several items."""

    start: int
    end: int
    body: bytes
    address: str
    modified_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """What is no news page: `reason` is one stable word (record_type, status, content_type)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """What cannot be read: `reason` is cut_off, damaged, malformed, no_address, no_text, too_large or unreadable."""

    start: int
    end: int
    reason: str
    detail: str


Item = ArchivedPage | AgencyFile | PassedOver | Broken


def is_address(text: object) -> bool:
    """Whether a value can be a page's address: it has a scheme, no blanks and no half characters (surrogates)."""
    return isinstance(text, str) and bool(_ADDRESS.fullmatch(text.strip())) and text == whole(text)


def whole(text: str) -> str:
    """A text with "?" for half characters, which JSON can tell ("\\ud800") and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode()


def title_of(told: Mapping[str, Any]) -> str | None:
    """The title that an archive tells."""
    title = told.get("title")
    return whole(title) if isinstance(title, str) else None


def told_page(address: str, html: str, at: datetime) -> Response:
    """A page that an archive tells as text: nothing was transferred for it."""
    body = html.encode("utf-8", "replace")
    return Response(
        url=address, final_url=address, status=200, headers=HTML_UTF8, body=body, fetched_at=at, elapsed_ms=0
    )


def as_page(html: str, language: str | None = None) -> str:
    """A piece of HTML as a page, whole ones as they are; `language` stands in it where it can be one."""
    if _PAGE.search(html[:2000]):
        return html
    lang = f' lang="{language}"' if language and _LANGUAGE.fullmatch(language) else ""
    return f"<!doctype html><html{lang}><body><article>{html}</article></body></html>"


def html_of(text: str) -> str:
    """Plain text as HTML: blank lines, or line ends where there are none, end paragraphs.

    >>> html_of("Rain fell.\\n\\nIt was < 3 mm.")
    '<p>Rain fell.</p><p>It was &lt; 3 mm.</p>'
    """
    text = text.strip()
    parts = re.split(r"\n\s*\n", text) if re.search(r"\n\s*\n", text) else text.splitlines()
    return "".join(f"<p>{escape(part.strip(), quote=False)}</p>" for part in parts if part.strip())


def moment(value: object) -> datetime | None:
    """An ISO 8601 time, UTC where it has no zone; None for anything else.

    >>> moment("2021-03-04T05:06:07+02:00"), moment("last week")
    (datetime.datetime(2021, 3, 4, 3, 6, 7, tzinfo=datetime.timezone.utc), None)
    """
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value.strip())
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
