"""Coders of an operator's own, as small as they can be: test_coders.py names them in the setting."""

from __future__ import annotations

from dataclasses import replace

from pipeline.records import Event, Span
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.triggers import Lexicon


class KeywordCoder:
    """Codes a word as one type, wherever it stands."""

    version = "keywords 1"

    def __init__(self, lexicon: Lexicon, words: dict[str, str]) -> None:
        self.lexicon, self.words = lexicon, words

    def code(self, text: ParsedText) -> tuple[Event, ...]:
        return tuple(self.event(t.idx, t.text, text.doc.text) for t in text.doc if t.text in self.words)

    def event(self, start: int, word: str, text: str) -> Event:
        kind = self.lexicon.types.get(self.words[word])
        return Event(
            type=self.words[word], mode=None, contexts=(), quad=kind.quad if kind else 1,
            scale=kind.scale if kind else 0, trigger=Span(start, start + len(word), word),
            sentence_start=0, sentence_end=len(text), actors=(), recipients=(), place=None,
            date_start=None, date_end=None, date_text=None, killed=None, wounded=None, arrested=None,
            polarity="affirmed", modality="actual", attribution=None, confidence=0.5, rule="keyword",
        )  # fmt: skip


def keywords(lexicon: Lexicon) -> KeywordCoder:
    return KeywordCoder(lexicon, {"clouds": "PROTEST", "attacked": "ASSAULT"})


def unknown_type(lexicon: Lexicon) -> KeywordCoder:
    return KeywordCoder(lexicon, {"clouds": "WEATHER"})


class Outside(KeywordCoder):
    def event(self, start: int, word: str, text: str) -> Event:
        return replace(super().event(start, word, text), sentence_end=len(text) + 1)


def outside(lexicon: Lexicon) -> KeywordCoder:
    return Outside(lexicon, {"clouds": "PROTEST"})


class Silent(KeywordCoder):
    def code(self, *_: object) -> tuple[Event, ...]:  # type: ignore[override]
        return None  # type: ignore[return-value]


def silent(lexicon: Lexicon) -> KeywordCoder:
    return Silent(lexicon, {})


def no_coder(lexicon: Lexicon) -> str:
    return "keywords"


def broken(lexicon: Lexicon) -> KeywordCoder:
    raise ValueError("no weights\nhere")


NUMBER = 3
