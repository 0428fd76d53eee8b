"""Which place a mention is: two towns of one name are two entities, and every name of a town leads to one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.ids import stable_id
from pipeline.records import Mention, Place
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import NATIONS
from pipeline.tag.names.referents import state_referent

LABELS = frozenset({"GPE", "LOC", "FAC"})


def with_places(mentions: Sequence[Mention], places: Iterable[Place]) -> tuple[Mention, ...]:
    """The mentions, those of places under the gazetteer's name, id and country: "Kiev" is Kyiv, and Birmingham two.

    A state in any language has the id that its demonyms and its government share.
    """
    found = {(p.start, p.end): p for p in places if p.feature is not None}
    return tuple(_placed(m, found.get((m.start, m.end))) if m.label in LABELS else m for m in mentions)


def _placed(mention: Mention, place: Place | None) -> Mention:
    if place is None or mention.sector is not None:  # a government
        return mention
    if (place.feature or "").startswith("PCL") and place.country in NATIONS:
        state = state_referent(place.country)
        return replace(mention, entity_id=state.entity_id, name=state.name, country=state.country)
    known = place_key(place)
    return replace(mention, entity_id=stable_id("PLACE", known), name=place.name, country=place.country, known=known)


def place_key(place: Place) -> str:
    """What tells a place from others of its name: GeoNames' id, else name and country.

    >>> place_key(Place(start=0, end=4, text="Rawa", name="Rawa", geonameid=95000, latitude=34.5, longitude=41.9,
    ...     country="IRQ", admin1="Anbar", feature="PPL", score=1.0))
    'geonames:95000'
    """
    if place.geonameid is not None:
        return f"geonames:{place.geonameid}"
    return f"place:{normal_name(place.name).replace(' ', '-')}:{place.country or ''}"
