"""Does the memory of a process that extracts pages stay flat? 5,000 extractions in one process that is not replaced.

    python -m tests.bench.extract_memory [--times 5000] [--reset 0] [PAGES...]

PAGES are files of HTML, gzipped or not, or folders of them; without any, pages of varied shape are made.
Workers replace a process after 500 pages or 1 GiB of growth; here nothing is replaced, so that what is seen is the
truth. The slope is that of a straight line through the second half, when caches are full.
`--reset N` empties the extractor's caches after each N pages, to see whether they are what grows.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import linear_regression

from trafilatura.meta import reset_caches

from pipeline.errors import ExtractError
from pipeline.extract import extract_article
from pipeline.records import Page
from tests.extract import hard_pages

STEP = 500


def main() -> None:
    options = _options()
    pages = cycle(_stored(options.pages)) if options.pages else hard_pages.varied_pages()
    sizes = list(_run(islice(pages, options.times), options.reset))
    half = sizes[len(sizes) // 2 :]
    slope = linear_regression([number for number, _ in half], [size for _, size in half]).slope
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"slope of the second half: {slope * 1000:+.2f} MiB for 1,000 pages; peak {peak:.0f} MiB")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--times", type=int, default=5_000)
    parser.add_argument("--reset", type=int, default=0)
    options = parser.parse_args()
    if options.times < 4 * STEP:
        parser.error(f"--times must be {4 * STEP:,} or more: a slope needs four steps")
    return options


def _run(pages: Iterator[Page], reset: int) -> Iterator[tuple[int, float]]:
    """(pages so far, MiB resident) after the first page and after each step."""
    start, articles = time.monotonic(), 0
    for number, page in enumerate(pages, 1):
        articles += _is_article(page)
        if reset and number % reset == 0:
            reset_caches()
        if number == 1 or number % STEP == 0:
            gc.collect()
            size = resident_bytes() / (1 << 20)
            print(f"{number:6,} pages  {articles:6,} articles  {size:7.1f} MiB  {time.monotonic() - start:6.1f} s")
            if number > 1:
                yield number, size


def _is_article(page: Page) -> bool:
    try:
        extract_article(page)
    except ExtractError:
        return False
    return True


def resident_bytes() -> int:
    """Memory of this process that is resident now; the most it ever was, where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _stored(paths: Sequence[Path]) -> list[Page]:
    files = [file for path in paths for file in (sorted(path.rglob("*.html*")) if path.is_dir() else [path])]
    return [hard_pages.page(file.name, _content(file), None) for file in files]


def _content(file: Path) -> bytes:
    raw = file.read_bytes()
    return gzip.decompress(raw) if file.suffix == ".gz" else raw


if __name__ == "__main__":
    main()
