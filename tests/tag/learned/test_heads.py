"""The heads give shares; files that do not fit are named."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ConfigError
from pipeline.tag.learned import LABELS, WEIGHTS
from pipeline.tag.learned.heads import Heads

WIDTH, RULE, INNER, PART = 4, 2, 3, 2
ROW = {
    "types": ["NONE", "ASSAULT"], "modes": [["ASSAULT", None], ["ASSAULT", "firearms"]],
    "polarities": ["affirmed", "negated"], "modalities": ["actual", "planned", "hypothetical", "historical"],
    "relations": ["nsubj", "dobj"],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rng = np.random.default_rng(1)
    sizes = {
        "rule": (2, RULE), "event.weight": (INNER, WIDTH + RULE), "event.bias": (INNER,),
        "kind.weight": (2, INNER), "kind.bias": (2,), "mode.weight": (2, INNER), "mode.bias": (2,),
        "polarity.weight": (2, INNER), "polarity.bias": (2,), "modality.weight": (4, INNER), "modality.bias": (4,),
        "asks.weight": (3 * PART, WIDTH), "asks.bias": (3 * PART,), "answers.weight": (3 * PART, WIDTH),
        "answers.bias": (3 * PART,), "hangs": (3, 3 * PART), "hangs_base": (3, 3), "part": (3, PART),
        "part_base": (3,), "ruled": (3, 3),
    }  # fmt: skip
    np.savez(tmp_path / WEIGHTS, **{name: rng.normal(size=size) for name, size in sizes.items()})
    (tmp_path / LABELS).write_text(json.dumps(ROW))
    return tmp_path


def test_a_word_gets_shares_of_all_labels(folder: Path) -> None:
    heads = Heads.open(folder)
    words = np.ones((5, WIDTH), dtype=np.float32)
    told = heads.told(words, np.array([0, 0, 1, 1, 0]))
    assert told.types.shape == (5, 2)
    assert told.types.sum(axis=1) == pytest.approx(np.ones(5))
    assert told.modalities.sum(axis=1) == pytest.approx(np.ones(5))
    assert np.allclose(told.types[0], told.types[1])
    assert not np.allclose(told.types[0], told.types[2])  # what the rules say is heard


def test_a_part_depends_on_how_a_word_hangs_and_on_what_the_rules_say(folder: Path) -> None:
    heads = Heads.open(folder)
    others = np.ones((3, WIDTH), dtype=np.float32)
    ruled = np.zeros((3, 3), dtype=np.float32)
    ruled[2, 0] = 1
    parts = heads.parts(
        heads.asks(np.ones((1, WIDTH), dtype=np.float32)), heads.answers(others), np.array([1, 2, 1]), ruled
    )
    assert parts.shape == (3, 3)
    assert ((parts > 0) & (parts < 1)).all()
    assert not np.allclose(parts[0], parts[1])
    assert not np.allclose(parts[0], parts[2])


def test_where_nobody_is_named_nobody_takes_part(folder: Path) -> None:
    nobody = np.zeros((0, WIDTH), dtype=np.float32)
    heads, event = Heads.open(folder), np.ones(WIDTH, dtype=np.float32)
    parts = heads.parts(heads.asks(event[None]), heads.answers(nobody), np.zeros(0, dtype=int), np.zeros((0, 3)))
    assert parts.shape == (0, 3)


def test_labels_mean_what_their_file_says(folder: Path) -> None:
    labels = Heads.open(folder).labels
    assert labels.modes[1] == ("ASSAULT", "firearms")
    assert labels.relations == {"nsubj": 1, "dobj": 2}  # 0 is any other


@pytest.mark.parametrize("name", [WEIGHTS, LABELS])
def test_a_missing_file_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ConfigError, match=name):
        Heads.open(folder)


@pytest.mark.parametrize("name", [WEIGHTS, LABELS])
def test_a_spoilt_file_is_told(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ConfigError, match="learned coder's folder"):
        Heads.open(folder)


def test_labels_of_another_model_are_told(folder: Path) -> None:
    (folder / LABELS).write_text(json.dumps(ROW | {"relations": ["nsubj"]}))
    with pytest.raises(ConfigError, match="do not fit; both of one training"):
        Heads.open(folder)


@pytest.mark.parametrize("spoilt", ["[]", "null", '{"types": 3}'])
def test_labels_of_another_form_are_told(folder: Path, spoilt: str) -> None:
    (folder / LABELS).write_text(spoilt)
    with pytest.raises(ConfigError, match=r"labels\.json"):
        Heads.open(folder)


def test_weights_that_are_missing_are_told_before_a_text_is_read(folder: Path) -> None:
    with np.load(folder / WEIGHTS) as stored:
        weights = {name: stored[name] for name in stored.files if name != "part"}
    np.savez(folder / WEIGHTS, **weights)
    with pytest.raises(ConfigError, match=r"heads\.npz lacks part"):
        Heads.open(folder)
    (folder / WEIGHTS).write_bytes(b"")
    with pytest.raises(ConfigError, match=r"heads\.npz"):
        Heads.open(folder)
