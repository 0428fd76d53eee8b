"""Writes what ships of a trained network: the encoder as ONNX in int8, the heads for numpy, labels, tokenizer."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as f

from pipeline.tag.learned import LABELS, NETWORK, TOKENIZER, WEIGHTS
from pipeline.tag.learned.heads import Labels
from pipeline.tag.training.network import Network, heads_of

OPSET = 17
# A scale for each column of a matrix: with one for all, a text's cosine to itself in float32 is .957, so it is .992.
# Seven bits, so that sums do not overflow on processors without VNNI.
QUANTIZED = {"per_channel": True, "reduce_range": True, "extra_options": {"MatMulConstBOnly": True}}


class _OneText(nn.Module):
    """The encoder as it is asked: one text (a row of ids), so that nothing is masked; q, k and v from one matrix."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.layers, self.parts = encoder.encoder.layer, encoder.config.num_attention_heads
        self.width, given = encoder.config.hidden_size, encoder.embeddings
        self.words, self.norm = given.word_embeddings, given.LayerNorm
        self.positions = (given.position_embeddings.weight + given.token_type_embeddings.weight[0]).detach()
        self.joined = nn.ModuleList(_joined(layer.attention.self) for layer in self.layers)

    def forward(self, ids: Tensor) -> Tensor:
        """Vectors of pieces (pieces by width)."""
        x = self.norm(self.words(ids) + self.positions[: ids.shape[0]])
        for layer, joined in zip(self.layers, self.joined, strict=True):
            q, k, v = joined(x).view(-1, 3, self.parts, self.width // self.parts).permute(1, 2, 0, 3).split(1)
            seen = (torch.softmax(q @ k.transpose(2, 3), -1) @ v).transpose(1, 2).reshape(-1, self.width)
            x = layer.attention.output.LayerNorm(layer.attention.output.dense(seen) + x)
            x = layer.output.LayerNorm(layer.output.dense(f.gelu(layer.intermediate.dense(x))) + x)
        return x


def _joined(attention: Any) -> nn.Linear:
    """One layer for query, key and value; the query is scaled already."""
    scale = attention.attention_head_size**-0.5
    parts = (attention.query, attention.key, attention.value)
    joined = nn.Linear(attention.query.in_features, sum(p.out_features for p in parts))
    for name in ("weight", "bias"):
        q, k, v = (getattr(p, name).detach() for p in parts)
        setattr(joined, name, nn.Parameter(torch.cat([q * scale, k, v])))
    return joined


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
    sample = torch.arange(1000, 1016)
    one = _OneText(network.encoder).eval()
    axes = {name: {0: "pieces"} for name in ("ids", "states")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the older exporter, which needs no further package
        torch.onnx.export(
            one,
            (sample,),
            str(path),
            input_names=["ids"],
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
