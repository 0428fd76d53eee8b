"""`dateline brief`: one file, whole in itself, that says what the warehouse holds and nothing else."""

from __future__ import annotations

import doctest
import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from typer.testing import CliRunner

from flows.briefs import page, period, words
from flows.briefs.charts import MOST_DAYS, timeline
from flows.briefs.outlines import outlines, projected
from flows.briefs.period import known_countries, since_when
from flows.briefs.refresh import refresh_brief
from flows.briefs.words import link
from flows.briefs.worldmap import UNITS, WORLD, view, world_map
from flows.cli import app
from flows.grades import Grade
from flows.status.alerts import Alert
from pipeline.errors import ConfigError
from tests.flows.browser import CHROMIUM
from tests.flows.browser import page as browser_page
from tests.flows.small_home import small_home
from tests.warehouse.news import NEWS
from warehouse.brief import country_names, read_brief
from warehouse.brief_parts import CountryCount, DayCount, Period, PlaceCount, Story, Telling
from warehouse.publish import publish
from warehouse.query import ask
from warehouse.store import Warehouse

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
ALL = date(2026, 11, 1)
HOSTILE = "<script>alert(1)</script> \u202eoraK \x1b[2J \"'><img src=x onerror=alert(2)>"

# An event that is known to a province only, one known to a country only, and one whose texts are an attack on readers.
MORE = """
INSERT INTO event BY NAME
SELECT e.* REPLACE (
    CAST(t.id AS VARCHAR) AS event_id, t.place AS place_name, t.precision AS place_precision, t.country AS country,
    'ASSAULT' AS event_type, 4 AS quad, 33.0 AS latitude, 44.0 AS longitude, t.lead AS lead_event_mention_id,
    1 AS report_count, NULL AS killed_low, NULL AS killed_high
)
FROM event AS e
CROSS JOIN (VALUES
    ('c0c0c0c0c0c00003', 'Al Anbar', 'admin1', 'IRQ', 'v5'), ('c0c0c0c0c0c00004', 'Syria', 'country', 'SYR', 'v5'),
    ('c0c0c0c0c0c00005', $hostile, 'region', NULL, 'v9')
) AS t(id, place, precision, country, lead)
WHERE e.event_id = 'a77ac4c0ffee0001';
INSERT INTO event_mention BY NAME
SELECT * REPLACE ('v9' AS event_mention_id, 'a9' AS article_id, 'c0c0c0c0c0c00005' AS event_id,
                  $hostile AS sentence_text, $hostile AS attribution,
                  NULL AS place_id, NULL AS killed_low, NULL AS killed_high)
FROM event_mention WHERE event_mention_id = 'v4';
INSERT INTO article BY NAME
SELECT * REPLACE ('a9' AS article_id, 'javascript:alert(3)//' AS url, $hostile AS title, $hostile AS agency)
FROM article WHERE article_id = 'a4';
INSERT INTO story_article BY NAME
SELECT * REPLACE ('a9' AS article_id, 'meeting' AS story_id, 'rewrite' AS relation)
FROM story_article WHERE article_id = 'a4';
UPDATE story SET last_published_at = '2026-11-20 10:30:00Z';
UPDATE story SET article_count = 2 WHERE story_id = 'meeting';
UPDATE feed SET last_error = 'https://u:pw@wire.example/rss?key=5ecret ' || $hostile, consecutive_failures = 2;
UPDATE entity SET entity_name = $hostile WHERE entity_id = 'front';
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with Warehouse.open(home / "live" / "warehouse.duckdb", home / "live" / "lock") as warehouse:
        with warehouse.transaction() as cursor:
            cursor.execute(NEWS)
            for statement in MORE.split(";\n")[:-1]:
                cursor.execute(statement, {"hostile": HOSTILE} if "$hostile" in statement else None)
        publish(warehouse, home / "dateline.duckdb")
    return home


@pytest.fixture(scope="module")
def written(home: Path) -> str:
    done = CliRunner().invoke(app, ["brief", "--since", "2026-11-01", "--home", str(home)], catch_exceptions=False)
    assert done.exit_code == 0
    assert "5 events, 2 stories" in done.output
    return (home / "brief.html").read_text("utf-8")


@pytest.fixture(scope="module")
def tree(written: str) -> html.HtmlElement:
    return html.document_fromstring(written)


def text_of(tree: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(" ".join(element.itertext()).split()) for element in tree.xpath(path)]


def test_nothing_is_asked_of_the_network(written: str, tree: html.HtmlElement) -> None:
    asking = tree.xpath("//@src | //link/@href | //@srcset | //object/@data | //@poster | //form/@action")
    assert asking == ["data:,"]
    assert not re.search(r"url\(|@import", written)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_every_anchor_leads_somewhere_and_every_other_link_to_the_web(tree: html.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = tree.xpath("//a/@href")
    assert {"#e1", "#c-IRQ", "#p-1", "#d-2026-11-20"} <= set(links)
    assert {target[1:] for target in links if target.startswith("#")} <= set(ids)
    assert all(re.match(r"#|https?://", target) for target in links)


def test_an_event_leads_to_its_sentence_article_and_address(tree: html.HtmlElement) -> None:
    (first,) = text_of(tree, "//tr[@id='e1']")
    assert "Rebels attacked Rawa and killed three herders." in first
    assert "a77ac4c0ffee0001" in first
    assert tree.xpath("//tr[@id='e1']//a/@href") == ["https://wire.example/1"]
    assert text_of(tree, "//tr[@id='e1']//a") == ["Three killed in Rawa"]


def test_a_day_that_no_text_tells_is_marked(tree: html.HtmlElement) -> None:
    days = text_of(tree, "//tr[starts-with(@id, 'e')]/td[@class='when']")
    assert days[0] == "20 Nov"
    assert [d.endswith("day of report") for d in days] == [False, False, False, False, True]
    facts = text_of(tree, "//ol[@class='foremost']/li//p[@class='facts']")
    assert ["(day of report)" in f for f in facts] == [False, False, False, False, True]


def test_the_most_independently_reported_event_is_first(tree: html.HtmlElement) -> None:
    assert text_of(tree, "//ol[@class='foremost']/li[1]//p[@class='facts']") == [
        "20 Nov · Rāwah, Al Anbar, Iraq · 3–5 killed · 2 reports, 3 articles · source"
    ]


def test_hostile_text_is_text(written: str, tree: html.HtmlElement) -> None:
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img | //*[@onerror]")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f\x7f-\x9f]", written)
    assert r"<script>alert(1)</script> \u202eoraK \x1b[2J" in unescape(written)
    assert not [target for target in tree.xpath("//@href") if "javascript" in target]
    assert "5ecret" not in written
    assert "u:pw" not in written


def test_an_event_known_to_a_province_or_country_is_no_point(tree: html.HtmlElement) -> None:
    assert text_of(tree, "//circle") == ["Rāwah, Iraq: 1 event"]
    assert text_of(tree, "//path/title") == ["Iraq: 2 events", "Syria: 1 event"]
    (row,) = text_of(tree, "//tr[@id='c-SYR']")
    assert row == "Syria 1 1 – 0"
    assert "Al Anbar, Iraq admin1 only" in text_of(tree, "//td[@class='where']")


def test_casualties_are_a_range_with_who_says_what(tree: html.HtmlElement) -> None:
    assert text_of(tree, "//table[@class='tolls']/tbody/tr") == [
        "Assault, Rāwah 20 Nov 3+ killed 3 Three killed in Rawa Wire, wire.example and 1 copy "
        "5+ a doctor: Five dead, says doctor Other, other.example"
    ]


def test_a_story_says_who_was_first_and_who_copied(tree: html.HtmlElement) -> None:
    assert text_of(tree, "//ol[@class='stories']/li[1]/ul/li") == [
        "first 20 Nov, 08:00 Three killed in Rawa Wire, wire.example",
        "copy +1 h Three killed, says Wire Wire, paper.example",
        "rewrite +2 h Five dead, says doctor Other, other.example",
    ]


def test_it_can_be_read_without_seeing_it(tree: html.HtmlElement) -> None:
    assert tree.xpath("/html/@lang") == ["en"]
    assert [len(tree.xpath(f"//{name}")) for name in ("main", "header", "nav", "h1")] == [1, 1, 1, 1]
    assert not tree.xpath("//table[not(caption)] | //th[not(@scope)] | //section[not(@aria-labelledby)]")
    assert not tree.xpath("//svg[not(@role='img' and @aria-label)] | //label[not(.//select or .//input)]")
    assert tree.xpath("//body/a[1]/@href") == ["#main"]
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_figure_leads_to_its_events(tree: html.HtmlElement) -> None:
    def leads(row: str, column: int) -> list[str]:
        return tree.xpath(f"//tr[@id='{row}']/*[{column}]//a/@href")

    assert [leads("c-IRQ", column) for column in range(2, 6)] == [["#e1", "#e2"], ["#e1", "#e2"], ["#e1"], ["#e1"]]
    assert leads("d-2026-11-20", 2) == ["#e1", "#e2", "#e3", "#e4"]
    assert leads("d-2026-11-19", 6) == ["#e5"]
    (pair,) = tree.xpath("//section[@id='dyads']//tr[th[starts-with(., 'Norland')]]")
    assert pair.xpath("td[2]//a/@href") == ["#e5"]
    assert text_of(tree, "//tr[@id='c-IRQ']/td[3]") == ["3–5"]


def test_what_is_to_be_looked_at_is_told_with_the_feeds(home: Path, tree: html.HtmlElement) -> None:
    assert not tree.xpath("//*[@id='alerts']")
    alert = Alert(
        name="silent feed", grade=Grade.LOOK, thing="wire", seen=f"nothing for 9 d {HOSTILE}", usual="1 h", todo="look"
    )
    brief = read_brief(home / "dateline.duckdb", ALL, (), NOW)
    shown = html.document_fromstring(page.page_of(brief, NOW, [alert]))
    (told,) = text_of(shown, "//ul[@class='alerts']/li")
    assert told.startswith("silent feed wire: nothing for 9 d <script>alert(1)</script> \\u202eoraK")
    assert text_of(shown, "//a[@href='#alerts']") == ["1"]


def test_alerts_of_the_home_are_in_it(tmp_path: Path) -> None:
    settings = small_home(tmp_path / "home")
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        with warehouse.transaction() as cursor:
            cursor.execute("UPDATE feed SET gone_since = '2026-11-01 00:00:00Z', last_error = 'it is gone'")
        publish(warehouse, settings.published)
    refresh_brief(settings)
    shown = html.document_fromstring(settings.brief.read_text("utf-8"))
    assert any(told.startswith("feed gone wire: it is gone") for told in text_of(shown, "//ul[@class='alerts']/li"))


def test_a_feed_that_was_never_asked_is_in_no_trouble(home: Path) -> None:
    brief = read_brief(home / "dateline.duckdb", ALL, (), NOW)
    feeds = [replace(brief.feeds[0], health=health) for health in ("new", "good", "failing", "gone")]
    shown = html.document_fromstring(page.page_of(replace(brief, feeds=tuple(feeds)), NOW))
    assert text_of(shown, "//dd/a[@href='#feeds']") == ["2 of 4"]


def test_a_copy_of_another_than_the_first_says_of_which() -> None:
    def telling(article: str, relation: str, copied_from: str | None, agency: str | None = None) -> Telling:
        return Telling(
            story_id="s", published_at=None, minutes_after_first=None, relation=relation, title=None, agency=agency,
            url=f"https://{article}.example/", article_id=article, copied_from=copied_from, is_latest=True, place=1,
        )  # fmt: skip

    tellings = (
        telling("a", "first", None), telling("b", "copy", "a"), telling("c", "rewrite", None),
        telling("d", "copy", "c"), telling("e", "update", "z"),
    )  # fmt: skip
    story = Story(
        story_id="s", title=None, article_count=5, report_count=2, outlet_count=5, numbers=(), tellings=tellings
    )
    assert [page.copied(told, story) for told in tellings] == [None, None, None, "c.example", None]


def test_the_query_for_all_finds_the_events_of_the_brief(home: Path, tree: html.HtmlElement) -> None:
    (shown,) = text_of(tree, "//section[@id='events']/p/code")
    query = shown.removeprefix('dateline sql "').removesuffix('"')
    assert len(ask(home / "dateline.duckdb", query).rows) == 5


def test_what_is_not_shown_is_counted(home: Path) -> None:
    brief = read_brief(home / "dateline.duckdb", ALL, (), NOW, most=2)
    shown = html.document_fromstring(page.page_of(brief, NOW))
    assert len(shown.xpath("//tr[starts-with(@id, 'e')]")) == 2
    assert "The 2 with the most independent reports, and 3 more." in shown.text_content()
    assert {target[1:] for target in shown.xpath("//a/@href") if target.startswith("#")} <= set(shown.xpath("//@id"))


def test_a_span_ends_with_the_last_report_and_countries_are_those_of_place_and_parties(home: Path) -> None:
    published = home / "dateline.duckdb"
    day = read_brief(published, timedelta(hours=24), (), NOW)
    assert day.period == Period(datetime(2026, 11, 19, 10, 30, tzinfo=UTC), datetime(2026, 11, 20, 10, 30, tzinfo=UTC))
    assert day.totals.events == 4
    assert [event.event_id for event in read_brief(published, ALL, ["NOR"], NOW).events] == ["7a1c5c0ffee00002"]
    assert [story.story_id for story in read_brief(published, ALL, ["NOR"], NOW).stories] == ["meeting"]


def test_an_empty_warehouse_has_an_empty_brief(tmp_path: Path) -> None:
    with Warehouse.open(tmp_path / "live" / "warehouse.duckdb", tmp_path / "live" / "lock") as warehouse:
        publish(warehouse, tmp_path / "dateline.duckdb")
    brief = read_brief(tmp_path / "dateline.duckdb", timedelta(hours=24), (), NOW)
    assert brief.totals.events == 0
    assert "No event was reported in this time." in page.page_of(brief, NOW)


@pytest.mark.parametrize("wrong", ["yesterday", "0h", "24", "2026-13-01", "-3d"])
def test_a_time_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ConfigError, match="neither a span of time nor a day"):
        since_when(wrong)


def test_a_country_that_is_none_is_refused_and_case_does_not_matter() -> None:
    assert known_countries(["irq", "IRQ", "SYR"]) == ("IRQ", "SYR")
    with pytest.raises(ConfigError, match="'XYZ' is no country"):
        known_countries(["XYZ"])


def test_it_is_opened_where_there_is_a_browser_and_told_where_there_is_none(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: asked.append(address) or len(asked) == 1)
    target = tmp_path / "a brief.html"
    for told in ("", "no browser was found"):
        done = CliRunner().invoke(app, ["brief", "--home", str(home), "-o", str(target), "--open"])
        assert done.exit_code == 0
        assert told in done.output
    assert asked == [target.as_uri()] * 2


def test_a_file_that_cannot_be_written_is_told(home: Path) -> None:
    done = CliRunner().invoke(app, ["brief", "--home", str(home), "--output", str(home / "none" / "brief.html")])
    assert isinstance(done.exception, ConfigError)
    assert "cannot be written" in str(done.exception)


@pytest.mark.parametrize(
    "url",
    [None, "javascript:alert(1)", "ftp://wire.example/1", "//wire.example", "https://", "https://[", "https://a b"],
)
def test_an_address_that_is_none_of_the_web_is_no_link(url: str | None) -> None:
    assert link(url) is None


def test_a_timeline_has_conflict_above_the_line_and_counts_what_is_outside() -> None:
    until = datetime(2026, 11, 20, tzinfo=UTC)

    def count(day: date, conflict: int, cooperation: int) -> DayCount:
        events = conflict + cooperation
        return DayCount(
            event_day=day, events=events, material_conflict=conflict, verbal_conflict=0, material_cooperation=0,
            verbal_cooperation=cooperation, numbers=(),
        )  # fmt: skip

    days = [count(date(2025, 1, 1), 1, 0), count(date(2026, 11, 19), 3, 1), count(date(2026, 11, 25), 0, 2)]
    made = timeline(days, Period(until - timedelta(days=1), until))
    assert (made.earlier, made.later, made.most, made.base) == (1, 2, 4, 150)
    ((up, down),) = [column.pieces for column in made.columns]
    assert (up.quad, up.y, up.height) == ("material_conflict", 0, 150)
    assert (down.quad, down.y, down.height) == ("verbal_cooperation", 150, 50)
    long = timeline([], Period(datetime(2020, 1, 1, tzinfo=UTC), until))
    assert (long.last - long.first).days == MOST_DAYS - 1


def test_the_map_is_of_the_part_of_the_world_where_something_happened() -> None:
    def there(country: str) -> CountryCount:
        return CountryCount(country=country, events=3, material_conflict=0, killed=None, placed=0, deadly=0, numbers=())

    iraq = world_map([there("IRQ")], [])
    assert {land.country for land in iraq.lands} >= {"IRQ", "SYR", "IRN"}
    assert {land.country for land in iraq.lands if land.shade} == {"IRQ"}
    assert "PER" not in {land.country for land in iraq.lands}
    assert world_map([there("SGP")], []).unseen == ("SGP",)
    place = PlaceCount(
        place_name="Rāwah", country="IRQ", latitude=34.48, longitude=41.92, place_precision="city", events=1, numbers=()
    )
    (dot,) = world_map([there("IRQ")], [place]).dots
    assert 0 < dot.x < UNITS
    assert view([projected(-170, 60), projected(170, -40)]) == WORLD


def test_outlines_are_whole_and_of_states() -> None:
    assert set(outlines()) <= set(country_names())
    for rings in outlines().values():  # no ring leaps over the map at 180 degrees
        assert all(abs(a[0] - b[0]) < 1 for ring in rings for a, b in pairwise(ring))


@pytest.mark.parametrize("module", [words, period, page])
def test_examples_in_docstrings_are_so(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_a_run_renews_it_when_something_was_published_and_never_fails_for_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = small_home(tmp_path / "home")
    refresh_brief(settings)
    first = settings.brief.stat().st_mtime_ns
    refresh_brief(settings)
    assert settings.brief.stat().st_mtime_ns == first
    os.utime(settings.published, ns=(first + 1, first + 1))
    (settings.home / ".brief.html.1.tmp").write_text("<half of")  # by a run that was killed
    refresh_brief(settings)
    assert settings.brief.stat().st_mtime_ns > first
    settings.brief.unlink()
    settings.brief.mkdir()
    os.utime(settings.brief, ns=(0, 0))
    refresh_brief(settings)
    assert "the brief was not written" in caplog.text
    assert [path.name for path in settings.home.glob(".brief*")] == []


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on the path (Debian: apt-get install chromium)")
def test_a_browser_loads_it_without_a_complaint_or_request_and_filters_it(
    home: Path, written: str, tmp_path: Path
) -> None:
    events = "[...document.querySelectorAll('.events tbody tr')].filter(row => !row.hidden).map(row => row.id).join()"
    rows = "[...document.querySelectorAll('tr[data-row]')].filter(row => !row.hidden && !/^e|^$/.test(row.id)) \
        .map(row => row.id).join()"
    choose = "(id, value) => { const field = document.getElementById(id); field.value = value; \
        field.dispatchEvent(new Event('input', {bubbles: true})); return new Promise(done => setTimeout(done, 300)) }"
    with browser_page(tmp_path) as shown:
        shown.open(home / "brief.html")
        assert shown.requests == [(home / "brief.html").as_uri()]
        assert shown.run(events) == "e1,e2,e3,e4,e5"
        shown.run(f"({choose})('by-kind', 'type:CONSULT')")
        assert shown.run("document.getElementById('filtered').textContent") == "1 of 5 events"
        shown.run(f"({choose})('by-kind', 'quad:4')")
        shown.run(f"({choose})('by-country', 'SYR')")
        assert shown.run(events) == "e3"
        assert shown.run(rows) == "c-SYR,d-2026-11-20"
        faded = "[...document.querySelectorAll('svg a.faded')].map(shape => shape.getAttribute('href')).join()"
        assert shown.run(faded) == "#c-IRQ,#p-1,#d-2026-11-19"
        shown.run("document.querySelector('#filter button').click()")
        shown.run(f"({choose})('by-words', 'alert onerror')")
        assert shown.run(events) == "e4"
        shown.run("location.hash = '#e1'")
        shown.run("new Promise(done => setTimeout(done, 300))")
        assert shown.run(events) == "e1,e2,e3,e4,e5"
        for width in (1280, 390):
            shown.look(width=width, whole=False)
            assert shown.run("document.documentElement.scrollWidth") <= width
        assert shown.complaints == []
