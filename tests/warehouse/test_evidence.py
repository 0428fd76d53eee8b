"""An id leads back to its sentences, their articles and their pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError, WarehouseError
from tests.warehouse.build import TEXT
from tests.warehouse.published import attack, promise, publish_reports
from warehouse.evidence import evidence_for
from warehouse.finding import checked, chosen
from warehouse.query import ask


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_reports(tmp_path_factory.mktemp("home"))


def one(published: Path, query: str) -> str:
    """The one value of a query."""
    ((value,),) = ask(published, query).rows
    return str(value)


def test_an_event_mention_comes_back_as_it_was_coded(published: Path) -> None:
    wanted = one(published, "SELECT event_mention_id FROM event_mention WHERE event_type = 'RETREAT'")
    answered = evidence_for(published, wanted)
    assert answered.found.kind == "event mention"
    (found,) = answered.evidence
    assert (found.event, found.event_id, found.others) == (promise(TEXT), None, ())
    assert found.sentence == TEXT[found.event.sentence_start : found.event.sentence_end]


def test_an_event_comes_back_with_every_sentence_that_reports_it(published: Path) -> None:
    answered = evidence_for(published, one(published, "SELECT event_id FROM event"))
    assert answered.found.kind == "event"
    assert [e.source.url for e in answered.evidence] == ["https://wire.example/1", "https://wire.example/2"]
    first, second = answered.evidence
    coded = attack(TEXT)
    assert coded.killed is not None
    assert first.event.killed is not None
    assert (first.event.killed.low, first.event.killed.high) == (coded.killed.low, coded.killed.high)
    assert (first.event.actors, first.event.date_start, first.event.place) == (
        coded.actors,
        coded.date_start,
        coded.place,
    )
    assert first.event.in_headline is True
    assert [o.event_mention_id for o in first.others] == [second.event_mention_id]
    assert [o.event_mention_id for o in second.others] == [first.event_mention_id]


def test_a_sentence_comes_with_its_names_dates_and_numbers(published: Path) -> None:
    answered = evidence_for(published, one(published, "SELECT event_id FROM event"))
    (found, *_) = answered.evidence
    (recipient,) = found.event.recipients
    assert found.names[recipient.entity_id or ""] == "Herders of Rawa"
    assert [d.text for d in found.dates] == ["Friday"]
    assert [(q.text, q.fate) for q in found.quantities] == [("three", "killed")]


def test_a_sentence_leads_to_the_bytes_of_its_page(published: Path) -> None:
    (found, *_) = evidence_for(published, one(published, "SELECT event_id FROM event")).evidence
    source = found.source
    assert (source.warc_file, source.warc_offset, source.title) == (
        "raw/x.warc.gz",
        0,
        "Soldiers attacked the village of Rawa",
    )
    assert (source.feed_id, source.run_id, source.version, source.is_latest) == ("paper", "run-1", 1, True)


def test_an_article_comes_with_all_its_coded_sentences_in_their_order(published: Path) -> None:
    article = one(published, "SELECT article_id FROM article WHERE url LIKE '%/1'")
    answered = evidence_for(published, article)
    assert [e.event.type for e in answered.evidence] == ["ASSAULT", "RETREAT"]
    assert answered.article is None


def test_an_article_without_events_says_so(published: Path) -> None:
    answered = evidence_for(published, one(published, "SELECT article_id FROM article WHERE url LIKE '%/3'"))
    assert answered.evidence == ()
    assert "no event was coded in it; its text is tagged" in (answered.article or "")


def test_six_characters_of_an_id_are_enough_in_any_case(published: Path) -> None:
    whole = one(published, "SELECT event_id FROM event")
    assert evidence_for(published, whole[:6].upper()).found.id == whole


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("abc", "too short: at least 6 characters"),
        ("", "up to 16 hexadecimal digits"),
        ("%%%%%%", "up to 16 hexadecimal digits"),
        ("0123456789abcdef0", "up to 16 hexadecimal digits"),
        ("000000000000", "no event, event mention or article here begins so; ids stand in event_feed"),
    ],
)
def test_an_id_that_leads_nowhere_is_an_error_that_says_what_would_be_right(
    published: Path, wanted: str, says: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        evidence_for(published, wanted)
    assert says in str(caught.value)
    assert repr(wanted) in str(caught.value)


def test_an_id_that_may_be_several_names_them() -> None:
    rows = [{"kind": "event", "id": "abcdef01"}, {"kind": "article", "id": "abcdef02"}]
    with pytest.raises(ConfigError, match="several begin so: event abcdef01, article abcdef02; give more of it"):
        chosen("abcdef", rows)
    assert chosen("abcdef02", rows).kind == "article"


def test_an_id_is_read_as_it_is_pasted() -> None:
    assert checked("  ABCdef01\n") == "abcdef01"


def test_without_a_warehouse_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="`dateline ingest` makes one"):
        evidence_for(tmp_path / "dateline.duckdb", "abcdef")


def test_a_view_tells_what_articles_are_about(published: Path) -> None:
    about = "SELECT event_type, in_headline FROM event_reports WHERE in_headline IS NOT NULL GROUP BY ALL ORDER BY ALL"
    assert ask(published, about).rows == [("ASSAULT", True), ("RETREAT", False)]
