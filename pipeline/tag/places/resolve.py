"""Which place a name means: every reading of it in the gazetteer is weighed by what the document says.

Evidence, strongest first: what it is said to lie in ("Rawa, Anbar province, Iraq"), the kind of place named beside it
("province"), the countries and provinces that the rest of the document speaks of, nearness to its other places, the
feed's country, and how many people live there. All mentions of one name in a document mean one place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.records import Mention, Place, PlacePrecision
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import is_demonym, name_of
from pipeline.tag.places.evidence import PlaceName, collect
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.inner import inner_names
from pipeline.tag.places.weigh import Context, evidence_for, settle

LABELS = frozenset({"GPE", "LOC", "FAC"})
# Below this share of the evidence no reading is taken: on development articles 4 of 10 such readings are right.
LEAST_SHARE = 0.4
GUESS_COUNTRY = 0.3  # of the document's names must speak of the country of a place that is only spelt like the name
PRECISIONS: Mapping[str, PlacePrecision] = {
    "PCL": "country",
    "ADM1": "admin1",
    "ADM": "admin2",
    "PPL": "city",
    **dict.fromkeys(("CONT", "RGN", "SEA", "OCN", "GULF", "BAY", "STRT", "STM", "CST", "AREA"), "region"),
    **dict.fromkeys(("DSRT", "MTS", "PLN", "PLAT", "PEN", "ISLS", "VAL", "DLTA", "UPLD"), "region"),
}


def find_places(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, home: str | None = None
) -> tuple[Place, ...]:
    """The places that GPE, LOC and FAC mentions mean, and the states that demonyms point to, in the order of the text.

    `home` is the country of the feed (ISO 3166 alpha-3). `score` is the chosen reading's share of the evidence among
    all readings (0..1), `decided_by` the evidence that set it apart from the next. A name that the gazetteer does not
    know, or that no reading fits well enough, has None for everything but its text and score.
    """
    named = [m for m in mentions if m.label in LABELS or (m.label == "NORP" and _is_national(m.text))]
    named = sorted([*named, *inner_names(mentions, named, gazetteer)], key=lambda m: m.start)
    names = collect(text, named, gazetteer)
    context = settle(names, mentions, home)
    return tuple(_place(m, normal_name(m.text), names, context) for m in named)


def _is_national(words: str) -> bool:
    return is_demonym(words) or name_of(words) is not None


def _place(mention: Mention, key: str, names: Mapping[str, PlaceName], context: Context) -> Place:
    """The mention with the reading that was chosen; without one, a place of which nothing is known."""
    name = names[key]
    score = round(max(name.shares, default=0.0), 3)
    best = name.candidates[name.best] if name.best is not None and score >= LEAST_SHARE else None
    if best and name.is_guess and context.countries.get(best.country, 0.0) < GUESS_COUNTRY:
        best = None
    return Place(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=best.name if best else mention.text,
        geonameid=best.geonameid if best and best.geonameid > 0 else None,  # places of our own have none
        latitude=best.latitude if best else None,
        longitude=best.longitude if best else None,
        country=best.country if best else None,
        admin1=best.admin1 if best else None,
        feature=best.feature if best else None,
        score=score,
        precision=precision_of(best.feature) if best else None,
        decided_by=_deciding(key, names, context) if best else None,
    )


def precision_of(feature: str) -> PlacePrecision:
    """How large what a GeoNames feature code means is: a dam is a point, a river a region."""
    for length in (4, 3):  # "ADM1" before "ADM", "PPLC" as "PPL"
        if found := PRECISIONS.get(feature[:length]):
            return found
    return "point"


def _deciding(key: str, names: Mapping[str, PlaceName], context: Context) -> str:
    """The evidence that speaks most for the chosen reading against the next best; "only" where there is one reading."""
    name = names[key]
    order = sorted(range(len(name.shares)), key=name.shares.__getitem__, reverse=True)
    if len(order) == 1:
        return "only"
    first, second = (evidence_for(name.candidates[i], key, name, context, names) for i in order[:2])
    return max(first, key=lambda kind: first[kind] - second.get(kind, 0.0))
