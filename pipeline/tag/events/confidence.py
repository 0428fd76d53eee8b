"""How sure an event is: the share of events with the same evidence that are right, by a logistic curve.

The weights are fitted to the corpus (`python -m pipeline.tag.training.confidence`) and stand in
`lexicon/confidence.toml`; the README's table of reliability holds them against a set that they have not seen.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from pipeline.errors import ConfigError
from pipeline.records import Event
from pipeline.tag.events.triggers import LEARNED, NO_EVENT

Evidence = Mapping[str, Callable[[Event], bool]]
BASE = "base"
SURE = 0.8  # share of its type from which the learned coder is sure


def _is_known(event: Event, sides: int) -> bool:
    """Are the first actor and recipient known by country or sector, at least so many of them?"""
    first = (*event.actors[:1], *event.recipients[:1])
    return sum(p.country is not None or p.sector is not None for p in first) >= sides


# What speaks for an event or against it, as the finished event shows it.
EVIDENCE: Evidence = {
    "actor": lambda e: bool(e.actors),
    "one_known": lambda e: _is_known(e, 1),
    "both_known": lambda e: _is_known(e, 2),
    "mode": lambda e: e.mode is not None,
    "toll": lambda e: any((e.killed, e.wounded, e.arrested)),
    "date": lambda e: e.date_text is not None,
    "not_actual": lambda e: e.modality != "actual",
}


# What the learned coder's own mind adds, where it was asked.
OPINIONS: Evidence = {
    "by_rule": lambda e: e.rule != LEARNED,
    "agreed": lambda e: e.learned_type == e.type,
    "agreed_surely": lambda e: e.learned_type == e.type and (e.learned_share or 0) >= SURE,
    "denied": lambda e: e.learned_type == NO_EVENT,
}
TABLES: Mapping[str, Evidence] = {"rules": EVIDENCE, "both": {**EVIDENCE, **OPINIONS}}


def table_of(event: Event) -> str:
    """Whose weights count: those of the rules alone, or those of rules and learned coder."""
    return "rules" if event.learned_type is None else "both"


def confidence_of(event: Event) -> float:
    """0 to 1, by the shipped weights: of 100 events of 0.8 in such sentences about 80 are of the right type."""
    table = table_of(event)
    weights = load_weights()[table]
    return curve(weights[BASE] + sum(weights[name] for name, shows in TABLES[table].items() if shows(event)))


def curve(log_odds: float) -> float:
    """The share that log-odds stand for, in hundredths."""
    return round(1 / (1 + math.exp(-log_odds)), 2)


@cache
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """The shipped log-odds of the evidence, a table for each of `TABLES`; ConfigError when file and code differ."""
    return read_weights((files("pipeline.tag") / "lexicon" / "confidence.toml").read_text("utf-8"))


def read_weights(text: str) -> Mapping[str, Mapping[str, float]]:
    """Weights as TOML; ConfigError names what is missing or unknown."""
    tables = tomllib.loads(text)
    wanted = {name: {BASE, *evidence} for name, evidence in TABLES.items()}
    odd = tables.keys() ^ wanted.keys() or {n for name in wanted for n in tables[name].keys() ^ wanted[name]}
    if odd:
        raise ConfigError("confidence.toml", f"{', '.join(sorted(odd))} in one of file and code only", "the same names")
    return tables
