"""What `lexicon/places/features.toml` says of GeoNames' feature codes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Features:
    """Codes that are kept of a dump by class, codes of what lies in one place, words before and after names by code."""

    kept: dict[str, frozenset[str]]
    small: frozenset[str]
    words: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]


@cache
def features() -> Features:
    """The table, read once."""
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "places" / "features.toml").read_text(encoding="utf-8"))
    return Features(
        {kind: frozenset(codes) for kind, codes in table["kept"].items()},
        frozenset(table["small"]["codes"]),
        {code: (tuple(w["before"]), tuple(w["after"])) for code, w in table["words"].items()},
    )
