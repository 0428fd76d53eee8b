"""Which entity a name means."""

from __future__ import annotations

import pytest

from pipeline.group.entities import EntityName, KnownEntity, kind_of, link_names


def person(name: str, country: str | None = None, known: str | None = None, kind: str = "PERSON") -> EntityName:
    return EntityName(name_id=f"id of {name}", name=name, kind=kind, country=country, known=known)


def groups(*names: EntityName) -> list[set[str]]:
    """Names that share an entity."""
    links = link_names(names, [])
    return [{n.name for n in names if links[n.name_id] == entity} for entity in dict.fromkeys(links.values())]


def test_spellings_of_one_name_share_the_entity_of_the_first() -> None:
    names = [person("Muammar Gaddafi"), person("Moammar al-Qadhafi")]
    assert set(link_names(names, []).values()) == {"id of Muammar Gaddafi"}


def test_a_name_joins_the_entity_that_is_known() -> None:
    known = KnownEntity(entity_id="e1", kind="PERSON", names=("Yousef Raza",))
    assert link_names([person("Yusuf Raza")], [known]) == {"id of Yusuf Raza": "e1"}


def test_a_name_that_may_be_either_of_two_is_neither() -> None:
    both = [person("George W. Bush"), person("George H. W. Bush"), person("George Bush")]
    assert groups(*both) == [{"George W. Bush"}, {"George H. W. Bush"}, {"George Bush"}]


def test_a_name_joins_only_where_all_names_agree() -> None:
    names = [person("George Bush"), person("George W. Bush"), person("George H. W. Bush")]
    assert groups(*names) == [{"George Bush", "George W. Bush"}, {"George H. W. Bush"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Omar Bashir", country="SDN"), person("Umar Bashir", country="IRQ")),
        (person("Omar Bashir", known="a"), person("Umar Bashir", known="b")),
        (person("Ansar al-Sharia", kind="ORG"), person("Ansar ash-Sharia", kind="PLACE")),
        (person("Smith"), person("John Smith")),
        (person("Gaddafi"), person("Muammar Gaddafi")),
        (person("Gaddafi"), person("Qaddafi")),
    ],
)
def test_country_lexicon_kind_and_bare_names_keep_names_apart(one: EntityName, other: EntityName) -> None:
    assert len(groups(one, other)) == len(groups(other, one)) == 2


def test_one_by_one_is_as_together() -> None:
    names = [person(n) for n in ("Yousef Raza", "Yusuf Raza", "Hassan Ali", "Hussein Ali", "Hasan Aly", "Youssef Raza")]
    known: dict[str, KnownEntity] = {}
    links: dict[str, str] = {}
    for name in names:
        links |= link_names([name], list(known.values()))
        entity_id = links[name.name_id]
        before = known[entity_id].names if entity_id in known else ()
        known[entity_id] = KnownEntity(entity_id=entity_id, kind="PERSON", names=(*before, name.name))
    assert links == link_names(names, [])


def test_the_kind_is_what_most_labels_say() -> None:
    assert kind_of(["ORG", "GPE", "LOC"]) == "PLACE"
    assert kind_of(["PRODUCT"]) == "OTHER"
