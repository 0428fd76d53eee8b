"""GLiNER models: asked for kinds of names in plain words (Zaratiana and others, NAACL 2024)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.tag.models.labels import Scheme
from pipeline.tag.models.local import fingerprint, is_local, library_errors, plain_name, wants
from pipeline.tag.models.recogniser import Found

BATCH = 8
THRESHOLD = 0.5  # the library's own default: below it a span is no name
WORDS = 384  # the length that the published models were trained with


class GlinerModel:
    """A GLiNER model by name on the Hugging Face hub or by the folder it lies in, and what is asked of it.

    A folder is read without any network, so it must hold its tokenizer, too. The library lets a model bring
    code along: use models of sources that you trust. DatelineError when the library or the
    model is missing.
    """

    def __init__(self, name: str, scheme: Scheme, threshold: float = THRESHOLD) -> None:
        with wants("gliner", "torch", extra="gliner", model=f"gliner:{name}"):
            from gliner import GLiNER
        local = is_local(name)
        with library_errors("gliner", name):
            self._model: Any = GLiNER.from_pretrained(name, local_files_only=local)
        self._model.eval()
        self._asked = list(scheme.labels)
        self._threshold = threshold
        self.limit: int = int(getattr(self._model.config, "max_len", WORDS) or WORDS)
        self.version = f"gliner:{plain_name(name)}{fingerprint(Path(name)) if local else ''}"

    def measure(self, texts: Sequence[str]) -> list[int]:
        """Words of each text as the model splits them."""
        split = self._model.data_processor.words_splitter
        return [sum(1 for _ in split(text)) for text in texts]

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """The names in each text; none overlaps another."""
        answers = self._model.inference(
            list(texts), self._asked, flat_ner=True, threshold=self._threshold, batch_size=BATCH
        )
        return [[Found(a["start"], a["end"], a["label"], float(a["score"])) for a in answer] for answer in answers]
