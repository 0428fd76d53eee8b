"""A text in another language than English: its names by that language's own pipeline, or its places alone; its dates.

Nothing of the English part runs on it: no events, no roles, no peoples, no quantities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import ConfigError
from pipeline.records import DateMention, Mention, Place
from pipeline.tag.languages.dates import find_plain_dates
from pipeline.tag.languages.plain import find_plain_places
from pipeline.tag.models.labels import Scheme, load_schemes, scheme_for
from pipeline.tag.models.recogniser import score_of
from pipeline.tag.names.referents import Referent, Referents
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.identity import with_places
from pipeline.tag.places.resolve import find_places

FINDERS = ("ner", "entity_ruler", "span_ruler")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a text that is not English."""

    mentions: tuple[Mention, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A pipeline of another language and what its labels mean."""

    nlp: Language
    scheme: Scheme

    @classmethod
    def of(cls, nlp: Language, schemes: Iterable[Scheme] = ()) -> Model:
        """Any spaCy pipeline that finds names; DatelineError when no table of labels knows all of its own."""
        labels = [label for name in FINDERS for label in nlp.pipe_labels.get(name, ())]
        return cls(nlp, scheme_for(f"{nlp.meta['lang']}_{nlp.meta['name']}", labels, tuple(schemes) or load_schemes()))


def base_language(tag: str | None) -> str:
    """The language of a tag (RFC 5646), "en" without one.

    >>> base_language("de-AT"), base_language("zh_Hans"), base_language("IW"), base_language(None)
    ('de', 'zh', 'he', 'en')
    """
    language = (tag or "en").lower().replace("_", "-").split("-")[0]
    return {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no"}.get(language, language)


def check_models(models: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The setting {"de": "de_core_news_md"}, put in order; ConfigError when a key is no language or is English."""
    for language, name in models.items():
        if base_language(language) != language or not language.isalpha() or len(language) not in (2, 3):
            raise ConfigError(f"language models: {language!r}", "is no language", 'a code such as "de" or "ru"')
        if language == "en":
            raise ConfigError("language models: 'en'", "English has a setting of its own", "spacy_model")
        if not name.strip():
            raise ConfigError(f"language models: {language!r}", "names no pipeline", "an installed package or a folder")
    return tuple(sorted(models.items()))


def read_other(
    text: str,
    language: str,
    gazetteer: Gazetteer,
    model: Model | None = None,
    published: date | None = None,
    home: str | None = None,
    document_id: str = "",
) -> Reading:
    """Names, places and dates of a text in `language` (ISO 639-1); without a model only places and dates.

    `home` is the feed's country (ISO 3166 alpha-3).
    """
    dates = find_plain_dates(text, language, published)
    if model is None:
        plain = find_plain_places(text, language, gazetteer, home)
        return Reading(with_places(_identified(plain.mentions, document_id), plain.places), plain.places, dates)
    mentions = _identified(names_of(model.nlp(text), model.scheme), document_id)
    places = find_places(text, mentions, gazetteer, home)
    return Reading(with_places(mentions, places), places, dates)


def names_of(doc: Doc, scheme: Scheme) -> tuple[Mention, ...]:
    """The pipeline's names with OntoNotes' labels, without those that the table drops."""
    return tuple(
        Mention(start=e.start_char, end=e.end_char, text=e.text, label=label, score=score_of(e))
        for e in doc.ents
        if (label := scheme.mapped(e.label_))
    )


def _identified(mentions: Sequence[Mention], document_id: str) -> tuple[Mention, ...]:
    """The mentions with ids."""
    referents = Referents((m.text for m in mentions if m.label == "PERSON"), document_id)
    return tuple(_identity(m, referents.meet(m.label, m.text)) for m in mentions)


def _identity(mention: Mention, referent: Referent | None) -> Mention:
    if referent is None:
        return mention
    return replace(mention, entity_id=referent.entity_id, name=referent.name, country=referent.country)
