"""Which entity of the warehouse a name of a document means: a pure decision over names that may be alike.

Conservative: a name joins an entity only where nothing speaks against it, and only one entity fits. Entities are never
merged later: what is once told of two stays two, and an id that was published stays good. So "George Bush" joins the
only George W. Bush that is known; where George H. W. Bush is known, too, it is an entity by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.spelling import SAME, similar, skeleton

KINDS: Final = {
    "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "PERSON": "PERSON", "ORG": "ORG", "NORP": "NORP", "GROUP": "GROUP",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityName:
    """A referent of some document: `name_id` is equal for equal names of any document, `name` its canonical form."""

    name_id: str
    name: str
    kind: str
    country: str | None = None
    known: str | None = None  # lexicon id

    @property
    def block_key(self) -> str:
        """Names that may be alike share it."""
        return block_key(self.name, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntity:
    """An entity with the canonical names that lead to it."""

    entity_id: str
    kind: str
    names: tuple[str, ...]
    country: str | None = None
    known: str | None = None


def kind_of(labels: Iterable[str]) -> str:
    """The kind that most labels (OntoNotes') of a referent speak for; of equally many the first."""
    return Counter(KINDS.get(label, "OTHER") for label in labels).most_common(1)[0][0]


def block_key(name: str, kind: str) -> str:
    """Kind and consonants: names that may be alike share it.

    >>> block_key("Mohammed al-Sudani", "PERSON") == block_key("Muhammad el-Soudani", "PERSON")
    True
    """
    return f"{kind}:{skeleton(name, kind)}"


def link_names(names: Sequence[EntityName], entities: Sequence[KnownEntity]) -> dict[str, str]:
    """name_id → entity_id for names that lead to no entity yet; a new entity has the id of its first name.

    `entities` are those that share a block key with a name. Names are taken in the order given, so that a batch
    links as its articles one by one would.
    """
    pool = {entity.entity_id: entity for entity in entities}
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for entity in entities:
        for key in {block_key(name, entity.kind) for name in entity.names}:
            blocks[key].append(entity.entity_id)
    links: dict[str, str] = {}
    for name in names:
        key = name.block_key
        found = choose(name, [pool[entity_id] for entity_id in blocks[key]])
        links[name.name_id] = entity_id = found.entity_id if found else name.name_id
        pool[entity_id] = _with_name(found, name)
        if entity_id not in blocks[key]:
            blocks[key].append(entity_id)
    return links


def choose(name: EntityName, entities: Sequence[KnownEntity]) -> KnownEntity | None:
    """The only entity that the name may mean; of several the only one that bears just this name; else None."""
    scores = {entity.entity_id: score for entity in entities if (score := likeness(name, entity)) > 0}
    fits = [entity for entity in entities if entity.entity_id in scores]
    if len(fits) > 1:
        fits = [entity for entity in fits if scores[entity.entity_id] == SAME]
    return fits[0] if len(fits) == 1 else None


def likeness(name: EntityName, entity: KnownEntity) -> float:
    """How surely the name is the entity's, 0 to 1: as the name most like it, and 0 where any contradicts.

    A person with one name is like nobody: Kim in Busan is not Kim in Munich.
    """
    if name.kind == "PERSON" and name.known is None and len(name.name.split()) == 1:
        return 0.0
    if name.kind != entity.kind or _differ(name.country, entity.country) or _differ(name.known, entity.known):
        return 0.0
    scores = [similar(name.name, other, name.kind) for other in entity.names]
    return max(scores) if scores and min(scores) > 0 else 0.0


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _with_name(entity: KnownEntity | None, name: EntityName) -> KnownEntity:
    """The entity with one more name; a new one where there is none."""
    if entity is None:
        return KnownEntity(
            entity_id=name.name_id, kind=name.kind, names=(name.name,), country=name.country, known=name.known
        )
    names = entity.names if name.name in entity.names else (*entity.names, name.name)
    return replace(entity, names=names, country=entity.country or name.country, known=entity.known or name.known)
