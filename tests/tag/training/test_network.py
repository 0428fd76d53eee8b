"""The network learns, and what is exported says the same as what was trained."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import copy
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from flows.cli import app
from pipeline.errors import ConfigError
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.learned import FILES, NETWORK, TOKENIZER
from pipeline.tag.learned.coder import SHIPPED
from pipeline.tag.learned.encoder import Encoder, Floats, Pieced
from pipeline.tag.learned.heads import Labels
from pipeline.tag.learned.opinions import Model, Sure
from pipeline.tag.training.corpus import Labelled, read_row
from pipeline.tag.training.examples import Example, example, labels_of
from pipeline.tag.training.sentences import Read, open_reader, read_all

Trained = tuple[list[str], Path, Callable[[Sequence[int]], Floats]]


def row(text: str, trigger: str, kind: str, mode: str | None, actor: str, recipient: str) -> dict[str, Any]:
    told = {"trigger": trigger, "type": kind, "mode": mode, "actors": [actor], "recipients": [recipient]}
    return {"text": text, "events": [told]}


ROWS = [
    row("Rebels shelled Varn on Monday.", "shelled", "ASSAULT", "heavy-weapons", "Rebels", "Varn"),
    row("Norland lent Sudria two billion dollars.", "lent", "AID", None, "Norland", "Sudria"),
    row("Police in Karo held two men.", "held", "COERCE", "arrest", "Police in Karo", "two men"),
    {"text": "Rain fell on the harbour all night.", "kind": "weather", "events": []},
]


@pytest.fixture(scope="module")
def read(place_file: Path) -> list[Read]:
    sentences: list[Labelled] = [read_row(row, "here") for row in ROWS]
    return list(read_all(sentences, open_reader(place_file), load_lexicon()))


def test_a_sentence_as_numbers_says_what_its_words_tell(read: list[Read], labels: Labels) -> None:
    text = read[0].asked.text
    pieces = Pieced.open(SHIPPED).cut(text)
    numbers = example(read[0].asked, read[0].events, labels, pieces)
    assert numbers is not None
    told = {t.text: labels.types[n] for t, n in zip(read[0].asked.words.telling, numbers.types, strict=True)}
    assert told == {"Rebels": "NONE", "shelled": "ASSAULT"}
    (part,) = numbers.parts
    names = [t.text for t in read[0].asked.words.naming]
    assert part.parts[names.index("Rebels")].tolist() == [1, 0, 0]
    assert part.parts[names.index("Varn")].tolist() == [0, 1, 0]
    assert [labels.types[n] for n in numbers.ruled if n] == ["ASSAULT"]


@pytest.fixture(scope="module")
def labels(read: list[Read]) -> Labels:
    return labels_of(load_lexicon().types, [(r.asked, r.events) for r in read])


@pytest.fixture(scope="module")
def trained(read: list[Read], labels: Labels, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """What training said, the folder that it wrote, and what the network itself sees in pieces."""
    torch = pytest.importorskip("torch", reason="training needs the extra dateline[train]")
    from pipeline.tag.training import export, fit
    from pipeline.tag.training.network import Network

    base = fit.base_folder()
    pieced = Pieced.open(base)
    numbers = (example(r.asked, r.events, labels, pieced.cut(r.asked.text)) for r in read)
    examples: list[Example] = [e for e in numbers if e is not None]
    network = Network(str(base), labels, dropout=0.0, layers=3)
    anchors = fit.anchors_of(base, examples, "cpu")
    lines = list(fit.fit(network, examples, [], anchors, fit.Plan(epochs=20, seed=1), "cpu"))
    folder = tmp_path_factory.mktemp("model")
    export.export(network.eval(), labels, base, folder)

    def states(ids: Sequence[int]) -> Floats:
        row = torch.tensor([ids])
        with torch.no_grad():
            return np.asarray(network.states(row, torch.ones_like(row))[0])

    return lines, folder, states


@pytest.mark.parametrize("words", [0, 1, 14, 200])
def test_what_is_exported_sees_what_was_trained(trained: Trained, words: int) -> None:
    _, folder, states = trained
    pieces, found = Encoder.open(folder).encode(" ".join(["rebels"] * words))
    wanted = states(pieces.ids)
    alike = (found * wanted).sum(axis=1) / np.linalg.norm(found, axis=1) / np.linalg.norm(wanted, axis=1)
    assert alike.min() > 0.95
    assert alike.mean() > 0.98


def test_training_learns_what_it_is_shown(trained: Trained, read: list[Read]) -> None:
    lines, folder, _ = trained
    losses = [float(line.split("loss ")[1].split(",")[0]) for line in lines]
    assert losses[-1] < losses[0] / 2
    opinions = Model.open(folder).opinions([r.asked for r in read], Sure(0.5, 0.5, 0.5))
    told = {o.word.text: o.type for sentence in opinions for o in sentence if o.telling > 0.5}
    assert told == {"shelled": "ASSAULT", "lent": "AID", "held": "COERCE"}
    lent = next(o for o in opinions[1] if o.word.text == "lent")
    assert [t.text for t in lent.actors] == ["Norland"]
    assert [t.text for t in lent.recipients] == ["Sudria"]


def test_a_folder_of_the_older_form_is_told(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx", reason="training needs the extra dateline[train]")
    of = {"elem_type": onnx.TensorProto.INT64, "shape": ["sentences", "pieces"]}
    given, made = (onnx.helper.make_tensor_value_info(name, **of) for name in ("ids", "states"))
    same = onnx.helper.make_node("Identity", ["ids"], ["states"])
    onnx.save(onnx.helper.make_model(onnx.helper.make_graph([same], "old", [given], [made])), tmp_path / NETWORK)
    copy(SHIPPED / TOKENIZER, tmp_path)
    with pytest.raises(ConfigError, match="does not take the pieces of one text; train it again"):
        Encoder.open(tmp_path)


def test_its_folder_is_small_and_whole(trained: Trained) -> None:
    _, folder, _ = trained
    assert {f.name for f in folder.iterdir()} == {"encoder.onnx", "heads.npz", "labels.json", "tokenizer.json"}


def test_what_ships_is_small() -> None:
    assert sum(len(zlib.compress((SHIPPED / name).read_bytes())) for name in FILES) < 25_000_000  # as in a wheel


@pytest.mark.skipif(find_spec("torch") is not None, reason="what is missing is here")
def test_without_its_extra_training_says_what_to_install(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["train", str(tmp_path / "model")])
    assert isinstance(result.exception, ConfigError)
    assert "pip install 'dateline[train]'" in str(result.exception)
    assert not (tmp_path / "model").exists()
