"""Tiny models with weights set by hand: a word that begins with a capital is a person. Written to disk, then loaded."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LETTERS = string.ascii_letters
VOCABULARY = (*SPECIAL, *LETTERS, *(f"##{c}" for c in LETTERS), *".,'-0123456789")
LABELS = {0: "O", 1: "I-PER"}
DIMENSIONS = 8


def tokenizer() -> Any:
    """Word pieces of one letter each: "Omar" is O ##m ##a ##r."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    pieces = {piece: number for number, piece in enumerate(VOCABULARY)}
    made = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    return PreTrainedTokenizerFast(tokenizer_object=made, mask_token="[MASK]", model_max_length=64, **names)


def bert_config(**changes: Any) -> Any:
    from transformers import BertConfig

    return BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=DIMENSIONS,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        **changes,
    )


def save_classifier(folder: Path, labels: dict[int, str] = LABELS) -> None:
    """A BERT whose layers pass on what they get, and whose head tells capitals from the rest."""
    import torch
    from transformers import BertForTokenClassification

    model = BertForTokenClassification(bert_config(id2label=labels, label2id={v: k for k, v in labels.items()}))
    capital = torch.tensor([piece[0] in string.ascii_uppercase for piece in VOCABULARY])
    with torch.no_grad():
        for parameter in model.bert.encoder.layer.parameters():
            parameter.mul_(0)
        for layer in model.bert.encoder.layer:
            layer.attention.output.LayerNorm.weight.fill_(1)
            layer.output.LayerNorm.weight.fill_(1)
        embeddings = model.bert.embeddings
        embeddings.position_embeddings.weight.zero_()
        embeddings.token_type_embeddings.weight.zero_()
        sides = torch.tensor([1.0, -1.0] * (DIMENSIONS // 2))
        embeddings.word_embeddings.weight.copy_(torch.where(capital[:, None], sides, -sides))
        model.classifier.weight.zero_()
        model.classifier.bias.zero_()
        model.classifier.weight[1] = sides
    model.save_pretrained(folder)
    tokenizer().save_pretrained(folder)


def save_gliner(folder: Path) -> None:
    """A GLiNER of random weights: what it finds means nothing, but it is found in the way of the real ones."""
    import torch
    from gliner import GLiNER, GLiNERConfig

    tokenizer().save_pretrained(folder)
    torch.manual_seed(0)
    config = GLiNERConfig(
        model_name=str(folder), encoder_config=bert_config().to_dict(), hidden_size=DIMENSIONS, max_len=20, max_width=3,
        dropout=0.0,
    )  # fmt: skip
    GLiNER.from_config(config, backbone_from_pretrained=False).save_pretrained(folder)
