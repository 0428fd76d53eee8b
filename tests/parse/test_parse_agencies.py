"""What agencies say besides the story; whole documents are in tests/cases/parse."""

from __future__ import annotations

import pytest

from pipeline.parse import parse_feed
from pipeline.parse.agency import iptc_codes, without_by
from pipeline.records import Entry


def nitf(docdata: str = "", *, status: str = "", head: str = "", top: str = "") -> Entry:
    """The entry of a NITF story with these parts."""
    managed = f' management-status="{status}"' if status else ""
    body = f"<body><body.head><hedline><hl1>Title</hl1></hedline>{top}</body.head></body>"
    text = f"<nitf><head>{head}<docdata{managed}>{docdata}</docdata></head>{body}</nitf>"
    return parse_feed(text.encode()).entries[0]


def newsml(meta: str = "", content: str = "", *, guid: str = "urn:x:1", rest: str = "") -> Entry:
    """The entry of a NewsML-G2 item with these parts."""
    headline = "<headline>Title</headline>"
    text = (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}"><itemMeta>{meta}</itemMeta>'
        f"<contentMeta>{headline}{content}</contentMeta>{rest}</newsItem>"
    )
    return parse_feed(text.encode()).entries[0]


ISSUED = '<date.issue norm="20250610T120000Z"/>'


@pytest.mark.parametrize(
    ("docdata", "status", "until", "settled"),
    [
        (ISSUED + '<date.release norm="20250610T120000Z"/>', "usable", None, "usable"),
        (ISSUED + '<date.release norm="20250611T120000Z"/>', "usable", "2025-06-11T12:00:00+00:00", "usable"),
        (ISSUED + '<date.release norm="20250611T120000Z"/>', "embargoed", "2025-06-11T12:00:00+00:00", "usable"),
        (ISSUED + '<date.release norm="20250610T120000Z"/>', "embargoed", "2025-06-10T12:00:00+00:00", "usable"),
        (ISSUED + '<date.release norm="YYYYMMDD000000-HHMM"/>', "embargoed", None, "withheld"),
        (ISSUED, "embargoed", None, "withheld"),
        (ISSUED + '<date.release norm="20250611T120000Z"/>', "canceled", "2025-06-11T12:00:00+00:00", "canceled"),
        (ISSUED, "", None, None),
    ],
)
def test_a_nitf_story_waits_for_its_release_and_is_withheld_where_nobody_says_until_when(
    docdata: str, status: str, until: str | None, settled: str | None
) -> None:
    entry = nitf(docdata, status=status)
    assert (entry.embargoed_until.isoformat() if entry.embargoed_until else None, entry.status) == (until, settled)


@pytest.mark.parametrize(
    ("docdata", "head", "slug"),
    [
        ('<du-key key="budget"/><key-list key="k"/>', '<meta name="anpa-keyword" content="A"/>', "budget"),
        ('<key-list key="fact-77"/>', "", "fact-77"),
        ("", '<meta name="ANPA-Keyword" content="Monitor"/>', "Monitor"),
        ('<fixture fix-id="tides"/>', "", "tides"),
        ("", '<meta name="anpa-keyword" content=""/>', None),
    ],
)
def test_a_nitf_slug_is_the_key_that_editors_keep(docdata: str, head: str, slug: str | None) -> None:
    assert nitf(docdata, head=head).slug == slug


@pytest.mark.parametrize(
    ("docdata", "top", "agency"),
    [
        ('<doc.copyright holder="AGX Ltd"/>', "<distributor>AGX News</distributor>", "AGX News"),
        ('<doc.copyright holder="AGX Ltd"/>', "", "AGX Ltd"),
        ('<doc-id regsrc="AGX"/>', "", "AGX"),
        ("", "<rights><rights.owner>AGX Owner</rights.owner></rights>", "AGX Owner"),
        ("", "", None),
    ],
)
def test_a_nitf_agency_is_who_distributes_before_who_holds_the_copyright(
    docdata: str, top: str, agency: str | None
) -> None:
    assert nitf(docdata, top=top).agency == agency


@pytest.mark.parametrize(
    ("top", "authors"),
    [
        ("<byline>By Tom Reed<byttl>Political Editor</byttl></byline>", ("Tom Reed",)),
        ("<byline><byttl>Political Editor</byttl>Tom Reed</byline>", ("Tom Reed",)),
        ("<byline>By<person>Staff Reporter</person><byttl>Desk</byttl></byline>", ("Staff Reporter",)),
        ("<byline><byttl>Sports Desk</byttl></byline>", ("Sports Desk",)),
        ("<byline> </byline>", ()),
    ],
)
def test_reporters_and_desks_of_nitf_bylines_are_authors(top: str, authors: tuple[str, ...]) -> None:
    assert nitf(top=top).authors == authors


def test_urgency_outside_docdata_is_read_too() -> None:
    assert nitf(head='<urgency ed-urg="2"/>').urgency == 2


@pytest.mark.parametrize(
    ("meta", "content", "agency"),
    [
        ('<provider literal="AGX"/>', '<infoSource role="r:source" literal="Valley"/>', "Valley"),
        ('<provider literal="AGX"/>', '<infoSource role="r:origProv" literal="Radio"/>', "Radio"),
        ("", '<infoSource role="r:origProv" literal="Radio"/><infoSource literal="Valley"/>', "Valley"),
        ('<provider qcode="p:agx"><name>AGX</name></provider>', '<infoSource qcode="photo:X0139"/>', "AGX"),
        ('<provider qcode="p:agx"/>', '<infoSource qcode="photo:X0139"/>', "agx"),
        ("", "", None),
    ],
)
def test_a_newsml_agency_is_a_source_by_name_then_the_provider(meta: str, content: str, agency: str | None) -> None:
    assert newsml(meta, content).agency == agency


@pytest.mark.parametrize(
    ("content", "authors"),
    [
        ("<by>By Ines Roca</by><creator><name>roca.ines</name></creator>", ("Ines Roca",)),
        ("<creator><name>roca.ines</name></creator>", ("roca.ines",)),
        ('<creator literal="News Desk"/><contributor><name>Jo Doe</name></contributor>', ("News Desk",)),
        ('<creator role="cRole:source" literal="AGX"/>', ()),
        ('<contributor role="c:supplier"><name>Shop</name></contributor>', ()),
    ],
)
def test_newsml_authors_are_people_and_desks_not_agencies(content: str, authors: tuple[str, ...]) -> None:
    assert newsml(content=content).authors == authors


def test_a_page_among_the_contents_is_the_link() -> None:
    rest = '<contentSet><remoteContent contenttype="text/html" href="https://news.example/a"/></contentSet>'
    assert newsml(rest=rest).link == "https://news.example/a"
    assert newsml(guid="https://news.example/b", rest=rest).link == "https://news.example/b"


def test_an_inline_story_gives_what_the_item_does_not_say() -> None:
    story = (
        '<nitf xmlns=""><head><tobject><tobject.subject tobject.subject.refnum="15000000"/></tobject><docdata>'
        '<urgency ed-urg="6"/><du-key key="cup-final"/><doc.copyright holder="AGX"/></docdata></head><body/></nitf>'
    )
    entry = newsml(rest=f"<contentSet><inlineXML>{story}</inlineXML></contentSet>")
    assert (entry.urgency, entry.slug, entry.agency, entry.subjects) == (6, "cup-final", "AGX", ("15000000",))


@pytest.mark.parametrize(
    "code", ["medtop:20000139", "subj:03000000", "sttsubj:11002000", "03000000", "http://cv.iptc.org/newscodes/subjectcode/03000000"]
)  # fmt: skip
def test_codes_of_iptc_are_kept_as_written(code: str) -> None:
    assert iptc_codes([code, f" {code} "]) == (code,)


@pytest.mark.parametrize(
    "code", ["F01001000", "stt-topics:44164900", "N2:POL", "subj:110", "Article", "", "1234567890"]
)
def test_other_codes_are_no_subjects_of_iptc(code: str) -> None:
    assert iptc_codes([code]) == ()


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("By Jo Doe", "Jo Doe"),
        ("BY JO DOE", "JO DOE"),
        ("by: Jo Doe", "Jo Doe"),
        ("Par Anne Dupont", "Anne Dupont"),
        ("Por Ana Gil", "Ana Gil"),
        ("Av Ola Nordmann", "Ola Nordmann"),
        ("Door Jan Smit", "Jan Smit"),
        ("Von Holm", "Von Holm"),
        ("Autorin: Lena Vogt", "Lena Vogt"),
        ("Byron Doe", "Byron Doe"),
        ("Parveen Doe", "Parveen Doe"),
        ("Foreign Desk", "Foreign Desk"),
    ],
)
def test_bylines_lose_their_by_and_nothing_else(byline: str, name: str) -> None:
    assert without_by(byline) == name
