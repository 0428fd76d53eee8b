"""Which place a name means: every reading of it in the gazetteer is weighed by what the document says.

Evidence, strongest first: what comes before other places of its name (`precedence`), what it is said to lie in ("Rawa,
Anbar province, Iraq"), the kind of place named beside it ("province"), the countries and provinces that the rest of the
document and of the sentence speaks of, nearness to its other places, the feed's country, and how many people live
there. All mentions of one name in a document mean one place, but for those that say otherwise themselves ("Atlanta,
Georgia", "Niger state").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Mention, Place, PlacePrecision
from pipeline.tag.names.nations import is_demonym, name_of
from pipeline.tag.places.apart import is_inside
from pipeline.tag.places.evidence import PlaceName, collect
from pipeline.tag.places.gazetteer import Candidate, Gazetteer
from pipeline.tag.places.geometry import lies_in
from pipeline.tag.places.inner import inner_names, is_large
from pipeline.tag.places.readings import is_short_alias
from pipeline.tag.places.weigh import Context, evidence_for, is_far_fetched, is_near, settle, speaks_of

LABELS = frozenset({"GPE", "LOC", "FAC"})
# Below this share of the evidence no reading is taken: on development articles 4 of 10 such readings are right.
LEAST_SHARE = 0.4
GUESS_COUNTRY = 0.3  # of the document's names must speak of the country of a place that is only spelt like the name
# People of a town: one of fewer lies in the country that the text says, or it is another ("Ber, in northern Mali").
BINDS_BELOW = 100_000
FILED = 0.5  # score of a dateline: a report may be filed from nearby
PRECISIONS: Mapping[str, PlacePrecision] = {
    "PCL": "country",
    "ADM1": "admin1",
    "ADM": "admin2",
    "PPL": "city",
    **dict.fromkeys(("CONT", "RGN", "SEA", "OCN", "GULF", "BAY", "STRT", "STM", "CST", "AREA"), "region"),
    **dict.fromkeys(("DSRT", "MTS", "PLN", "PLAT", "PEN", "ISLS", "VAL", "DLTA", "UPLD"), "region"),
}


@dataclass(frozen=True, slots=True)
class _Choice:
    """The reading of a name that is taken, None where no reading is good enough; its share of the evidence."""

    place: Candidate | None
    score: float
    decided_by: str | None = None


def find_places(
    text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, home: str | None = None
) -> tuple[Place, ...]:
    """The places that GPE, LOC and FAC mentions mean, and the states that demonyms point to, in the order of the text.

    `home` is the country of the feed (ISO 3166 alpha-3). `score` is the chosen reading's share of the evidence among
    all readings (0..1), `decided_by` the evidence that set it apart from the next. A name that the gazetteer does not
    know, or that no reading fits well enough, has None for everything but its text and score.
    """
    named = [m for m in mentions if m.label in LABELS or (m.label == "NORP" and _is_national(m.text))]
    parts = inner_names(mentions, named, gazetteer)
    named = sorted([*named, *(p.mention for p in parts)], key=lambda m: m.start)
    names = collect(text, named, gazetteer, parts)
    context = settle(names.by_key, mentions, home)
    choices: list[_Choice] = []
    for index, key in enumerate(names.keys):
        choice = _chosen(key, names.by_key, context)
        if index and (within := choices[-1].place) and is_inside(text, named[index - 1], named[index]):
            choice = _around(within, names.by_key[key], choice, choices[-1].score)
        choices.append(choice)
    inner = {(p.mention.start, p.mention.end) for p in parts if not (p.civic or p.alone)}
    found = (_place(m, c) for m, c in zip(named, choices, strict=True))
    return tuple(p for p in found if p.feature or (p.start, p.end) not in inner)


def _is_national(words: str) -> bool:
    return is_demonym(words) or name_of(words) is not None


def _chosen(key: str, names: Mapping[str, PlaceName], context: Context) -> _Choice:
    """The reading of the most evidence."""
    name = names[key]
    score = round(max(name.shares, default=0.0), 3)
    best = name.candidates[name.best] if name.best is not None and score >= LEAST_SHARE else None
    if best is None or not _is_believed(best, key, names, context):
        return _Choice(None, score)
    return _Choice(best, score, _deciding(key, names, context))


def _is_believed(best: Candidate, key: str, names: Mapping[str, PlaceName], context: Context) -> bool:
    """Does nothing speak against the best reading of a name?"""
    name = names[key]
    if name.is_guess and context.country_share(best.country, name.name) < GUESS_COUNTRY:
        return False
    if is_short_alias(best, name.name) and speaks_of(best.country, name.name, context) < GUESS_COUNTRY:
        return False
    if is_far_fetched(best, name, context):
        return False
    if name.is_part and not is_large(best) and not is_near(best, name.name, context):
        return False
    if best.population >= BINDS_BELOW or not best.feature.startswith(("PPL", "ADM2")):
        return True
    wholes = [whole for outer in name.outer for whole in names[outer].candidates if names[outer].is_state]
    return not wholes or any(lies_in(best, whole) for whole in wholes)


def _around(inner: Candidate, name: PlaceName, choice: _Choice, score: float) -> _Choice:
    """What stands after a place that lies in it: "Atlanta, Georgia" is the state, whatever Georgia is elsewhere."""
    if name.feature or (choice.place and lies_in(inner, choice.place)):
        return choice
    whole = next((c for c in name.candidates if lies_in(inner, c)), None)
    return _Choice(whole, score, "contains") if whole else choice


def _place(mention: Mention, choice: _Choice) -> Place:
    """The mention with the reading that was chosen; without one, a place of which nothing is known."""
    return _read_as(choice.place, mention.start, mention.end, mention.text, choice.score, choice.decided_by)


def filed_at(dateline: str, place: Candidate) -> Place:
    """The place of a dateline, which stands outside the text."""
    return _read_as(place, 0, 0, dateline, FILED, "dateline")


def _read_as(best: Candidate | None, start: int, end: int, text: str, score: float, decided_by: str | None) -> Place:
    return Place(
        start=start,
        end=end,
        text=text,
        name=best.name if best else text,
        geonameid=best.geonameid if best and best.geonameid > 0 else None,  # places of our own have none
        latitude=best.latitude if best else None,
        longitude=best.longitude if best else None,
        country=best.country if best else None,
        admin1=best.admin1 if best else None,
        feature=best.feature if best else None,
        score=score,
        precision=precision_of(best.feature) if best else None,
        decided_by=decided_by,
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
