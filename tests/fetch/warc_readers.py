"""What the field's readers, warcio and FastWARC, make of a file: every record, every digest."""

from __future__ import annotations

from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastWarc
from warcio.archiveiterator import ArchiveIterator as Warcio
from warcio.cli import main as warcio_command

CAPTURED = {"response", "revisit", "resource"}


def kinds_by_warcio(path: Path) -> list[str]:
    """The kinds of the records in order; fails where a digest does not fit."""
    kinds = []
    with path.open("rb") as file:
        for record in Warcio(file, check_digests="raise"):
            record.raw_stream.read()
            assert record.digest_checker.passed or record.rec_type == "revisit" or record.length == 0
            kinds.append(record.rec_type)
    return kinds


def kinds_by_fastwarc(path: Path) -> list[str]:
    """The kinds of the records in order; fails where a digest does not fit."""
    kinds = []
    with path.open("rb") as file:
        for record in FastWarc(file, parse_http=False):
            kind = record.headers["WARC-Type"]
            assert record.verify_block_digest()
            if "WARC-Payload-Digest" in record.headers and kind != "revisit":  # whose payload lies elsewhere
                record.parse_http()
                assert record.verify_payload_digest()
            kinds.append(kind)
    return kinds


def assert_readers_accept(path: Path) -> None:
    """Both read the file to its end alike, and `warcio check` finds nothing."""
    kinds = kinds_by_warcio(path)
    assert kinds
    assert kinds[0] == "warcinfo"
    assert kinds_by_fastwarc(path) == kinds
    try:
        code = warcio_command(["check", str(path)])
    except SystemExit as ended:
        code = ended.code
    assert not code


def captures_in(path: Path) -> dict[int, int]:
    """Offset and compressed length of each record that a capture can name, as warcio's indexer finds them."""
    found = {}
    with path.open("rb") as file:
        records = Warcio(file, no_record_parse=True)
        for record in records:
            if record.rec_type in CAPTURED:
                found[records.get_record_offset()] = records.get_record_length()
    return found
