"""Bytes of an answer → text of a page; or the reason why it is none."""

from __future__ import annotations

import codecs
import re
import zlib

from trafilatura.utils import detect_encoding

from pipeline.errors import ExtractError
from pipeline.extract.page.kinds import ANY_TAG as ANY_TAG
from pipeline.extract.page.kinds import BOMS, Kind, kind_of, sniff, wide_encoding

# Labels whose bytes the web writes in the larger set (WHATWG Encoding Standard, section 4.2).
WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Their bytes are also valid UTF-8, so what the page declares must be asked first.
SEVEN_BIT = re.compile(r"iso2022|hz|utf-?16|utf-?7")
META_CHARSET = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)

MOST_BYTES = 20_000_000  # so much script or inline picture beside a story takes 0.4 s and 250 MiB

HOST_CODECS = frozenset({"idna", "punycode"})  # the one refuses "replace", the other takes time by the square


def page_text(html: bytes | str, content_type: str | None) -> str:
    """The page's HTML as text. Raises ExtractError: `too_large`, or what the answer is instead (see `kinds.Kind`)."""
    if len(html) > MOST_BYTES:
        raise ExtractError("too_large", f"the page has {len(html):,} bytes, {MOST_BYTES:,} are read")
    body = _unpacked(html) if isinstance(html, bytes) else html
    found = sniff(body, content_type)
    if found.kind is not Kind.HTML:
        raise ExtractError(found.kind.value, f"the answer is {found.sign}")
    text = body if isinstance(body, str) else decode(body, content_type)
    return text.removeprefix("\ufeff")


def _unpacked(raw: bytes) -> bytes:
    """A page that was compressed once more than its header says; anything else as it is."""
    if not raw.startswith(b"\x1f\x8b\x08"):
        return raw
    try:
        stream = zlib.decompressobj(wbits=31)
        page = stream.decompress(raw, MOST_BYTES)
    except zlib.error:
        return raw
    return page if stream.eof and kind_of(page) is Kind.HTML else raw


def decode(raw: bytes, content_type: str | None) -> str:
    """Text of `raw`: by byte order mark, as UTF-8 where that is valid, as declared, then as its bytes suggest."""
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return raw[len(bom) :].decode(encoding, "replace")
    if wide := wide_encoding(raw):
        return raw.decode(wide, "replace")
    declared = _declared(raw, content_type)
    if not (declared and SEVEN_BIT.match(declared)):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if declared == "utf-8" and _mostly_utf8(raw):
        return raw.decode("utf-8", "replace")
    if declared and declared != "utf-8":
        return raw.decode(WIDER.get(declared, declared), "replace")
    return _guessed(raw)


def _guessed(raw: bytes) -> str:
    for encoding in filter(_makes_text, detect_encoding(raw)):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _declared(raw: bytes, content_type: str | None) -> str | None:
    """Codec name of the charset that header, meta or XML declaration name, in this order; None if none is known."""
    header = HEADER_CHARSET.search(content_type or "")
    labels = [header[1]] if header else []
    labels += [m[1].decode("ascii", "ignore") for p in (META_CHARSET, XML_ENCODING) if (m := p.search(raw[:4096]))]
    for label in labels:
        if not _makes_text(label):
            continue
        name = codecs.lookup(label).name
        # A meta element that was read as ASCII cannot stand in a UTF-16 page.
        return "utf-8" if name.startswith("utf-16") and b"<meta" in raw[:4096] else name
    return None


def _makes_text(label: str) -> bool:
    """Whether a label names a codec that makes text; "base64" names one that does not, "idna" is for names of hosts."""
    try:
        b"a".decode(label)
    except (LookupError, UnicodeError):
        return False
    return codecs.lookup(label).name not in HOST_CODECS


def _mostly_utf8(raw: bytes) -> bool:
    """Whether a page that says UTF-8 is that but for a few broken bytes (a cut character, a pasted name)."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken <= 10 or broken * 20 < sum(ch > "\x7f" for ch in text)
