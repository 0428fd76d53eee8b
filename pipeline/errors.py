"""What can go wrong, and what a person needs to know to act on it.

Expected failures of single records (a 404, a page without text) are results: see `records.Failure`.
These exceptions are for what stops a call.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from pipeline.secrets import masked_text


class DatelineError(Exception):
    """Root of all that Dateline raises on purpose; `str()` is one line fit for a person, its addresses masked."""

    def __init__(self, message: str = "") -> None:
        super().__init__(" ".join(masked_text(message).splitlines()))


class ConfigError(DatelineError):
    """A file or option of the operator's is wrong: names the place, what is wrong and what would be right."""

    def __init__(self, where: str, wrong: str, right: str | None = None) -> None:
        self.where, self.wrong, self.right = where, wrong, right
        super().__init__(f"{where}: {wrong}" + (f"; {right}" if right else ""))


class FetchError(DatelineError):
    """An address did not yield a usable answer.

    `url` is the address as it was asked, `detail` has its addresses masked.
    `reason` is a short stable word (dns, connect, timeout, tls, http_404, too_large, refused_address, refused_port,
    redirects, protocol, bad_url, robots, robots_unreachable, no_folder, unreadable, gone, error); `retryable` says
    whether the same request may work later.
    """

    def __init__(
        self, url: str, reason: str, detail: str, *, status: int | None = None, retryable: bool = True
    ) -> None:
        self.url, self.reason, self.detail = url, reason, masked_text(detail)
        self.status, self.retryable = status, retryable
        super().__init__(f"{url}: {reason}: {detail}")

    def __reduce__(self) -> tuple[Any, ...]:
        again = partial(FetchError, status=self.status, retryable=self.retryable)
        return again, (self.url, self.reason, self.detail)  # so that it may cross to another process


class ParseError(DatelineError):
    """Bytes that claim to be a feed, and are none."""


class ExtractError(DatelineError):
    """A page without an article in it.

    `reason` is a short stable word: what the answer is instead of a page (pdf, image, video, audio, json, feed, xml,
    office, archive, plain_text, binary, empty), or what is wrong with the page (not_html, too_large, too_deep,
    no_text). `retryable` says whether the same address may hold an article later.
    """

    def __init__(self, reason: str, detail: str) -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}: {detail}")

    @property
    def retryable(self) -> bool:
        """An empty page may fill; a PDF stays one."""
        return self.reason in ("empty", "no_text")

    def __reduce__(self) -> tuple[Any, ...]:
        return ExtractError, (self.reason, self.detail)  # so that it may cross to another process


class WarehouseError(DatelineError):
    """The warehouse cannot be opened, migrated, written or published."""


class LockedError(WarehouseError):
    """Another run is writing to this home."""
