"""Bytes of a feed → text, so that every dialect starts from the same."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

# What a declared name stands for in practice (WHATWG Encoding Standard): the larger set it is a part of.
WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-9": "cp1254",
}
# Python codecs that no feed is written in: slow, or able to hide markup from a look at the bytes.
REFUSED = frozenset(
    {"utf-7", "idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined", "unicode-escape"}
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, which is its first half
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The first character of a feed is "<", "{" or "[": without a mark, its zero bytes tell (XML 1.0, appendix F).
WIDE = (
    (re.compile(rb"\0\0\0[<{\[]"), "utf-32-be"),
    (re.compile(rb"[<{\[]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0[<{\[]"), "utf-16-be"),
    (re.compile(rb"[<{\[]\0"), "utf-16-le"),
)
DECLARATION = re.compile(rb"\s*<\?xml\s[^>]*?\?>", re.IGNORECASE)
DECLARED = re.compile(rb"encoding\s*=\s*[\"']\s*([\w.:-]{1,40})", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
SHIFTED = re.compile(rb"\x1b[$(]|~\{")  # ISO 2022 and HZ: other alphabets in seven-bit bytes


def to_text(body: bytes, content_type: str | None) -> tuple[str, str | None]:
    """The body as text, without byte order mark and XML declaration's encoding, and what was odd about it, if anything.

    In this order: a byte order mark; UTF-16 and UTF-32 without one; UTF-8 if the bytes are valid UTF-8, whatever is
    declared (text in another encoding hardly ever is); the charset of the content type; that of the XML declaration;
    at last UTF-8 with each odd byte read as windows-1252. Never raises.
    """
    for mark, codec in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace"), None
    for pattern, codec in WIDE:
        if pattern.match(body):
            return body.decode(codec, "replace"), None
    declared = dict(_declared(body, content_type))
    if not (SHIFTED.search(body) and any(name.startswith(("iso2022", "hz")) for name in declared)):
        try:
            return body.decode("utf-8"), _contradiction(body, list(declared.values()))
        except UnicodeDecodeError:
            pass
    for name in declared:
        try:
            return body.decode(name), None
        except (LookupError, ValueError):
            continue
    return _patched(body)


def _declared(body: bytes, content_type: str | None) -> Iterator[tuple[str, str]]:
    """Codecs and how the content type and the XML declaration name them, as far as Python knows and we accept them."""
    names = CHARSET.findall(content_type or "")
    if (declaration := DECLARATION.match(body[:1000])) and (match := DECLARED.search(declaration[0])):
        names.append(match[1].decode("ascii", "replace"))
    for name in names:
        try:
            known = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        if known not in REFUSED and known != "utf-8":
            yield WIDER.get(known, known), name


def _contradiction(body: bytes, declared: list[str]) -> str | None:
    """A word about bytes that are UTF-8 and say otherwise."""
    if declared and not body.isascii():
        return f"declared as {declared[0]}, but the bytes are UTF-8: read as that"
    return None


def _patched(body: bytes) -> tuple[str, str]:
    """UTF-8 with its invalid bytes, one by one, taken for windows-1252: right for both, and for a mix of the two."""
    odd = 0
    pieces: list[str] = []
    text = body.decode("utf-8", "surrogateescape")
    for piece in re.split("([\udc80-\udcff]+)", text):
        if piece and "\udc80" <= piece[0] <= "\udcff":
            odd += len(piece)
            piece = piece.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        pieces.append(piece)
    return "".join(pieces), f"{odd} bytes are not UTF-8 and no encoding is declared that fits: read as windows-1252"
