"""Strings as they leave the stage: clean, plain where plain is promised, links absolute."""

from __future__ import annotations

import html
import re
from urllib.parse import quote, urljoin, urlsplit

# C1 controls are windows-1252 that was taken for ISO 8859-1: U+0092 is meant to be ’.
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What is not closed runs to the end, as in a browser: that also keeps hostile markup linear.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<!DOCTYPE\b[^<>]*>", re.DOTALL | re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_BREAKS = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|pre|hr|section|article|figure|figcaption|dd|dt)\b[^<>]*>",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"</?[a-zA-Z]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# Tags that run, load or redirect; of script and style what they hold, too.
_ACTIVE = re.compile(
    r"</?(?:script|style|applet|object|embed|iframe|frame|frameset|form|link|meta|base)\b[^<>]*>", re.IGNORECASE
)
_WITH_ATTRIBUTES = re.compile(r"<[a-zA-Z][^<>]*\s(?:on\w|href|src)[^<>]*>", re.IGNORECASE)
_VALUE = r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_HANDLER = re.compile(r"\son\w+" + _VALUE, re.IGNORECASE)
_LINK = re.compile(r"\s(href|src)" + _VALUE.replace("=\\s*", "=\\s*(?![\"']?https?://)"), re.IGNORECASE)
_OTHER_LINKS = ("#", "mailto:", "tel:", "data:image/")
_LOOKS_LIKE_HTML = re.compile(r"</[a-zA-Z][\w-]*\s*>|<(?:br|p|img|hr)\b[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w+);")


def clean(text: str) -> str:
    """Without control characters (tab, line feed and carriage return stay), lone surrogates and noncharacters."""
    return _CONTROLS.sub("", text.translate(_C1))


def plain_text(markup: str) -> str:
    """One line of text: tags out, entities decoded, white space collapsed.

    >>> plain_text("<p>Q&amp;A: <b>why</b> 1 &lt; 2</p>")
    'Q&A: why 1 < 2'
    """
    text = _COMMENT.sub("", markup)
    if _MARKUP.search(text):
        text = _TAG.sub("", _BREAKS.sub(" ", _HIDDEN.sub(" ", text)))
    text = html.unescape(text)
    return " ".join(clean(text).split())


def looks_like_html(text: str) -> bool:
    """Whether a text whose kind nobody states holds tags or entities."""
    return bool(_LOOKS_LIKE_HTML.search(text))


def paragraphs(text: str) -> str:
    """Plain text as HTML: one `<p>` a paragraph (blank lines part them), `<br>` at its line ends."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")))
    return "".join(f"<p>{html.escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block)


def harmless(markup: str, base: str | None) -> str:
    """HTML without what runs or loads by itself, its links absolute as seen from `base`.

    Meant for readers of text: whoever shows it to people needs a sanitizer still.

    >>> harmless('<p onclick="x()">See <a href="/b">b</a><script>run()</script></p>', "https://wire.example/a")
    '<p>See <a href="https://wire.example/b">b</a></p>'
    """
    if not _MARKUP.search(markup):
        return markup
    markup = _ACTIVE.sub("", _HIDDEN.sub("", markup))
    return _WITH_ATTRIBUTES.sub(lambda tag: _harmless_tag(tag[0], base), markup)


def _harmless_tag(tag: str, base: str | None) -> str:
    return _LINK.sub(lambda match: _harmless_link(match, base), _HANDLER.sub("", tag))


def _harmless_link(match: re.Match[str], base: str | None) -> str:
    """The attribute with an absolute address; without a base as it is; none for javascript: and its like."""
    written = html.unescape(match[2] or match[3] or match[4] or "").strip()
    if written.lower().startswith(_OTHER_LINKS):
        return match[0]
    if address := absolute_url(written, base):
        return f' {match[1]}="{html.escape(address)}"'
    return match[0] if base is None and ":" not in written else ""


def absolute_url(link: str, base: str | None) -> str | None:
    """The http(s) address that `link` means, seen from `base`; None when it means none."""
    link = re.sub(r"[\t\r\n]", "", clean(link)).strip()
    if not link:
        return None
    try:
        address = urljoin(base or "", link)
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return re.sub(r"\s", lambda blank: quote(blank[0]), address)
