"""News agencies: the names that they go under, and which two names are of one.

The names are `agencies.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from pipeline.spelling import folded


@cache
def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((files("pipeline") / "agencies.toml").read_text("utf-8"))[name]
    return table


@cache
def agencies() -> dict[str, str]:
    """Folded name or abbreviation of each agency → the abbreviation it is known by ("agence france presse" → AFP)."""
    return {folded(name): short for short, names in _table("agencies").items() for name in (short, *names)}


def agency_of(name: str) -> str | None:
    """The abbreviation of an agency ("Reuters Staff" and "The Associated Press" too), None for any other name."""
    key = re.sub(r"^the | (?:staff|news agency|news|correspondents?|reporters?|writers?)$", "", folded(name))
    return agencies().get(folded(name)) or agencies().get(key)


@lru_cache(maxsize=4096)
def agency_key(name: str) -> str:
    """What is equal for two ways of writing one agency.

    >>> agency_key("The Meridian News Agency"), agency_key("MERIDIAN"), agency_key("Agence France-Presse")
    ('meridian', 'meridian', 'afp')
    """
    key = folded(agency_of(name) or name)
    before, after = ("|".join(map(re.escape, _table("same")[where])) for where in ("before", "after"))
    return re.sub(rf"^(?:{before}) (?=\w)|(?<=\w) (?:{after})$", "", key)
