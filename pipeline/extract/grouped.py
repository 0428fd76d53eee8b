"""Workers that are handed several items at once, for functions that do many together for less than one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Generic, Self, TypeVar

from pipeline.extract.worker import Crash, Workers

In = TypeVar("In")
Out = TypeVar("Out")


class Grouped(Generic[In, Out]):
    """To its caller what `Workers` are: items in, a result or a Crash of each out.

    The workers' function takes a tuple of items and gives their results in order; their limits hold for a group. Where
    a group gives none, each of its items is tried again alone, so that one bad page costs itself only.
    """

    def __init__(self, workers: Workers[tuple[In, ...], list[Out]], size: int) -> None:
        if size < 1:
            raise ValueError(f"size {size} must be above 0")
        self._workers, self._size = workers, size

    def map(self, items: Sequence[In]) -> Iterator[tuple[int, Out | Crash]]:
        """(index into `items`, result or Crash) for each item, as they come; WorkersError as `Workers.map`."""
        groups = [range(n, min(n + self._size, len(items))) for n in range(0, len(items), self._size)]
        alone: list[range] = []
        for group, result in self._done(items, groups):
            if not isinstance(result, Crash):
                yield from zip(group, result, strict=True)
            elif len(group) == 1:
                yield group[0], result
            else:
                alone += (range(n, n + 1) for n in group)
        for (index,), result in self._done(items, alone):
            yield index, result if isinstance(result, Crash) else result[0]

    def _done(self, items: Sequence[In], groups: Sequence[range]) -> Iterator[tuple[range, list[Out] | Crash]]:
        jobs = [tuple(items[n] for n in group) for group in groups]
        for number, result in self._workers.map(jobs):
            yield groups[number], result

    def close(self) -> None:
        """As `Workers.close`."""
        self._workers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
