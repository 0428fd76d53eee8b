"""Bytes of an answer → text of a page; or the reason why it is none."""

from __future__ import annotations

import codecs
import re

from trafilatura.utils import decode_file

from pipeline.errors import ExtractError

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
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

HTML_TYPES = {"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"}
BEFORE_ROOT = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)+", re.DOTALL)
FIRST_TAG = re.compile(r"<!doctype\s+([\w:-]+)|<([a-z][\w:-]*)", re.IGNORECASE)
HTML_TAG = re.compile(
    r"html|head|body|title|meta|link|script|style|noscript|div|p|span|article|section|main|header|footer|nav|aside"
    r"|h[1-6]|a|b|i|u|em|strong|small|font|center|br|hr|img|figure|picture|iframe|video|audio|svg|time|ul|ol|li|dl"
    r"|table|blockquote|pre|form|button|input|label"
)
ANY_TAG = re.compile(r"</?(?:p|div|br|b|i|em|strong|a|span|ul|li|h[1-6]|blockquote|img)\b[^>]{0,2000}>", re.IGNORECASE)


def page_text(html: bytes | str, content_type: str | None) -> str:
    """The page's HTML as text. Raises ExtractError `empty` or `not_html`."""
    if isinstance(html, bytes) and html.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04")):
        raise ExtractError("not_html", f"the answer is a file that starts with {html[:8]!r}")
    text = html if isinstance(html, str) else decode(html, content_type)
    text = text.removeprefix("\ufeff")
    if not text.strip("\0 \t\r\n"):
        raise ExtractError("empty", "the answer has no content")
    if wrong := _not_html(text, (content_type or "").split(";")[0].strip().lower()):
        raise ExtractError("not_html", wrong)
    return text


def decode(raw: bytes, content_type: str | None) -> str:
    """Text of `raw`: by byte order mark, as UTF-8 where that is valid, as declared, then as its bytes suggest."""
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return raw[len(bom) :].decode(encoding, "replace")
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
    return str(decode_file(raw))


def _declared(raw: bytes, content_type: str | None) -> str | None:
    """Codec name of the charset that header, meta or XML declaration name, in this order; None if none is known."""
    header = HEADER_CHARSET.search(content_type or "")
    labels = [header[1]] if header else []
    labels += [m[1].decode("ascii", "ignore") for p in (META_CHARSET, XML_ENCODING) if (m := p.search(raw[:4096]))]
    for label in labels:
        try:
            name = codecs.lookup(label).name
            b"a".decode(name)
        except (LookupError, UnicodeError):  # unknown, or a codec that makes no text ("base64")
            continue
        # A meta element that was read as ASCII cannot stand in a UTF-16 page.
        return "utf-8" if name.startswith("utf-16") and b"<meta" in raw[:4096] else name
    return None


def _mostly_utf8(raw: bytes) -> bool:
    """Whether a page that says UTF-8 is that but for a few broken bytes (a cut character, a pasted name)."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken <= 10 or broken * 20 < sum(ch > "\x7f" for ch in text)


def _not_html(text: str, media_type: str) -> str | None:
    """Why this is no HTML, None when it is. A fragment, as full-text feeds carry it, is HTML."""
    start = BEFORE_ROOT.match(text)
    body = text[start.end() if start else 0 :]
    if root := FIRST_TAG.match(body):
        name = (root[1] or root[2]).lower()
        return None if HTML_TAG.fullmatch(name) else f"the document's root is <{name}>"
    if body.startswith(("{", "[")) and media_type not in HTML_TYPES:
        return "the answer is JSON"
    if media_type in HTML_TYPES or (not media_type and ANY_TAG.search(body)):
        return None
    return f"the answer is {media_type or 'plain text'}"
