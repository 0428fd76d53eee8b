"""Names that the model found once and missed elsewhere in the same document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from pipeline.tag.names.cues import cue_words
from pipeline.tag.names.spans import Name

_ACRONYM = re.compile(r"\s*\(\s*(?:the )?([A-Z][A-Za-z&.-]{0,14}[A-Z])\.?\s*[),]")
_CAPITAL = r"(?:[A-Z][\w'’-]+|of|for|and|the)"
_LONG_FORM = re.compile(rf"\s*\(\s*(?:the )?({_CAPITAL}(?: {_CAPITAL}){{1,7}})\s*\)")
_BEFORE_BRACKET = re.compile(r"\b[A-Z]{2,10}(?= \()")
LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
SHORTEST = 3


def restore_names(doc: Doc, text: str, names: Sequence[Name]) -> list[Name]:
    """All names in the order of the text: the given ones, and what reads like one of them where nothing was found.

    A word that the text also writes without a capital, or that the tagger takes for no proper noun, is left alone.
    """
    known = _known(text, {t.text for t in doc if t.is_lower}, names)
    if not known:
        return list(names)
    taken = bytearray(len(text))
    for name in names:
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
    found = [n for n in _occurrences(doc, text, known) if not any(taken[n.start : n.end])]
    return sorted([*names, *found], key=lambda n: (n.start, n.end))


def told_names(doc: Doc, text: str, names: Sequence[Name]) -> list[Name]:
    """All names in the order of the text, with those that only the word beside them tells of.

    Persons by their title ("PM Vale spoke"), places by their kind ("the village of Rawa", "Rawa district").
    """
    taken = bytearray(len(text))
    for name in names:
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
    found = list(names)
    for pattern, label in ((_titled(), "PERSON"), (_called(), "GPE"), (_named(), "GPE"), (_divisions(), "GPE")):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            span = doc.char_span(start, end, alignment_mode="expand")
            if not any(taken[start:end]) and span is not None and all(t.pos_ in {"PROPN", "PUNCT"} for t in span):
                found.append(Name(start, end, label))
                taken[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda n: n.start)


_PLACE = r"(?:[Aa]l-)?[A-Z][a-z][\w’'-]*(?: (?:[Aa]l-)?[A-Z][a-z][\w’'-]*){0,2}"


@cache
def _called() -> re.Pattern[str]:
    """What follows "town of", "province of"."""
    return re.compile(rf"\b(?:{'|'.join(cue_words('settled'))}) of ({_PLACE})")


@cache
def _named() -> re.Pattern[str]:
    """What stands before "district", "province" in lower case."""
    return re.compile(rf"(?<![\w-])({_PLACE}) (?:{'|'.join(cue_words('settled'))})\b(?! of)")


@cache
def _divisions() -> re.Pattern[str]:
    """A division with its kind in capitals: "Idlib Governorate"."""
    return re.compile(r"(?<![\w-])(" + _PLACE + r" (?:Governorate|Province|District|Quarter|Neighbou?rhood|County))\b")


@cache
def _titled() -> re.Pattern[str]:
    """A title with a capital letter, and the one to three words with capitals that follow it."""
    titles = "|".join(sorted((t.title() for t in cue_words("surely")), key=len, reverse=True))
    bodies = "|".join(w.title() for w in (*cue_words("bodies"), *cue_words("waters"), "hotel"))
    return re.compile(
        rf"\b(?:{titles}|PM|CM)\.? ((?:(?!(?:{bodies})\b)[A-Z][a-z][\w’-]+ ?){{1,3}}(?<! ))(?! ?(?:{bodies})\b)"
    )


def bracketed_names(text: str, names: Sequence[Name]) -> list[Name]:
    """All names in the order of the text, with the abbreviations and long forms that stand in brackets behind them."""
    found = list(names)
    for short in _BEFORE_BRACKET.finditer(text):
        is_new = not any(n.start < short.end() and short.start() < n.end for n in names)
        if is_new and long_form_after(text, *short.span()) != (0, 0):
            found.append(Name(short.start(), short.end(), "ORG"))
    for name in list(found):
        for start, end in (abbreviation_after(text, name.start, name.end), long_form_after(text, name.start, name.end)):
            inside = [n for n in found if n.start < end and start < n.end]
            if start < end and all(start <= n.start and n.end <= end for n in inside):
                found = [n for n in found if n not in inside] + [Name(start, end, name.label)]
    return sorted(found, key=lambda n: n.start)


def initials(name: str) -> str:
    """First letters of the capitalised words: "Kurdistan Workers' Party" → "KWP"."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())


def abbreviation_after(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the abbreviation in brackets behind a name, if first letters agree; (0, 0) where there is none."""
    name, match = text[start:end], _ACRONYM.match(text, end)
    if match is None or " " not in name or len(match[1]) > len(name):
        return 0, 0
    letters = re.sub(r"[^A-Z]", "", match[1].upper())
    return match.span(1) if len(letters) >= 2 and letters[0] in initials(name).upper() else (0, 0)


def told_abbreviations(text: str, names: Sequence[Name]) -> dict[str, str]:
    """Abbreviations that the text gives in brackets behind its names, with the names: "AWB" of "… Bloc (AWB)"."""
    found = ((name, abbreviation_after(text, name.start, name.end)) for name in names)
    return {text[slice(*at)]: text[name.start : name.end] for name, at in found if at != (0, 0)}


def long_form_after(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the long form in brackets behind an abbreviation, if its first letters are that; (0, 0) if none."""
    short, match = text[start:end], _LONG_FORM.match(text, end)
    if match is None or not short.isupper() or len(short) < 2 or initials(match[1]) != short.replace(".", ""):
        return 0, 0
    return match.span(1)


def _known(text: str, lower: set[str], names: Sequence[Name]) -> dict[str, str]:
    """What to look for, with its label: the names themselves and the surnames of persons."""
    known: dict[str, str] = {}
    for name in names:
        words = text[name.start : name.end]
        if name.label not in LABELS:
            continue
        known.setdefault(words, name.label)
        if name.label == "PERSON" and 2 <= len(parts := words.split()) <= 4:
            known.setdefault(parts[-1], "PERSON")
            if len(parts) > 2:  # "Suu Kyi"
                known.setdefault(" ".join(parts[-2:]), "PERSON")
    return {w: label for w, label in known.items() if _may_stand_alone(w, lower)}


def _may_stand_alone(words: str, lower: set[str]) -> bool:
    return len(words) >= SHORTEST and words[0].isupper() and ("\n" not in words) and words.lower() not in lower


def _occurrences(doc: Doc, text: str, known: dict[str, str]) -> Iterator[Name]:
    pattern = "|".join(re.escape(w) for w in sorted(known, key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w@#/.-])(?:{pattern})(?![\w@]|-\w|\.\w)", text):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None and any(t.pos_ == "PROPN" for t in span):
            yield Name(match.start(), match.end(), known[match[0]])
