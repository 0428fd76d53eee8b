"""What a log record is about: the run, and the feed, page or article that one is written for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_about: ContextVar[Mapping[str, str]] = ContextVar("about", default={})  # noqa: B039 - never changed in place


@contextmanager
def about(**ids: str | None) -> Iterator[None]:
    """Put ids (run, feed, entry, capture, article, url) into every record that this thread makes meanwhile."""
    token = _about.set({**_about.get(), **{name: value for name, value in ids.items() if value}})
    try:
        yield
    finally:
        _about.reset(token)


def told_about() -> Mapping[str, str]:
    """The ids of now."""
    return _about.get()
