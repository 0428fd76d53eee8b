"""Lengths of time and sizes for a person."""

from __future__ import annotations

from itertools import pairwise

UNITS = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))


def span(seconds: float) -> str:
    """A length of time by its largest unit, and the next where that says more.

    >>> span(200_000), span(900_000), span(5400), span(41 * 60), span(8.4), span(0.2)
    ('2 d 7 h', '10 d', '1 h 30 min', '41 min', '8 s', '0 s')
    """
    whole = round(seconds)
    for (size, unit), (smaller, lesser) in pairwise(UNITS):
        count, rest = divmod(whole, size)
        if count:
            more = rest // smaller if count < 10 and unit != "min" else 0
            return f"{count} {unit} {more} {lesser}" if more else f"{count} {unit}"
    return f"{whole} s"


def megabytes(size_bytes: int) -> str:
    """A size in MB, or in GB from a thousand of them on.

    >>> megabytes(14_692_352), megabytes(52_300_000_000), megabytes(3_400)
    ('14.7 MB', '52.3 GB', '0.0 MB')
    """
    return f"{size_bytes / 1e9:,.1f} GB" if size_bytes >= 1e9 else f"{size_bytes / 1e6:,.1f} MB"
