"""What an answer is: by its first bytes, then by what stands in them as text, then by what its header claims.

After the WHATWG's MIME Sniffing Standard (sections 6 and 7), which browsers follow, with more kinds of file and one
difference: a fragment of HTML, as full-text feeds carry it, is HTML wherever its first tag stands.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an answer can be. The words are the reasons with which a page is refused, and stand in the warehouse."""

    HTML = "html"
    PDF = "pdf"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    JSON = "json"
    FEED = "feed"
    XML = "xml"
    OFFICE = "office"
    ARCHIVE = "archive"
    TEXT = "plain_text"
    BINARY = "binary"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind, and the sign by which it was told, as one line for a person."""

    kind: Kind
    sign: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The first bytes of a kind of file; `example` is the start of one."""

    kind: Kind
    name: str
    pattern: re.Pattern[bytes]
    example: bytes


def _starts(kind: Kind, name: str, pattern: bytes, example: bytes) -> Signature:
    return Signature(kind, name, re.compile(pattern, re.DOTALL), example)


# The first that matches counts. "MIME" and a number: the section of the standard that has the pattern.
SIGNATURES = (
    _starts(
        Kind.PDF, "a PDF", rb"[^<]{0,1024}?%PDF-\d", b"\r\n%PDF-1.7\n%\xe2\xe3"
    ),  # MIME 7.1; readers allow 1 KiB before
    _starts(Kind.OFFICE, "PostScript", rb"%!PS-Adobe-", b"%!PS-Adobe-3.0"),  # MIME 7.1
    _starts(Kind.IMAGE, "a PNG picture", rb"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),  # MIME 6.1
    _starts(Kind.IMAGE, "a JPEG picture", rb"\xff\xd8\xff", b"\xff\xd8\xff\xe0\0\x10JFIF"),  # MIME 6.1
    _starts(Kind.IMAGE, "a GIF picture", rb"GIF8[79]a", b"GIF89a\x01\0\x01\0"),  # MIME 6.1
    _starts(Kind.IMAGE, "a WebP picture", rb"RIFF.{4}WEBPVP", b"RIFF\x24\0\0\0WEBPVP8 "),  # MIME 6.1
    _starts(Kind.IMAGE, "a bitmap", rb"BM.{4}\0\0\0\0", b"BM\x36\x10\0\0\0\0\0\0\x36\0"),  # MIME 6.1 takes any "BM"
    _starts(Kind.IMAGE, "an icon", rb"\0\0[\x01\x02]\0[^\0]\0", b"\0\0\x01\0\x02\0\x10\x10"),  # MIME 6.1
    _starts(Kind.IMAGE, "a TIFF picture", rb"II\*\0|MM\0\*", b"II*\0\x08\0\0\0"),
    _starts(Kind.IMAGE, "an AVIF or HEIC picture", rb".{4}ftyp(?:avif|avis|hei[cxs]|mif1)", b"\0\0\0\x1cftypavif"),
    _starts(Kind.AUDIO, "MPEG-4 audio", rb".{4}ftypM4[AB]", b"\0\0\0\x20ftypM4A "),
    _starts(Kind.VIDEO, "an MPEG-4 film", rb".{4}ftyp[\w ]{4}", b"\0\0\0\x18ftypmp42"),  # MIME 6.2.1
    _starts(Kind.VIDEO, "a WebM or Matroska film", rb"\x1aE\xdf\xa3", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01"),  # MIME 6.2.2
    _starts(Kind.VIDEO, "an AVI film", rb"RIFF.{4}AVI ", b"RIFF\x24\0\0\0AVI LIST"),  # MIME 6.2
    _starts(Kind.VIDEO, "an MPEG film", rb"\0\0\x01[\xb3\xba]|FLV\x01", b"\0\0\x01\xba\x44\0"),
    _starts(
        Kind.VIDEO, "an MPEG transport stream", rb"G.{187}G.{187}G", b"G" + b"\xff" * 187 + b"G" + b"\xff" * 187 + b"G"
    ),
    _starts(Kind.VIDEO, "a playlist", rb"#EXTM3U", b"#EXTM3U\n#EXT-X-VERSION:3"),
    _starts(
        Kind.AUDIO, "an MP3", rb"ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", b"ID3\x03\0\0\0"
    ),  # MIME 6.2, 6.2.3
    _starts(Kind.AUDIO, "an Ogg file", rb"OggS\0", b"OggS\0\x02\0\0"),  # MIME 6.2
    _starts(Kind.AUDIO, "a WAVE file", rb"RIFF.{4}WAVE", b"RIFF\x24\0\0\0WAVEfmt "),  # MIME 6.2
    _starts(Kind.AUDIO, "an AIFF file", rb"FORM.{4}AIF[FC]", b"FORM\0\0\x10\0AIFFCOMM"),  # MIME 6.2
    _starts(Kind.AUDIO, "a MIDI file", rb"MThd\0\0\0\x06", b"MThd\0\0\0\x06\0\x01"),  # MIME 6.2
    _starts(Kind.AUDIO, "a FLAC file", rb"fLaC\0", b"fLaC\0\0\0\x22"),
    _starts(
        Kind.OFFICE,
        "an office document in a ZIP file",
        rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|word/|xl/|ppt/|mimetypeapplication/)",
        b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml",
    ),
    _starts(
        Kind.OFFICE, "an office document", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    ),
    _starts(Kind.OFFICE, "an RTF document", rb"\{\\rtf1", b"{\\rtf1\\ansi The ferries"),
    _starts(Kind.ARCHIVE, "a ZIP file", rb"PK\x03\x04|PK\x05\x06", b"PK\x03\x04\x14\0"),  # MIME 6.4
    _starts(Kind.ARCHIVE, "a gzip file", rb"\x1f\x8b\x08", b"\x1f\x8b\x08\0\0\0"),  # MIME 6.4
    _starts(Kind.ARCHIVE, "a RAR file", rb"Rar!\x1a\x07", b"Rar!\x1a\x07\0"),  # MIME 6.4
    _starts(Kind.ARCHIVE, "a 7-Zip file", rb"7z\xbc\xaf\x27\x1c", b"7z\xbc\xaf\x27\x1c\0\x04"),
    _starts(
        Kind.ARCHIVE, "a bzip2, xz or Zstandard file", rb"BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd", b"\xfd7zXZ\0\0"
    ),
    _starts(Kind.BINARY, "a font", rb"wOF[F2]|\0\x01\0\0\0", b"wOF2\0\x01\0\0"),  # MIME 6.3
    _starts(Kind.BINARY, "a program", rb"\x7fELF|\0asm\x01|MZ.{2}[\x01-\x10]\0", b"\x7fELF\x02\x01\x01"),
)

# What a header's media type says, where the bytes say nothing.
MEDIA_TYPES = (
    (Kind.PDF, re.compile(r"application/(?:x-)?pdf")),
    (Kind.IMAGE, re.compile(r"image/.+")),
    (Kind.VIDEO, re.compile(r"video/.+|application/(?:vnd\.apple\.mpegurl|x-mpegurl|dash\+xml)")),
    (Kind.AUDIO, re.compile(r"audio/.+")),
    (Kind.JSON, re.compile(r"(?:application|text)/(?:json|.+\+json)")),
    (Kind.FEED, re.compile(r"application/(?:rss|atom|rdf)\+xml")),
    (Kind.XML, re.compile(r"(?:application|text)/(?:xml|.+\+xml)")),
    (Kind.OFFICE, re.compile(r"application/(?:msword|rtf|vnd\.(?:ms-|oasis|openxmlformats).+)")),
    (Kind.ARCHIVE, re.compile(r"application/(?:(?:x-)?(?:zip|gzip|tar|rar|7z)(?:-compressed)?|vnd\.rar)")),
    (Kind.BINARY, re.compile(r"font/.+|application/(?:octet-stream|wasm|font-.+)")),
)
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})

BEFORE_ROOT = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)+", re.DOTALL)
FIRST_TAG = re.compile(r"<!doctype\s+([\w:-]+)|<([a-z][\w:-]*)", re.IGNORECASE)
HTML_TAG = re.compile(
    r"html|head|body|title|meta|link|script|style|noscript|div|p|span|article|section|main|header|footer|nav|aside"
    r"|h[1-6]|a|b|i|u|em|strong|small|font|center|br|hr|img|figure|picture|iframe|video|audio|svg|time|ul|ol|li|dl"
    r"|table|blockquote|pre|form|button|input|label"
)
FEED_TAG = re.compile(r"rss|feed|rdf:rdf|urlset|sitemapindex|channel|opml")
ANY_TAG = re.compile(r"</?(?:p|div|br|b|i|em|strong|a|span|ul|li|h[1-6]|blockquote|img)\b[^>]{0,2000}>", re.IGNORECASE)
JSON_START = re.compile(
    r'\{\s*["}]|\[\s*(?:["{\[\]]|-?\d+(?:\.\d+)?\s*[,\]]|true|false|null)'
)  # not "[Update] Ferries"

BLANK = re.compile("(?:\u00ef\u00bb\u00bf|\ufeff)?[\\0\\s]*")  # with UTF-8's mark, also as Latin-1 reads it
HEAD = 1_445  # bytes that a browser looks at (MIME section 5.2)
HTML_HEAD = 65_536  # bytes of what begins as HTML in which it must not turn out to be noise
# Bytes that no text holds (MIME section 3), without NUL: broken pages are padded with it.
CONTROLS = bytes((*range(1, 9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)))
MOST_CONTROLS = (
    0.03  # share of them in a page: noise and compressed data have a tenth, a page with dirt in it under 0.001
)
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def kind_of(body: bytes | str, content_type: str | None = None) -> Kind:
    """What an answer is; `content_type` is its header's, which counts only where the content does not tell."""
    return sniff(body, content_type).kind


def sniff(body: bytes | str, content_type: str | None = None) -> Finding:
    """What an answer is, and by which sign."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    if isinstance(body, str):
        return _of_text(body, media_type)
    found = _by_signature(body)
    if found:
        return found
    wide = wide_encoding(body)
    found = _of_text(body.decode(wide, "replace") if wide else body.decode("latin-1"), media_type)
    if not wide and found.kind in (Kind.HTML, Kind.TEXT) and _is_noise(body, found.kind):
        return Finding(Kind.BINARY, "bytes that are no text")
    return found


def wide_encoding(body: bytes) -> str | None:
    """The UTF-16 that bytes are written in: by their mark, or by the NUL in each second place of a Latin text."""
    for mark, encoding in BOMS[1:]:
        if body.startswith(mark):
            return encoding
    even, odd = body[:HEAD:2], body[1:HEAD:2]
    for empty, full, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if len(empty) > 1 and empty.count(0) > 0.7 * len(empty) and full.count(0) < 0.05 * len(full):
            return encoding
    return None


def _by_signature(body: bytes) -> Finding | None:
    for signature in SIGNATURES:
        if signature.pattern.match(body):
            return Finding(signature.kind, f"{signature.name}, which starts with {body[:8]!r}")
    return None


def _is_noise(body: bytes, kind: Kind) -> bool:
    """Whether bytes hold too many controls for a text; without a tag in front, the first ones are enough to tell."""
    text = body[: HTML_HEAD if kind is Kind.HTML else HEAD].strip(b"\0")
    dirt = len(text) - len(text.translate(None, CONTROLS))
    nuls = text.count(0) if kind is Kind.TEXT else 0
    return dirt + nuls > MOST_CONTROLS * len(text)


def _of_text(text: str, media_type: str) -> Finding:
    blank = BLANK.match(text)
    start = blank.end() if blank else 0
    if start == len(text):
        return Finding(Kind.EMPTY, "empty")
    before = BEFORE_ROOT.match(text, start)
    root = FIRST_TAG.match(text, before.end() if before else start)
    if root:
        return _of_root((root[1] or root[2]).lower(), text.startswith("<?xml", start), media_type)
    if JSON_START.match(text, start) and text.rstrip("\0 \t\r\n").endswith(("}", "]")):
        return Finding(Kind.JSON, "JSON")
    if media_type in HTML_TYPES or (not media_type and ANY_TAG.search(text)):
        return Finding(Kind.HTML, "HTML")
    return _of_type(media_type)


def _of_root(root: str, is_xml: bool, media_type: str) -> Finding:
    """A document by its first tag."""
    if root == "svg" and (is_xml or media_type == "image/svg+xml"):
        return Finding(Kind.IMAGE, "an SVG picture")
    if HTML_TAG.fullmatch(root):
        return Finding(Kind.HTML, f"HTML that begins with <{root}>")
    return Finding(Kind.FEED if FEED_TAG.fullmatch(root) else Kind.XML, f"XML whose root is <{root}>")


def _of_type(media_type: str) -> Finding:
    """What has no sign of its own is what its header says, else plain text."""
    for kind, pattern in MEDIA_TYPES:
        if pattern.fullmatch(media_type):
            return Finding(kind, f"{media_type}, by its header")
    return Finding(Kind.TEXT, f"plain text ({media_type or 'no type given'})")
