"""Writes what ships of a trained network: the encoder as ONNX in int8, the heads for numpy, labels, tokenizer."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from pipeline.tag.learned import LABELS, NETWORK, TOKENIZER, WEIGHTS
from pipeline.tag.learned.heads import Labels
from pipeline.tag.training.network import Network, heads_of

OPSET = 17
# A scale for each column of a matrix: with one for all, a text's cosine to itself in float32 is .957, so it is .992.
# Seven bits, so that sums do not overflow on processors without VNNI.
QUANTIZED = {"per_channel": True, "reduce_range": True, "extra_options": {"MatMulConstBOnly": True}}


class _Encoder(nn.Module):
    """The encoder alone, asked by ids and mask."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Vectors of pieces."""
        return self.network.states(ids, mask)


def export(network: Network, labels: Labels, base: Path, folder: Path, *, quantized: bool = True) -> None:
    """Makes the folder that `LearnedCoder` opens; in float32 where `quantized` is false, to state what int8 costs."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / NETWORK
        _write_onnx(network, whole)
        if quantized:
            quantize_dynamic(whole, folder / NETWORK, weight_type=QuantType.QInt8, **QUANTIZED)
        else:
            shutil.copy(whole, folder / NETWORK)
    np.savez_compressed(folder / WEIGHTS, **heads_of(network))
    shutil.copy(base / TOKENIZER, folder / TOKENIZER)
    (folder / LABELS).write_text(json.dumps(_row(labels), indent=0) + "\n", encoding="utf-8")


def _write_onnx(network: Network, path: Path) -> None:
    sample = torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "sentences", 1: "pieces"} for name in ("ids", "mask", "states")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the older exporter, which needs no further package
        torch.onnx.export(
            _Encoder(network),
            (sample, sample),
            str(path),
            input_names=["ids", "mask"],
            output_names=["states"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def _row(labels: Labels) -> dict[str, object]:
    return {
        "types": labels.types,
        "modes": labels.modes,
        "polarities": labels.polarities,
        "modalities": labels.modalities,
        "relations": list(labels.relations),
    }
