"""What is written in GDELT's form is read as GDELT: the columns and types of its codebook, CAMEO's codes."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.news import publish_news
from warehouse.export import Selection, export
from warehouse.gdelt import event_codes, line, tables

ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
GEO = ("FullName", "CountryCode", "ADM1Code", "ADM2Code")
# GDELT Event Codebook 2.0: the columns of the event table with their types.
EVENTS = {
    "GLOBALEVENTID": "BIGINT", "SQLDATE": "INTEGER", "MonthYear": "INTEGER", "Year": "INTEGER",
    "FractionDate": "DOUBLE",
    **{f"Actor1{name}": "VARCHAR" for name in ACTOR},
    **{f"Actor2{name}": "VARCHAR" for name in ACTOR},
    "IsRootEvent": "INTEGER", "EventCode": "VARCHAR", "EventBaseCode": "VARCHAR", "EventRootCode": "VARCHAR",
    "QuadClass": "INTEGER", "GoldsteinScale": "DOUBLE", "NumMentions": "INTEGER", "NumSources": "INTEGER",
    "NumArticles": "INTEGER", "AvgTone": "DOUBLE",
    **{
        f"{who}Geo_{name}": kind
        for who in ("Actor1", "Actor2", "Action")
        for name, kind in {
            "Type": "INTEGER", **dict.fromkeys(GEO, "VARCHAR"), "Lat": "DOUBLE", "Long": "DOUBLE",
            "FeatureID": "VARCHAR",
        }.items()
    },
    "DATEADDED": "BIGINT", "SOURCEURL": "VARCHAR",
}  # fmt: skip
MENTIONS = {
    "GLOBALEVENTID": "BIGINT", "EventTimeDate": "BIGINT", "MentionTimeDate": "BIGINT", "MentionType": "INTEGER",
    "MentionSourceName": "VARCHAR", "MentionIdentifier": "VARCHAR", "SentenceID": "INTEGER",
    "Actor1CharOffset": "INTEGER", "Actor2CharOffset": "INTEGER", "ActionCharOffset": "INTEGER", "InRawText": "INTEGER",
    "Confidence": "INTEGER", "MentionDocLen": "INTEGER", "MentionDocTone": "DOUBLE",
    "MentionDocTranslationInfo": "VARCHAR", "Extras": "VARCHAR",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up news in GDELT's form; the name of the first actor is hostile."""
    home = tmp_path_factory.mktemp("home")
    published = publish_news(home)
    with duckdb.connect(str(published)) as connection:
        connection.execute(
            "UPDATE event_participant SET participant_text = 'Rebels\t\"of\nRawa\"' WHERE country = 'IRQ'"
        )
        connection.execute("UPDATE event_participant SET participant_text = 'three herders' WHERE role = 'recipient'")
    assert export(published, "gdelt", home / "out", Selection()) == {"events": 2, "mentions": 4}
    return home / "out"


def read(folder: Path, kind: str, columns: dict[str, str]) -> list[dict[str, object]]:
    """The rows of GDELT's files, as its tools read them: tabs, no head, no quotes, types by the codebook."""
    with duckdb.connect() as connection:
        relation = connection.execute(
            """
            FROM read_csv(
                $files, delim = '\t', header = false, quote = '', escape = '', auto_detect = false, columns = $columns
            )
            """,
            {"files": str(folder / f"*.{kind}.CSV"), "columns": columns},
        )
        names = [column[0] for column in relation.description or []]
        return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


def test_there_are_61_and_16_columns() -> None:
    assert (len(EVENTS), len(MENTIONS)) == (61, 16)


def test_files_are_named_by_the_day_that_they_were_added_on(folder: Path) -> None:
    assert sorted(file.name for file in folder.iterdir()) == ["20261120.export.CSV", "20261120.mentions.CSV"]


def test_an_attack_reads_as_an_event_of_gdelt(folder: Path) -> None:
    _, attack = sorted(read(folder, "export", EVENTS), key=lambda row: str(row["SQLDATE"]))
    assert {name: value for name, value in attack.items() if value is not None} == {
        "GLOBALEVENTID": 0xA77AC4C0FFEE0, "SQLDATE": 20261120, "MonthYear": 202611, "Year": 2026,
        "FractionDate": 2026.8767,
        "Actor1Code": "IRQREB", "Actor1Name": 'REBELS "OF RAWA"', "Actor1CountryCode": "IRQ", "Actor1Type1Code": "REB",
        "Actor2Code": "IRQCVL", "Actor2Name": "THREE HERDERS", "Actor2CountryCode": "IRQ", "Actor2Type1Code": "CVL",
        "IsRootEvent": 0, "EventCode": "190", "EventBaseCode": "190", "EventRootCode": "19", "QuadClass": 4,
        "GoldsteinScale": -10.0, "NumMentions": 3, "NumSources": 3, "NumArticles": 3,
        "Actor1Geo_Type": 0, "Actor2Geo_Type": 0,
        "ActionGeo_Type": 4, "ActionGeo_FullName": "Rāwah, Al Anbar, Iraq", "ActionGeo_CountryCode": "IZ",
        "ActionGeo_Lat": 34.48, "ActionGeo_Long": 41.92,
        "DATEADDED": 20261120120100, "SOURCEURL": "https://wire.example/1",
    }  # fmt: skip


def test_of_talks_the_second_party_is_actor_2(folder: Path) -> None:
    talks, _ = sorted(read(folder, "export", EVENTS), key=lambda row: str(row["SQLDATE"]))
    assert {name: value for name, value in talks.items() if value is not None and "Actor" in name} == {
        "Actor1Code": "NOR", "Actor1Name": "NORLAND", "Actor1CountryCode": "NOR", "Actor1Geo_Type": 0,
        "Actor2Code": "SDN", "Actor2Name": "SUDRIA", "Actor2CountryCode": "SDN", "Actor2Geo_Type": 0,
    }  # fmt: skip
    assert (talks["EventCode"], talks["QuadClass"], talks["ActionGeo_Type"]) == ("040", 1, 0)


def test_each_report_reads_as_a_mention_of_gdelt(folder: Path) -> None:
    rows = read(folder, "mentions", MENTIONS)
    (doctor,) = [row for row in rows if row["MentionSourceName"] == "other.example"]
    assert len(rows) == 4
    assert {name: value for name, value in doctor.items() if value is not None} == {
        "GLOBALEVENTID": 0xA77AC4C0FFEE0, "EventTimeDate": 20261120120100, "MentionTimeDate": 20261120120100,
        "MentionType": 1, "MentionSourceName": "other.example", "MentionIdentifier": "https://other.example/3",
        "Actor1CharOffset": 33, "Actor2CharOffset": -1, "ActionCharOffset": 40, "InRawText": 1, "Confidence": 80,
        "MentionDocLen": 67,
    }  # fmt: skip


def test_offsets_of_talks_are_those_of_both_parties(folder: Path) -> None:
    (talks,) = [row for row in read(folder, "mentions", MENTIONS) if row["GLOBALEVENTID"] != 0xA77AC4C0FFEE0]
    assert (talks["Actor1CharOffset"], talks["Actor2CharOffset"]) == (0, 12)


@pytest.mark.parametrize(
    ("day", "wanted"), [("1979-01-01", 1979.0027), ("1979-12-31", 1979.989), ("2026-03-05", 2026.1781)]
)
def test_the_fraction_of_a_year_is_that_of_gdelt(tmp_path: Path, day: str, wanted: float) -> None:
    """GDELT's own files: 19790101 is 1979.0027."""
    published = publish_news(tmp_path)
    with duckdb.connect(str(published)) as connection:
        connection.execute("UPDATE event SET event_day = CAST(? AS DATE)", [day])
    export(published, "gdelt", tmp_path / "out", Selection())
    assert {row["FractionDate"] for row in read(tmp_path / "out", "export", EVENTS)} == {wanted}


@pytest.mark.parametrize(
    ("precision", "country", "wanted"),
    [
        ("country", "IRQ", (1, "Rāwah, Al Anbar", "IZ", "IZ")),
        ("admin1", "IRQ", (5, "Rāwah, Al Anbar, Iraq", "IZ", None)),
        ("admin1", "USA", (2, "Rāwah, Al Anbar, United States", "US", None)),
        ("city", "USA", (3, "Rāwah, Al Anbar, United States", "US", None)),
        ("region", "IRQ", (0, None, None, None)),
    ],
)
def test_places_have_gdelts_types(
    tmp_path: Path, precision: str, country: str, wanted: tuple[int, str | None, str | None, str | None]
) -> None:
    published = publish_news(tmp_path)
    with duckdb.connect(str(published)) as connection:
        connection.execute(
            "UPDATE event SET place_precision = ?, country = ? WHERE event_type = 'ASSAULT'", [precision, country]
        )
    export(published, "gdelt", tmp_path / "out", Selection(where="quad = 4"))
    (row,) = read(tmp_path / "out", "export", EVENTS)
    names = ("ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code")
    assert tuple(row[name] for name in names) == wanted


def test_bodies_beyond_states_have_cameos_codes(tmp_path: Path) -> None:
    published = publish_news(tmp_path)
    with duckdb.connect(str(published)) as connection:
        connection.execute("UPDATE event_participant SET country = 'UNO', sector = 'MIL' WHERE role = 'actor'")
    export(published, "gdelt", tmp_path / "out", Selection(where="quad = 4"))
    (row,) = read(tmp_path / "out", "export", EVENTS)
    names = ("Code", "CountryCode", "KnownGroupCode", "Type1Code", "Type2Code")
    assert tuple(row[f"Actor1{name}"] for name in names) == ("IGOUNO", None, "UNO", "IGO", "MIL")


PLOVER = tomllib.loads((files("pipeline") / "tag" / "lexicon" / "plover.toml").read_text("utf-8"))["types"]
SECTORS = [
    "GOV",
    "MIL",
    "COP",
    "LEG",
    "JUD",
    "SPY",
    "PTY",
    "REB",
    "PRM",
    "UAF",
    "UNK",
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
    "ELI",
    "JRN",
    "LAB",
    "MED",
    "OPP",
    "PRE",
    "REF",
    "REL",
    "SOC",
]


def test_every_type_and_mode_of_plover_has_a_code_with_a_figure() -> None:
    wanted = {(name, mode) for name, entry in PLOVER.items() for mode in ("", *entry.get("modes", {}))}
    coded = {(row["event_type"], row["mode"]): row for row in event_codes()}
    assert set(coded) == wanted
    for row in coded.values():
        assert str(row["code"]).isdigit()
        assert len(str(row["code"])) in (3, 4)
        assert -10 <= float(str(row["goldstein"])) <= 10


def test_every_sector_and_body_of_plover_has_a_role() -> None:
    assert set(tables()["roles"]) == set(SECTORS)
    assert set(tables()["bodies"]) == {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"}


def test_a_value_never_breaks_its_line() -> None:
    assert line(("a\tb\r\nc\u2028d", None, 3)) == "a b c d\t\t3\n"
