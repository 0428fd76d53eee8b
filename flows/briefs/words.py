"""How a brief says things: days, times, kinds of events, addresses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from pipeline.secrets import masked
from warehouse.brief import country_names
from warehouse.brief_parts import Period

MINUTES_AN_HOUR, MINUTES_A_DAY = 60, 24 * 60
SECTORS = {  # PLOVER's, in a word or two
    "GOV": "government", "MIL": "army", "COP": "police", "LEG": "parliament", "JUD": "courts", "SPY": "secret service",
    "PTY": "party", "REB": "rebels", "PRM": "militia", "UAF": "unknown armed men", "UNK": "unknown", "AGR": "farmers",
    "BUS": "business", "CRM": "criminals", "CVL": "civilians", "EDU": "schools", "ELI": "elites", "JRN": "journalists",
    "LAB": "workers", "MED": "health workers", "OPP": "opposition", "REF": "refugees",
    "REL": "clergy", "SOC": "civil society",
}  # fmt: skip
QUADS = {4: "material conflict", 3: "verbal conflict", 2: "material cooperation", 1: "verbal cooperation"}


def day_words(day: date, year: int) -> str:
    """A day in a brief of that year.

    >>> day_words(date(2026, 11, 20), 2026), day_words(date(2025, 12, 1), 2026)
    ('20 Nov', '1 Dec 2025')
    """
    return f"{day.day} {day:%b}" if day.year == year else f"{day.day} {day:%b %Y}"


def moment_words(at: datetime | None, year: int) -> str | None:
    """A time, UTC: "20 Nov, 14:05"."""
    return f"{day_words(at.date(), year)}, {at:%H:%M}" if at else None


def period_words(period: Period) -> str:
    """The time of a brief, as its title has it."""
    start, end = period.since, period.until
    return f"{moment_words(start, end.year)}, to {end.day} {end:%B %Y, %H:%M} UTC"


def later_words(minutes: float | None) -> str | None:
    """How much later an article came: "+35 min", "+2 h", "+3 days".

    >>> later_words(35.2), later_words(150), later_words(4500), later_words(None)
    ('+35 min', '+2 h', '+3 days', None)
    """
    if minutes is None:
        return None
    if minutes < MINUTES_AN_HOUR:
        return f"+{max(minutes, 0):.0f} min"
    if minutes < 2 * MINUTES_A_DAY:
        return f"+{minutes // MINUTES_AN_HOUR:.0f} h"
    return f"+{minutes // MINUTES_A_DAY:.0f} days"


def kind_words(event_type: str) -> str:
    """A type of event as a word: "Assault"."""
    return event_type.capitalize()


def country_words(code: str | None) -> str | None:
    """The name of a state by its code; a code that is none of a state as it is."""
    return country_names().get(code, code) if code else None


def place_words(name: str | None, admin1: str | None, country: str | None, precision: str | None) -> str | None:
    """A place in the narrowest words that are known, each once.

    >>> place_words("Rāwah", "Al Anbar", "IRQ", "city"), place_words("Iraq", None, "IRQ", "country")
    ('Rāwah, Al Anbar, Iraq', 'Iraq')
    """
    state = country_words(country)
    if precision == "country":
        return state or name
    return ", ".join(dict.fromkeys(part for part in (name, admin1, state) if part)) or None


def side_words(name: str) -> str:
    """A side of a pair; where it is no name but a country and a sector, what these codes mean.

    >>> side_words("Karo Front"), side_words("IRQ COP"), side_words("CVL"), side_words("UNO")
    ('Karo Front', 'Iraq, police', 'civilians', 'UNO')
    """
    parts = name.split(" ")
    if len(parts) > 2 or not all(part in SECTORS or part in country_names() for part in parts):
        return name
    return ", ".join(SECTORS.get(part) or country_words(part) or part for part in parts)


def party_words(parties: Sequence[str], most: int = 4) -> str:
    """The parties of an event in a line."""
    more = f" and {len(parties) - most} more" if len(parties) > most else ""
    return ", ".join(parties[:most]) + more


def link(url: str | None) -> str | None:
    """The address where it may be a link (http, https), without secrets; None for any other."""
    if not url or not url.isprintable() or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return masked(url) if parts.scheme in ("http", "https") and parts.netloc else None


def host(url: str | None) -> str | None:
    """The site of an address that may be a link."""
    return urlsplit(address).hostname if (address := link(url)) else None
