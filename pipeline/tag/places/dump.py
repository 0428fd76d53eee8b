"""A bigger gazetteer from a GeoNames dump (https://download.geonames.org/export/dump/readme.txt; CC BY 4.0).

The dump is `allCountries.txt`, or one country's file of the same format, as text or in the zip that it comes in. Files
beside it are used where they are: `countryInfo.txt`, `admin1CodesASCII.txt`, `admin2Codes.txt` and
`alternateNamesV2.txt`. Lines are streamed; what stays in memory is one byte a GeoNames id and the names of areas:
0.13 GB after 800,000 lines, which take 35 s of one slow core; all 12 million take about ten minutes.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO
from zipfile import BadZipFile, ZipFile

from pipeline.errors import DatelineError
from pipeline.spelling import normal_name
from pipeline.tag.places import own, packages
from pipeline.tag.places.build import DUMP_VERSION, whole_or_nothing
from pipeline.tag.places.features import features
from pipeline.tag.places.nearest import Nearest
from pipeline.tag.places.rows import Row, Writer
from pipeline.tag.places.spelling import SMALL, is_latin

LOG = logging.getLogger(__name__)

COLUMNS = 19
LOOK = 1_000  # lines: when none of the first is one of a dump, the file is none
_KEPT, _AREA, _SMALL = 1, 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What became of a dump: places in the file, lines that could not be read, and the first of these."""

    places: int
    bad_lines: int
    first_bad: str | None


@dataclass(slots=True)
class _Reader:
    """Reads lines of one dump, and counts what it cannot read."""

    dump: Path
    people: int
    countries: dict[str, str]  # ISO 3166 alpha-2 to alpha-3
    areas: dict[str, str]  # "IQ.01" and "IQ.01.99592" to names
    bad_lines: int = 0
    first_bad: str | None = None
    good_lines: int = 0
    flags: bytearray = field(default_factory=bytearray)  # by GeoNames id

    def rows(self) -> Iterator[Row]:
        """The places of the dump; DatelineError when it is no dump."""
        for number, fields in _lines(self.dump):
            try:
                row = self._row(fields)
            except (ValueError, IndexError) as error:
                self._note(number, error)
                continue
            self.good_lines += 1
            if row is not None:
                self._flag(row)
                yield row
        if not self.good_lines:
            raise DatelineError(f"{self.first_bad or self.dump}: no GeoNames dump")

    def _row(self, fields: list[str]) -> Row | None:
        """A place, None when it is of no kept feature; ValueError names what is wrong with the line."""
        if len(fields) != COLUMNS:
            raise ValueError(f"{len(fields)} columns, {COLUMNS} expected")
        geonameid, latitude, longitude = int(fields[0]), float(fields[4]), float(fields[5])
        people = int(fields[14] or 0)
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and geonameid > 0 and fields[1]):
            raise ValueError("no id, no name or no point on the globe")
        kind, code = fields[6], fields[7]
        if code not in features().kept.get(kind, ()) or (kind == "P" and code == "PPL" and people < self.people):
            return None
        admin1, admin2 = f"{fields[8]}.{fields[10]}", f"{fields[8]}.{fields[10]}.{fields[11]}"
        return Row(
            geonameid,
            fields[1],
            latitude,
            longitude,
            self.countries.get(fields[8]),
            self.areas.get(admin1),
            "PCLI" if code.startswith("PCL") else code,
            people,
            [fields[2], *fields[3].split(",")] if fields[3] else [fields[2]],
            admin2=self.areas.get(admin2),
            timezone=fields[17] or None,
        )

    def _note(self, number: int, error: Exception) -> None:
        """Count a bad line; the first is named. Gives up on a file that is something else."""
        self.bad_lines += 1
        if self.first_bad is None:
            self.first_bad = f"{self.dump} line {number}: {error}"
            LOG.warning("%s; the line is left out", self.first_bad)
        if not self.good_lines and number >= LOOK:
            raise DatelineError(f"{self.first_bad}; no GeoNames dump")

    def _flag(self, row: Row) -> None:
        """Remember that the place is kept, for its names in another file."""
        if row.geonameid >= len(self.flags):
            self.flags.extend(bytes(row.geonameid + 1_000_000 - len(self.flags)))
        small = row.feature.startswith("PPL") and row.population < SMALL
        self.flags[row.geonameid] = _KEPT | (_AREA if row.feature.startswith("ADM") else 0) | (_SMALL if small else 0)


def build_from_geonames(dump: Path, out: Path, *, people: int = 0) -> Built:
    """Write a gazetteer of the dump and of our own data at `out`, whole or not at all; `Gazetteer.open` takes it.

    `people` is the least population of a populated place that is no seat of anything (0 keeps all). A line that cannot
    be read is left out and counted. DatelineError when the dump is none, cannot be read, or `out` cannot be written.
    """
    try:
        dump = _found(dump)
        reader = _Reader(dump, people, _countries(dump), _areas(dump))
        out.parent.mkdir(parents=True, exist_ok=True)
        with whole_or_nothing(out) as writer:
            _fill(writer, reader)
            writer.finish(f"{DUMP_VERSION} {dump.name}")
    except (OSError, sqlite3.Error, UnicodeDecodeError, BadZipFile) as error:
        raise DatelineError(f"gazetteer {out} from {dump}: cannot be built: {error}") from error
    return Built(places=writer.places, bad_lines=reader.bad_lines, first_bad=reader.first_bad)


def _fill(writer: Writer, reader: _Reader) -> None:
    """The dump's places with our names for them, our own places that it has not, and names of the other file."""
    mine, nearest = _Own(), Nearest(own.rows())
    provinces = packages.province_names()
    for row in reader.rows():
        if row.feature == "PCLI" and row.country:
            row.sure = packages.country_names(row.country)
        elif row.feature == "ADM1":
            row.sure = provinces.get(row.geonameid, ())
        elif same := mine.take(row):
            row.sure = (same.name, *same.sure)
        nearest.note(row)
        writer.add(row)
    for row in mine.rest():
        writer.add(nearest.placed(row))
    _more_names(writer, reader)


class _Own:
    """Our own places by name, until the dump turns out to have them."""

    def __init__(self) -> None:
        self._rows = {row.geonameid: row for row in own.rows()}
        self._by_key: dict[str, list[Row]] = {}
        for row in self._rows.values():
            for name in {normal_name(n) for n in (row.name, *row.sure)}:
                self._by_key.setdefault(name, []).append(row)

    def take(self, row: Row) -> Row | None:
        """Our row of the same place: of that name and kind, not further than its kind is large."""
        for mine in self._by_key.get(normal_name(row.name), ()):
            if mine.geonameid in self._rows and mine.feature == row.feature and _near(mine, row):
                return self._rows.pop(mine.geonameid)
        return None

    def rest(self) -> Iterator[Row]:
        """Those that the dump has not."""
        yield from self._rows.values()


_SPREAD_DEGREES = {"STM": 12.0, "RGN": 6.0, "DSRT": 6.0, "MTS": 8.0, "SEA": 8.0, "OCN": 60.0, "CONT": 60.0}


def _near(a: Row, b: Row) -> bool:
    """May two points be of one place of that kind?"""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return False
    reach = _SPREAD_DEGREES.get(a.feature, 1.0)
    return abs(a.latitude - b.latitude) <= reach and abs((a.longitude - b.longitude + 180) % 360 - 180) <= reach


def _more_names(writer: Writer, reader: _Reader) -> None:
    """Names of kept places in `alternateNamesV2.txt`; links, codes and historic names are left out."""
    flags = reader.flags
    for _, fields in _lines(reader.dump.with_name("alternateNamesV2.txt"), missing=True):
        if len(fields) < 4 or not fields[1].isdigit() or len(fields[2]) > 7 or fields[2] in _NO_LANGUAGE:
            continue
        geonameid, name = int(fields[1]), fields[3]
        flag = flags[geonameid] if geonameid < len(flags) else 0
        historic = len(fields) > 7 and fields[7] == "1"
        if flag & _KEPT and not historic and not (flag & _SMALL and not is_latin(name)):
            writer.also(geonameid, [key for key in (normal_name(name),) if len(key) > 1])


_NO_LANGUAGE = frozenset({"link", "post", "iata", "icao", "faac", "tcid", "unlc", "abbr", "wkdt", "phon"})


def _countries(dump: Path) -> dict[str, str]:
    """ISO 3166 alpha-2 to alpha-3: of `countryInfo.txt`, else of the packages."""
    listed = {f[0]: f[1] for _, f in _lines(dump.with_name("countryInfo.txt"), missing=True) if len(f) > 1 and f[1]}
    return packages.alpha3() | listed


def _areas(dump: Path) -> dict[str, str]:
    """Names of first and second level areas by code: of the two lists beside the dump, else of the dump itself."""
    names = {
        fields[0]: fields[1]
        for file in ("admin1CodesASCII.txt", "admin2Codes.txt")
        for _, fields in _lines(dump.with_name(file), missing=True)
        if len(fields) > 1
    }
    return names or dict(_areas_within(dump))


def _areas_within(dump: Path) -> Iterator[tuple[str, str]]:
    """Codes and names of the areas that are places of the dump."""
    for _, fields in _lines(dump):
        if len(fields) == COLUMNS and fields[7] == "ADM1":
            yield f"{fields[8]}.{fields[10]}", fields[1]
        elif len(fields) == COLUMNS and fields[7] == "ADM2":
            yield f"{fields[8]}.{fields[10]}.{fields[11]}", fields[1]


def _found(dump: Path) -> Path:
    """The dump: the file that is named, or the one in the folder that is named."""
    if dump.is_dir():
        return next((f for n in ("allCountries.txt", "allCountries.zip") if (f := dump / n).is_file()), dump)
    return dump


def _lines(path: Path, *, missing: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Numbered lines in their columns, without comments; none for a file that may be `missing`."""
    if missing and not path.is_file():
        return
    with _opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.startswith("#") and line.strip():
                yield number, line.rstrip("\n").split("\t")


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """The text of a file, or of the file of the same name in a zip."""
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", newline="\n") as lines:
            yield lines
        return
    with (
        ZipFile(path) as archive,
        archive.open(f"{path.stem}.txt") as raw,
        closing(TextIOWrapper(raw, "utf-8")) as text,
    ):
        yield text
