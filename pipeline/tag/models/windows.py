"""Cutting a long text into windows that a recogniser can read at once: whole sentences, with context on both sides.

Every unit (a sentence, or a part of one that is too long) is owned by exactly one window; its neighbours may read it,
too, as context. A name is taken from the window that owns its first letter, so none is found twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

CONTEXT = 1  # units on each side; names rarely need more than the sentence before


@dataclass(frozen=True, slots=True)
class Window:
    """Units `first` to `last` (exclusive) are read, of which `own_first` to `own_last` (exclusive) are answered for."""

    first: int
    own_first: int
    own_last: int
    last: int


def windows(sizes: Sequence[int], limit: int, context: int = CONTEXT) -> list[Window]:
    """Windows over units of these sizes, none larger than `limit` unless a single unit is.

    >>> [(w.first, w.own_first, w.own_last, w.last) for w in windows([4] * 4, 13)]
    [(0, 0, 3, 3), (2, 3, 4, 4)]
    """
    found, start = [], 0
    while start < len(sizes):
        first = _context_before(sizes, start, limit, context)
        room = limit - sum(sizes[first:start])
        end = _filled(sizes, start, room - (room // 8))  # an eighth is left for what follows
        last = min(_filled(sizes, end, room - sum(sizes[start:end]), least=0), end + context)
        found.append(Window(first, start, end, last))
        start = end
    return found


def _context_before(sizes: Sequence[int], start: int, limit: int, context: int) -> int:
    """First unit of the context on the left: it takes at most a quarter of the window, or what the next unit leaves."""
    room = max(limit // 4, limit - sizes[start] - limit // 4)
    first = start
    while first > max(0, start - context) and sum(sizes[first - 1 : start]) <= min(room, limit - sizes[start]):
        first -= 1
    return first


def _filled(sizes: Sequence[int], start: int, room: int, least: int = 1) -> int:
    """The unit after the last one that fits; `least` units are taken even if they do not."""
    end, used = start, 0
    while end < len(sizes) and (end - start < least or used + sizes[end] <= room):
        used += sizes[end]
        end += 1
    return end


def units(doc: Doc, measure: Callable[[Sequence[str]], Sequence[int]], limit: int) -> tuple[list[Span], list[int]]:
    """The document's sentences with their sizes; a sentence above half of `limit` is halved at a token until it fits.

    `measure` gives the size of each text as the recogniser counts it (word pieces, words).
    """
    whole = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
    sizes = measure([s.text for s in whole])
    found: list[tuple[Span, int]] = []
    for span, size in zip(whole, sizes, strict=True):
        found += _halved(span, size, measure, max(1, limit // 2))
    return [span for span, _ in found], [size for _, size in found]


def _halved(
    span: Span, size: int, measure: Callable[[Sequence[str]], Sequence[int]], limit: int
) -> list[tuple[Span, int]]:
    """The span, or its halves' halves. A single token is left as it is, however long."""
    if size <= limit or len(span) < 2:
        return [(span, size)]
    middle = len(span) // 2
    halves = (span[:middle], span[middle:])
    return [p for half, n in zip(halves, measure([h.text for h in halves]), strict=True)
            for p in _halved(half, n, measure, limit)]  # fmt: skip
