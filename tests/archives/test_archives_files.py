"""Which files are archives, and what JSON Lines, HTML and agencies' files give."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from pipeline.archives import AgencyFile, ArchivedPage, Broken, Item, find_inputs, read_archive
from pipeline.errors import ConfigError

MOST = 20_000
OG_URL = '<meta property="og:url" content="https://a.example/o?a=1&amp;b=2">'
CHANGED = datetime(2020, 5, 6, 7, 8, 9, tzinfo=UTC)


def read(path: Path, start: int = 0) -> list[Item]:
    os.utime(path, (CHANGED.timestamp(), CHANGED.timestamp()))
    [file] = find_inputs([path]).files
    return list(read_archive(file, start, MOST))


def page_of(path: Path) -> ArchivedPage:
    [item] = read(path)
    assert isinstance(item, ArchivedPage)
    return item


def test_a_folder_gives_its_archives_by_name_and_counts_the_rest(tmp_path: Path) -> None:
    for name in [
        "b.warc.gz",
        "a/2.jsonl",
        "a/1.html",
        "a/1.html.json",
        "drop.xml",
        "notes.txt",
        ".hidden.warc",
        "x/y.pdf",
    ]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link.warc").symlink_to(tmp_path / "b.warc.gz")
    found = find_inputs([tmp_path, tmp_path / "b.warc.gz"])
    assert [(f.path.relative_to(tmp_path).as_posix(), f.kind, f.unit) for f in found.files] == [
        ("b.warc.gz", "warc", "byte"), ("drop.xml", "agency", "item"),
        ("a/1.html", "html", "item"), ("a/2.jsonl", "json_lines", "line"),
    ]  # fmt: skip
    assert {file.root for file in found.files} == {tmp_path}
    assert found.others == {".txt": 1, ".pdf": 1}


@pytest.mark.parametrize(("name", "wrong"), [("notes.txt", "is no archive"), ("gone", "no such file or folder")])
def test_a_path_that_is_no_archive_is_told(tmp_path: Path, name: str, wrong: str) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(ConfigError, match=wrong):
        find_inputs([tmp_path / name])


def test_a_line_tells_a_page_and_what_is_known_of_it(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    line = {
        "url": " https://a.example/1 ", "text": "Rain & wind.\n\nMore.", "title": "Rain", "language": "pt-BR",
        "published_at": "2020-01-02T03:04:05+01:00", "fetched_at": "2020-01-03",
    }  # fmt: skip
    path.write_text(json.dumps(line))
    page = page_of(path)
    assert (page.response.url, page.title) == ("https://a.example/1", "Rain")
    assert page.published_at == datetime(2020, 1, 2, 2, 4, 5, tzinfo=UTC)
    assert page.response.fetched_at == datetime(2020, 1, 3, tzinfo=UTC)
    assert b'<html lang="pt-BR"><body><article><p>Rain &amp; wind.</p><p>More.</p></article>' in page.response.body


def test_what_a_line_does_not_say_is_not_invented(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"url": "https://a.example/1", "html": "<html lang=de><p>Regen</p>", "published_at": "Tuesday"}')
    page = page_of(path)
    assert page.response.body == b"<html lang=de><p>Regen</p>"
    assert (page.title, page.published_at, page.response.fetched_at) == (None, None, CHANGED)


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_places_in_json_lines_are_lines_also_in_packed_files(tmp_path: Path, ending: str) -> None:
    lines = [
        b'{"url": "https://a.example/1", "text": "x"}', b"[1]", b"", b'{"url": "https://a.example/4"}',
        b'{"url": "https://a.example/5", "text": "' + b"x" * 200_000 + b'"}', b"\xff\xfe{", b"[" * 100_000,
        b'{"url": "https://a.example/8", "text": "y"}',
    ]  # fmt: skip
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}[ending]
    path = tmp_path / f"x.jsonl{ending}"
    path.write_bytes(pack(b"\n".join(lines[:5]) + b"\n") + pack(b"\n".join(lines[5:])))
    items = read(path)
    assert [(i.end, i.reason if isinstance(i, Broken) else "") for i in items] == [
        (1, ""), (2, "no_address"), (4, "no_text"), (5, "too_large"), (6, "malformed"), (7, "malformed"), (8, ""),
    ]  # fmt: skip
    assert read(path, 4) == items[3:]


def test_half_characters_make_no_address_and_stand_as_question_marks_in_a_title(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(
        '{"url": "https://a.example/\\ud800", "text": "It rained."}\n'
        '{"url": "https://a.example/1", "title": "Rain \\ud800", "text": "It rained."}\n'
    )
    broken, page = read(path)
    assert isinstance(broken, Broken)
    assert broken.reason == "no_address"
    assert isinstance(page, ArchivedPage)
    assert page.title == "Rain ?"


def test_packed_lines_that_are_cut_off_give_what_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    lines = b"".join(
        b'{"url": "https://a.example/%d", "text": "%s"}\n' % (n, os.urandom(20_000).hex().encode()[:9000])
        for n in range(9)
    )
    path.write_bytes(gzip.compress(lines)[:-9000])
    *pages, last = read(path)
    assert 5 <= len(pages) <= 8
    assert isinstance(last, Broken)
    assert (last.reason, last.start) == ("cut_off", len(pages) + 1)


@pytest.mark.parametrize(
    ("html", "sidecar", "address"),
    [
        (f'<link rel="Canonical" href="https://a.example/c">{OG_URL}', None, "https://a.example/c"),
        (f'<link rel="canonical" href="/c">{OG_URL}', None, "https://a.example/o?a=1&b=2"),
        ('<link rel="canonical" href="https://a.example/c">', '{"url": "https://b.example/s"}', "https://b.example/s"),
        ("<link rel='canonical'><meta property='og:url' content='javascript:x'><p", None, "file:"),
        (f'<link rel="canonical" href="https://a.example/">{OG_URL}', None, "https://a.example/o?a=1&b=2"),
        ('<link rel="canonical" href="https://a.example">', None, "file:"),
        (f'{OG_URL}<p>torn <![> here', None, "https://a.example/o?a=1&b=2"),
        (f"<head><![>\n{OG_URL}", None, "https://a.example/o?a=1&b=2"),
        (OG_URL, '{"url": "https://b.example/\\ud800"}', "https://a.example/o?a=1&b=2"),
    ],
)  # fmt: skip
def test_an_html_file_has_the_address_of_its_sidecar_or_its_own_or_says_that_it_has_none(
    tmp_path: Path, html: str, sidecar: str | None, address: str
) -> None:
    path = tmp_path / "x y.html"
    path.write_bytes(gzip.compress(html.encode()))
    if sidecar:
        (tmp_path / "x y.json").write_text(sidecar)
    page = page_of(path)
    assert page.response.url == (path.as_uri() if address == "file:" else address)
    assert (page.response.body, page.response.fetched_at) == (html.encode(), CHANGED)
    assert read(path, page.end) == []


def test_a_broken_sidecar_or_too_large_a_file_is_told(tmp_path: Path) -> None:
    bad, large, agency = tmp_path / "bad.html", tmp_path / "large.html", tmp_path / "large.xml"
    bad.write_text("<p>x")
    (tmp_path / "bad.html.json").write_text("[]")
    large.write_bytes(gzip.compress(b"x" * 1_000_000))
    agency.write_bytes(b"x" * 1_000_000)
    told = [item.reason for path in (bad, large, agency) for item in read(path) if isinstance(item, Broken)]
    assert told == ["malformed", "too_large", "too_large"]


def test_an_agencys_file_is_handed_on_whole(tmp_path: Path) -> None:
    path = tmp_path / "0001.xml.gz"
    path.write_bytes(gzip.compress(b"<newsItem/>"))
    assert read(path) == [AgencyFile(start=0, end=1, body=b"<newsItem/>", address=path.as_uri(), modified_at=CHANGED)]
