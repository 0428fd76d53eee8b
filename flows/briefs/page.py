"""A brief as one HTML page: nothing in it is asked of the network, and all that comes from elsewhere is text.

Every value is printed through `shown` and escaped after that, so that no template can forget it. The page forbids
itself everything else by its Content-Security-Policy: no script runs but the one that is written here.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from flows.briefs import words
from flows.briefs.charts import timeline
from flows.briefs.worldmap import STEPS, UNITS, world_map
from flows.status.alerts import Alert
from flows.visible import cut, one_line
from pipeline.secrets import masked_text
from warehouse.brief import MOST_REFERENCES
from warehouse.brief_parts import Brief, ShownEvent, Story, Telling

UNKNOWN = "–"
FOREMOST = 8  # events at the head of the page
AILING = ("failing", "gone")


def page_of(brief: Brief, written_at: datetime, alerts: Sequence[Alert] = ()) -> str:
    """The whole page. `alerts`: what is to be looked at in the home that gave it."""
    year = brief.period.until.year
    style, script = shipped("style.css"), shipped("filter.js")
    return environment().get_template("page.html").render(
        brief=brief,
        title=f"Dateline brief: {words.period_words(brief.period)}",
        written_at=words.moment_words(written_at, 0),
        style=Markup(style),
        script=Markup(script),
        script_hash=base64.b64encode(sha256(script.encode()).digest()).decode(),
        foremost=brief.events[:FOREMOST],
        by_number={event.number: event for event in brief.events},
        choices=choices(brief.events),
        timeline=timeline(brief.days, brief.period),
        map=world_map(brief.countries, brief.places),
        map_width=UNITS,
        steps=STEPS,
        quads=words.QUADS,
        most_references=MOST_REFERENCES,
        ask_all=ask_all(brief),
        ailing=sum(feed.health in AILING for feed in brief.feeds),
        alerts=alerts,
        day=lambda value: words.day_words(value, year),
        moment=lambda value: words.moment_words(value, year),
        attributes=attributes,
        copied=copied,
    )  # fmt: skip


@cache
def environment() -> Environment:
    """The templates, with what they say things by."""
    made = Environment(
        loader=PackageLoader("flows.briefs"),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "kind": words.kind_words,
        "country": words.country_words,
        "parties": words.party_words,
        "party": words.side_words,
        "link": words.link,
        "host": words.host,
        "later": words.later_words,
        "masked": lambda text: masked_text(text) if text else text,
        "short": lambda text, most: cut(text, most) if text else text,
        "thousands": lambda number: f"{number:,}",
    }
    made.globals["place"] = words.place_words
    return made


def shown(value: object) -> object:
    r"""What a template prints: text in a line with what is invisible as escapes; the unknown as a dash.

    >>> shown("Gunmen\u202e in\n Karo"), shown(None)
    ('Gunmen\\u202e in Karo', '–')
    """
    if value is None:
        return UNKNOWN
    return one_line(" ".join(value.split())) if isinstance(value, str) and not isinstance(value, Markup) else value


def shipped(name: str) -> str:
    """A file of the package's templates."""
    return (files("flows.briefs") / "templates" / name).read_text("utf-8")


def choices(events: Sequence[ShownEvent]) -> dict[str, list[tuple[str, str, int]]]:
    """What the page can be filtered by: value, word and number of the events shown, of types and countries."""
    types = Counter(event.event_type for event in events)
    countries = Counter(code for event in events for code in countries_of(event))
    return {
        "types": [(code, words.kind_words(code), count) for code, count in sorted(types.items())],
        "countries": sorted(
            ((code, words.country_words(code) or code, count) for code, count in countries.items()), key=lambda c: c[1]
        ),
    }


def countries_of(event: ShownEvent) -> set[str]:
    """Where it happened, and whose its parties are."""
    return {code for code in (event.country, event.actor_country, event.recipient_country) if code}


def attributes(event: ShownEvent) -> dict[str, str]:
    """What a row of this event is filtered by."""
    return {
        "type": event.event_type,
        "quad": str(event.quad),
        "countries": " ".join(sorted(countries_of(event))),
    }


def copied(telling: Telling, story: Story) -> str | None:
    """Whose words a telling has, where they are not those of the story's first."""
    found = next((other for other in story.tellings if other.article_id == telling.copied_from), None)
    return None if found is None or found.relation == "first" else found.agency or words.host(found.url)


def ask_all(brief: Brief) -> str:
    """The query for all events of the brief."""
    period = brief.period
    told = "coalesce(last_reported_at, CAST(event_day AS TIMESTAMPTZ))"
    where = f"{told} BETWEEN TIMESTAMPTZ '{period.since.isoformat()}' AND TIMESTAMPTZ '{period.until.isoformat()}'"
    if period.countries:
        named = ", ".join(f"'{code}'" for code in period.countries)
        where += f" AND list_has_any([{named}], [country, actor_country, recipient_country])"
    return f"FROM event_feed WHERE {where} ORDER BY report_count DESC, article_count DESC"
