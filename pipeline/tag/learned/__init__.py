"""The learned coder: a small network that reads a sentence and tells what each word of it tells; see model/CARD.md."""

from pathlib import Path

from pipeline.errors import ConfigError

NETWORK, WEIGHTS, LABELS, TOKENIZER = FILES = ("encoder.onnx", "heads.npz", "labels.json", "tokenizer.json")


def check_learned(folder: Path | None) -> Path | None:
    """The setting as it is; ConfigError when the folder lacks a file, which worker processes would tell late."""
    missing = [name for name in FILES if folder is not None and not (folder / name).is_file()]
    if missing:
        raise ConfigError(f"event model {folder}", f"lacks {', '.join(missing)}", "a folder that `dateline train` made")
    return folder
