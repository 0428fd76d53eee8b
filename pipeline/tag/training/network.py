"""The network as it is trained: the encoder with its heads, and what it should have said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as f
from transformers import BertModel

from pipeline.tag.learned.heads import ROLES, Labels
from pipeline.tag.training.examples import UNTOLD, Example

INNER, RULE, PART = 256, 64, 128  # widths: of what an event is read from, of the rules' type, of a part
SMOOTHED = 0.05  # share of certainty that is taken from a label
WEIGHTS = {"kind": 1.0, "mode": 0.5, "polarity": 0.3, "modality": 0.5, "parts": 0.3, "whole": 1.0}


class Network(nn.Module):
    """A MiniLM that reads a sentence once, and heads that are asked about its words."""

    def __init__(self, base: str, labels: Labels, dropout: float, layers: int) -> None:
        super().__init__()
        kinds, size = len(labels.types), PART * len(ROLES)
        self.encoder = BertModel.from_pretrained(
            base,
            add_pooling_layer=False,
            hidden_dropout_prob=dropout,
            attn_implementation="eager",
            num_hidden_layers=layers,
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.rule = nn.Embedding(kinds, RULE)
        self.event = nn.Linear(width + RULE, INNER)
        self.kind, self.mode = nn.Linear(INNER, kinds), nn.Linear(INNER, len(labels.modes))
        self.polarity = nn.Linear(INNER, len(labels.polarities))
        self.modality = nn.Linear(INNER, len(labels.modalities))
        self.asks, self.answers = nn.Linear(width, size), nn.Linear(width, size)
        self.hangs = nn.Embedding(len(labels.relations) + 1, size)
        self.hangs_base = nn.Embedding(len(labels.relations) + 1, len(ROLES))
        self.part = nn.Parameter(torch.randn(len(ROLES), PART) * 0.1)
        self.part_base = nn.Parameter(torch.full((len(ROLES),), -2.0))
        self.ruled = nn.Parameter(torch.zeros(len(ROLES), len(ROLES)))
        for table, spread in ((self.rule, 0.2), (self.hangs, 0.05), (self.hangs_base, 0.0)):
            nn.init.normal_(table.weight, std=spread)
        self.mode_types = torch.tensor([labels.types.index(kind) for kind, _ in labels.modes])

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Vectors of pieces (sentences by pieces by width)."""
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state

    def told(self, words: Tensor, ruled: Tensor) -> dict[str, Tensor]:
        """Scores of each word's labels, by head."""
        inner = torch.cat([self.dropout(words), self.rule(ruled)], dim=-1)
        inner = self.dropout(f.gelu(self.event(inner), approximate="tanh"))
        return {name: getattr(self, name)(inner) for name in ("kind", "mode", "polarity", "modality")}

    def parts(self, event: Tensor, others: Tensor, relations: Tensor, ruled: Tensor) -> Tensor:
        """Scores of each other word for each role in one event."""
        pairs = torch.tanh(self.asks(event)[None] + self.answers(others) + self.hangs(relations))
        scores = (pairs.view(len(others), len(ROLES), PART) * self.part).sum(-1)
        return scores + self.part_base + self.hangs_base(relations) + ruled @ self.ruled

    def loss(self, states: Tensor, batch: Sequence[Example], blind: Sequence[bool]) -> Tensor:
        """How far from right; `blind` sentences are read without what the rules say."""
        on = states.device
        words = torch.cat([states[n, _on(e.events, on)] for n, e in enumerate(batch)])
        shown = [e.ruled * (not b) for e, b in zip(batch, blind, strict=True)]
        told = self.told(words, _on(np.concatenate(shown), on))
        types = _gold(batch, "types", on)
        tells = types > 0
        total = WEIGHTS["kind"] * f.cross_entropy(told["kind"], types, label_smoothing=SMOOTHED)
        if tells.any():
            of_type = self.mode_types.to(on)[None] == types[tells][:, None]
            told["mode"] = told["mode"].clone()
            told["mode"][tells] = told["mode"][tells].masked_fill(~of_type, -1e4)
            for name, field in (("mode", "modes"), ("polarity", "polarities"), ("modality", "modalities")):
                total = total + WEIGHTS[name] * f.cross_entropy(
                    told[name], _gold(batch, field, on), ignore_index=UNTOLD
                )
            total = total + WEIGHTS["parts"] * self._parts_loss(states, batch, blind) / tells.sum()
        return total

    def _parts_loss(self, states: Tensor, batch: Sequence[Example], blind: Sequence[bool]) -> Tensor:
        total, on = states.new_zeros(()), states.device
        for n, (one, hidden) in enumerate(zip(batch, blind, strict=True)):
            others = states[n, _on(one.others, on)]
            for part in one.parts:
                ruled = _on(part.ruled, on) * (not hidden)
                event = states[n, int(one.events[part.event])]
                scores = self.parts(event, others, _on(part.relations, on), ruled)
                total = total + f.binary_cross_entropy_with_logits(scores, _on(part.parts, on), reduction="sum")
        return total


def whole(states: Tensor, mask: Tensor) -> Tensor:
    """The sentences' own vectors: means over their pieces."""
    weights = mask.unsqueeze(-1).float()
    return (states * weights).sum(1) / weights.sum(1)


def _gold(batch: Sequence[Example], field: str, device: torch.device) -> Tensor:
    return _on(np.concatenate([getattr(e, field) for e in batch]), device)


def _on(numbers: Any, device: torch.device) -> Tensor:
    return torch.from_numpy(numbers).to(device)


def padded(batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Ids and mask of sentences together."""
    ids = torch.zeros(len(batch), max(len(e.ids) for e in batch), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for n, one in enumerate(batch):
        ids[n, : len(one.ids)] = torch.tensor(one.ids)
        mask[n, : len(one.ids)] = 1
    return ids, mask


def heads_of(network: Network) -> dict[str, Any]:
    """The weights of all but the encoder, by the names that `pipeline.tag.learned.heads` reads."""
    tables = {"rule", "hangs", "hangs_base"}
    found: dict[str, Any] = {}
    for name, value in network.state_dict().items():
        if name.startswith("encoder."):
            continue
        short = name.removesuffix(".weight") if name.removesuffix(".weight") in tables else name
        found[short] = value.numpy().astype(np.float16)
    return found
