"""An event, a story and an entity on the console, section by section, each line with the id that leads on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console

from flows.answers import cell
from flows.briefs.words import SECTORS, country_words, place_words
from flows.parts import TOLLS, Fact, days, graded, kind
from flows.show.lines import (
    Piece,
    article_row,
    claim_row,
    counted,
    event_row,
    number,
    reports,
    show_more,
    show_rows,
    show_section,
)
from flows.showing import show_aside, show_facts, show_heading, show_legend, show_sentence
from warehouse.evidence import Evidence
from warehouse.finding import Named, Namesakes
from warehouse.shown import (
    Claim,
    Counterpart,
    Deeds,
    EntityFacts,
    EventFacts,
    Often,
    Party,
    PlaceLine,
    ShownEntity,
    ShownEvent,
    ShownStory,
    StoryLine,
)

PRECISIONS = {
    "point": "known to the spot",
    "city": "known to the town",
    "admin2": "known to the district only",
    "admin1": "known to the province only",
    "country": "known to the country only",
    "region": "a region",
}


def show_event(console: Console, shown: ShownEvent) -> None:
    """What happened, who says so, in which words, in which articles and stories."""
    event = shown.event
    show_heading(console, f"event {event.event_id}: {kind(event.event_type, event.mode)}, {event.event_day}")
    show_facts(console, event_facts(event, shown.parties))
    show_section(console, "Tolls, by who says so", shown.claims, claim_row)
    show_sentences(console, shown)
    show_section(console, "Articles: dateline show ID", shown.articles, article_row)
    show_section(console, "Stories: dateline show ID", shown.stories, story_row)
    show_section(console, "Other events of the story: dateline show ID", shown.related, event_row)


def event_facts(event: EventFacts, parties: Sequence[Party]) -> Iterator[Fact]:
    """The event line by line."""
    names = {p.entity_id: f"{p.entity_name} ({p.entity_id})" for p in parties}
    yield Fact("what", f"{kind(event.event_type, event.mode)}; {graded(event.quad, event.scale)}")
    yield Fact("actor", side(event.actors, [names[i] for i in event.actor_ids if i in names]))
    yield Fact("recipient", side(event.recipients, [names[i] for i in event.recipient_ids if i in names]))
    yield Fact("place", where(event))
    yield Fact("date", when(event))
    tolls = [f"{fate} {told}" for fate in TOLLS if (told := toll(event, fate))]
    if tolls:
        yield Fact("tolls", ", ".join(tolls))
    copies = max(event.article_count - event.report_count, 0)
    repeated = f"{copies:,} {'copy or update' if copies == 1 else 'copies or updates'}"
    told = f"{reports(event.report_count, event.article_count)} ({repeated})"
    yield Fact("reports", f"{told}, by {', '.join(event.agencies) or 'no named agency'}")
    yield Fact("reported", f"{cell(event.first_reported_at, 'undated')} to {cell(event.last_reported_at, 'undated')}")
    yield Fact("confidence", f"{event.confidence:.2f}")


def side(words: Sequence[str], names: Sequence[str]) -> str:
    """The parties of one side in the words of the fullest report, and the entities that any report names."""
    return (", ".join(words) or "nobody is named") + (f" → {', '.join(names)}" if names else "")


def where(event: EventFacts) -> str:
    """The place, and to what it is known."""
    if event.place_name is None:
        return "none is told"
    place = place_words(event.place_name, event.admin1, event.country, event.place_precision) or event.place_name
    known = f"GeoNames {event.geonameid} {event.feature or ''}".strip() if event.geonameid else None
    precision = PRECISIONS.get(event.place_precision or "", "no gazetteer entry fits")
    return "; ".join(filter(None, (place, precision, known)))


def when(event: EventFacts) -> str:
    """The days that reports give, else the day that it is counted to."""
    if event.date_start is None and event.date_end is None:
        return f"none is told; counted to {event.event_day}"
    precision = f" ({event.date_precision})" if event.date_precision else ""
    return days(event.date_start, event.date_end) + precision


def toll(event: EventFacts, fate: str) -> str | None:
    """A toll as a range over all reports."""
    return counted(getattr(event, f"{fate}_low"), getattr(event, f"{fate}_high"))


def show_sentences(console: Console, shown: ShownEvent) -> None:
    """The sentences that report the event with its parts marked; words that copies share stand once."""
    found = shown.sentences
    console.print()
    show_heading(console, f"Sentences ({found.total:,}): dateline why ID says how each was coded")
    show_legend(console)
    for same in alike(found.shown):
        first = same[0]
        show_sentence(console, first.event, first.sentence, first.dates, first.quantities)
        show_facts(console, [Fact("mention", mention(each)) for each in same])
    show_more(console, found)
    if (missing := shown.event.mention_count - found.total) > 0:
        show_aside(console, f"… and {missing:,} more in texts that this copy does not hold: --full asks all of them")


def alike(sentences: Sequence[Evidence]) -> list[list[Evidence]]:
    """Sentences of the same words and trigger together, in their order."""
    groups: dict[tuple[str, int], list[Evidence]] = {}
    for each in sentences:
        groups.setdefault((each.sentence, each.event.trigger.start - each.event.sentence_start), []).append(each)
    return list(groups.values())


def mention(found: Evidence) -> str:
    """An event mention, its article and who publishes it."""
    source = found.source
    return f"{found.event_mention_id} in article {source.article_id}, {source.agency or source.feed_id}"


def show_story(console: Console, shown: ShownStory) -> None:
    """Who was first, who copied, what is told, and with which tolls."""
    story = shown.story
    show_heading(console, f"story {story.story_id}: “{story.title or 'without a title'}”")
    show_facts(console, story_facts(story))
    show_section(console, "Articles, the first and then by time: dateline show ID", shown.articles, article_row)
    show_section(console, "Events: dateline show ID", shown.events, event_row)
    show_section(console, "Tolls of its events, by who says so", shown.claims, told_row)


def story_facts(story: StoryLine) -> Iterator[Fact]:
    """The story line by line."""
    first, last = cell(story.first_published_at, "undated"), cell(story.last_published_at, "undated")
    yield Fact("told", f"{first} to {last}")
    yield Fact("reports", reports(story.report_count, story.article_count))
    outlets = f"{number(story.outlet_count, 'site')} and {number(story.feed_count, 'feed')}"
    yield Fact("by", f"{', '.join(story.agencies) or 'no named agency'}; on {outlets}")


def told_row(claim: Claim) -> tuple[str, list[Piece]]:
    """Who says how many in which event."""
    article_id, pieces = claim_row(claim)
    return claim.event_id, [*pieces, (f" (article {article_id})", "")]


def story_row(story: StoryLine) -> tuple[str, list[Piece]]:
    """A story in a line."""
    told = reports(story.report_count, story.article_count)
    return story.story_id, [
        (cell(story.first_published_at, "undated"), "date"),
        (f" · “{story.title or 'without a title'}” · {told}", ""),
    ]


def show_entity(console: Console, shown: ShownEntity) -> None:
    """Who or what it is, what it did and suffered, with whom, where, and the latest of it."""
    entity = shown.entity
    show_heading(console, f"entity {entity.entity_id}: {entity.entity_name}")
    show_facts(console, entity_facts(entity, shown))
    if shown.deeds:
        console.print()
        show_heading(console, "Events by type, as actor and as recipient")
        show_rows(console, map(deeds_row, shown.deeds))
    show_section(console, "With whom: dateline show ID", shown.counterparts, counterpart_row)
    show_section(console, "Where", shown.places, place_row)
    show_section(console, "Latest events: dateline show ID", shown.events, event_row)
    show_section(console, "Latest articles: dateline show ID", shown.articles, article_row)


def entity_facts(entity: EntityFacts, shown: ShownEntity) -> Iterator[Fact]:
    """The entity line by line."""
    yield Fact("what", what(entity))
    yield Fact("names", often(shown.names.shown, shown.names.left_out))
    if shown.offices.shown:
        yield Fact("offices", often(shown.offices.shown, shown.offices.left_out))
    yield Fact("named", f"{number(entity.mentions, 'time')} in {number(entity.articles, 'article')} (texts that stand)")
    yield Fact("seen", f"{cell(entity.first_seen_at, 'undated')} to {cell(entity.last_seen_at, 'undated')}")


def what(entity: EntityFacts | Named) -> str:
    """Kind, country, sector, and the id in lexicon or gazetteer."""
    sector = SECTORS.get(entity.sector or "", entity.sector)
    parts = (entity.kind, country_words(entity.country), sector, entity.known)
    return ", ".join(part for part in parts if part)


def often(words: Sequence[Often], left_out: int) -> str:
    """Words with how often they are written."""
    more = f" … and {left_out:,} more: a higher --limit shows them" if left_out else ""
    return ", ".join(f"{each.words} ({each.mentions:,})" for each in words) + more


def deeds_row(deeds: Deeds) -> tuple[str, list[Piece]]:
    """A type of event, padded to stand in a column."""
    return f"{deeds.event_type:<12}", [
        (f"{deeds.as_actor:,} as actor", "actor"),
        (", ", ""),
        (f"{deeds.as_recipient:,} as recipient", "recipient"),
    ]


def counterpart_row(other: Counterpart) -> tuple[str, list[Piece]]:
    """Another party of the same events."""
    counts = ((other.done_to, "done to it"), (other.done_by, "done by it"), (other.beside, "on the same side"))
    told = ", ".join(f"{count:,} {words}" for count, words in counts if count)
    conflict = f"; {other.conflict:,} of conflict" if other.conflict else ""
    return other.entity_id, [(other.entity_name, "actor"), (f" · {told}{conflict}", "")]


def place_row(place: PlaceLine) -> tuple[str, list[Piece]]:
    """A place and how much happened there."""
    words = place_words(place.place_name, place.admin1, place.country, place.place_precision)
    return f"{number(place.events, 'event'):<12}", [(words or "nobody said where", "place" if words else "")]


def show_names(console: Console, found: Namesakes) -> None:
    """The entities that a name may mean, two at least."""
    fits = "are named" if found.is_exact else "have these words in a name, and none is named"
    heading = f"{len(found.entities)} entities {fits} “{found.asked}”; ask for one by its id: dateline show ID"
    show_heading(console, heading)
    show_rows(console, map(named_row, found.entities))


def named_row(entity: Named) -> tuple[str, list[Piece]]:
    """An entity that a name may mean."""
    told = f"{number(entity.articles, 'article')}, written so {number(entity.written, 'time')}"
    last = f", last {cell(entity.last_seen_at, '')}" if entity.last_seen_at else ""
    return entity.entity_id, [(entity.entity_name, "actor"), (f" · {what(entity)} · {told}{last}", "")]
