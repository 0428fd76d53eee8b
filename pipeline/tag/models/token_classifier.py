"""Token classifiers of the transformers library (BERT and its like, trained to label names)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import DatelineError
from pipeline.tag.models.labels import kind_of
from pipeline.tag.models.local import fingerprint, is_local, library_errors, plain_name, wants
from pipeline.tag.models.recogniser import Found

BATCH = 8  # windows at once: about 1 GB with 512 pieces in a base-size model
MOST_PIECES = 512
SLACK = 16  # joined sentences may count a few pieces more than each by itself


class TokenClassifier:
    """A model with its tokenizer, by name on the Hugging Face hub or by the folder it lies in.

    A folder is read without any network. DatelineError when the library or the model is missing, or when its
    tokenizer gives no offsets (only "fast" ones do). No code that comes with a model is run.
    """

    def __init__(self, name: str) -> None:
        with wants("transformers", "torch", extra="transformers", model=f"transformers:{name}"):
            import torch
            from transformers import AutoModelForTokenClassification, AutoTokenizer
        with library_errors("transformers", name):
            local = is_local(name)
            self._tokenizer: Any = AutoTokenizer.from_pretrained(name, local_files_only=local)
            self._model: Any = AutoModelForTokenClassification.from_pretrained(name, local_files_only=local)
        if not self._tokenizer.is_fast:
            raise DatelineError(f"transformers:{name}: its tokenizer gives no offsets; a fast one is needed")
        self._model.eval()
        self._torch = torch
        self.labels: tuple[str, ...] = tuple(self._model.config.id2label.values())
        self._pieces = min(self._tokenizer.model_max_length, _positions(self._model.config), MOST_PIECES)
        self.limit: int = max(
            1, self._pieces - self._tokenizer.num_special_tokens_to_add() - min(SLACK, self._pieces // 8)
        )
        self.version = f"transformers:{plain_name(name)}{fingerprint(Path(name)) if local else ''}"

    def measure(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text."""
        encoded = self._tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """The names in each text. What lies beyond the model's length in a single endless word is not read."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # alike lengths together: little padding
        found: list[list[Found]] = [[] for _ in texts]
        for begin in range(0, len(order), BATCH):
            batch = order[begin : begin + BATCH]
            for index, names in zip(batch, self._read([texts[i] for i in batch]), strict=True):
                found[index] = names
        return found

    def _read(self, texts: Sequence[str]) -> Iterator[list[Found]]:
        encoded = self._tokenizer(
            list(texts), return_tensors="pt", padding=True, truncation=True, max_length=self._pieces,
            return_offsets_mapping=True,
        )  # fmt: skip
        offsets = encoded.pop("offset_mapping").tolist()
        with self._torch.inference_mode():
            probabilities = self._model(**encoded).logits.softmax(-1)
        scores, labels = probabilities.max(-1)
        for row in range(len(texts)):
            words = _words(encoded.word_ids(row), offsets[row])
            names = [self._model.config.id2label[i] for i in labels[row].tolist()]
            yield decode([(start, end, names[p], scores[row, p].item()) for p, start, end in words])


def _positions(config: Any) -> int:
    """How many word pieces the model has places for; RoBERTa's first two are never used."""
    return int(getattr(config, "max_position_embeddings", MOST_PIECES + 2) or MOST_PIECES + 2) - (
        2 if "roberta" in str(getattr(config, "model_type", "")) else 0
    )


def _words(word_ids: Sequence[int | None], offsets: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    """Position of the first piece of each word, whose label is the word's, and where the word begins and ends."""
    before: int | None = None
    first, start, end = 0, 0, 0
    for position, (word, (begin, stop)) in enumerate(zip(word_ids, offsets, strict=True)):
        if word is not None and word == before:
            end = stop
            continue
        if before is not None:
            yield first, start, end
        before, first, start, end = word, position, begin, stop
    if before is not None:
        yield first, start, end


def decode(words: Sequence[tuple[int, int, str, float]]) -> list[Found]:
    """Names from labelled words (start, end, label, score). The score of a name is the mean of its words'.

    A name begins at "B-" or "S-" or after another kind, and goes on while the kind stays: BIO, IO, BIOES, plain labels.

    >>> decode([(0, 3, "B-PER", 0.9), (4, 9, "I-PER", 0.7), (10, 14, "O", 1.0), (15, 19, "I-LOC", 0.5)])
    [Found(start=0, end=9, label='PER', score=0.8), Found(start=15, end=19, label='LOC', score=0.5)]
    """
    groups: list[tuple[str, list[tuple[int, int, str, float]]]] = []
    before = "O"
    for word in words:
        label = word[2]
        if label != "O":
            goes_on = before != "O" and kind_of(before) == kind_of(label) and label[:2] not in {"B-", "S-", "U-"}
            if not goes_on:
                groups.append((kind_of(label), []))
            groups[-1][1].append(word)
        before = label
    return [Found(g[0][0], g[-1][1], kind, sum(w[3] for w in g) / len(g)) for kind, g in groups]
