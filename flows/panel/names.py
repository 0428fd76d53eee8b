"""What Prefect's pages call runs and batches: what is read, in a line that a list of runs has room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from flows.visible import cut, one_line
from pipeline.ids import host_of

MOST = 3  # names in a line
MOST_TEXT = 60  # characters of one


def run(flow: str, of: str, at: datetime) -> str:
    """ "ingest bbc-world at 2026-11-30 10:15:00" """
    return f"{flow} {of} at {at:%Y-%m-%d %H:%M:%S}"


def batch(number: int, of: Sequence[str]) -> str:
    """ "3: bbc.co.uk, aljazeera.com and 12 more" """
    return f"{number}: {some(of)}" if of else str(number)


def some(names: Sequence[str]) -> str:
    r"""The first of the names, and how many more there are.

    >>> some(["a", "b\n", "c", "d", "e"])
    'a, b\\n, c and 2 more'
    """
    told = ", ".join(one_line(cut(name, MOST_TEXT)) for name in names[:MOST])
    return told + (f" and {len(names) - MOST:,} more" if len(names) > MOST else "")


def hosts(urls: Iterable[str]) -> list[str]:
    """The sites of addresses, those with most of them first."""
    return [host for host, _ in Counter(map(host_of, urls)).most_common()]
