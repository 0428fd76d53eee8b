"""Text from elsewhere made safe to show. Everything that is printed, logged or put on a page goes through here.

Texts come from the web, and names from anybody: what would steer a terminal (ESC), hide itself (NUL, zero-width
characters) or turn the reading order (bidi marks) is shown as an escape, never sent; markup is text.
"""

from __future__ import annotations

import json
import re
import unicodedata

import typer

# Joiners belong to the spelling of Persian and Hindi words; other invisible characters only mislead.
JOINERS = frozenset("\u200c\u200d")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # Unicode's general categories of what prints as nothing
SHORT = {"\n": r"\n", "\t": r"\t", "\r": r"\r"}
MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")  # ASCII's punctuation: after a backslash, each is itself (CommonMark, 2.4)
HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def one_line(text: str) -> str:
    r"""The text as one line, with what a terminal would obey or hide as escapes: "\x1b", "\u202e", "\n".

    >>> one_line("Gunmen\x1b[2J \u202eoraK\nshelled")
    'Gunmen\\x1b[2J \\u202eoraK\\nshelled'
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def exact(text: str) -> str:
    r"""As `one_line`, and its backslashes doubled, so that nothing else can look like an escape."""
    return one_line(text.replace("\\", "\\\\"))


def lines(text: str) -> str:
    """As `one_line`, but line feeds are kept: for a cell or a text that may be several lines high."""
    return "\n".join(map(one_line, text.split("\n")))


def cut(text: str, most: int) -> str:
    """The text's first `most` characters, and how many there are where that is not all.

    >>> cut("a title of a megabyte", 7)
    'a title… (21 characters in all)'
    """
    return text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters in all)"


def markdown(text: str) -> str:
    r"""The text for a page in Markdown, or a cell of its table: no link, no HTML, no column of its own.

    >>> markdown("a|b `c` [d](e) <f>")
    'a\\|b \\`c\\` \\[d\\]\\(e\\) &lt;f&gt;'
    """
    return MARKDOWN.sub(lambda found: HTML.get(found[0], f"\\{found[0]}"), one_line(text))


def json_line(record: object) -> str:
    r"""The record as a line of JSON: text as it is, and what prints as nothing by its number (\u202e), which is equal.

    >>> json_line({"title": "Zürich \x9b2J"})
    '{"title": "Zürich \\u009b2J"}'
    """
    told = json.dumps(record, ensure_ascii=False, default=str)
    return told if told.isascii() and told.isprintable() else "".join(map(_numbered, told))


def say(text: str, *, err: bool = False) -> None:
    """One line on standard output or standard error."""
    typer.echo(one_line(text), err=err)


def _is_unseen(character: str) -> bool:
    return character not in JOINERS and unicodedata.category(character) in UNSEEN


def _shown(character: str) -> str:
    if character in SHORT:
        return SHORT[character]
    if not _is_unseen(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _numbered(character: str) -> str:
    if not _is_unseen(character):
        return character
    return "".join(f"\\u{unit:04x}" for unit in _utf16(character))


def _utf16(character: str) -> tuple[int, ...]:
    code = ord(character)
    return (code,) if code < 0x10000 else (0xD800 + ((code - 0x10000) >> 10), 0xDC00 + (code & 0x3FF))
