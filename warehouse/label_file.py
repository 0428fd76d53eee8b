"""`labels.jsonl`: what people say of coded events, one JSON object a line, in the order in which it was said.

The warehouse has one writer, who may hold its lock for an hour, and a killed run must take nothing along that a person
said. So labels are not written into the warehouse: each is a line appended to this file, on the disk before the command
returns, under a lock of its own that is held for that write alone. Every run loads lines that it does not know yet into
the table `label` before it publishes; `dateline accuracy` and `dateline review` read file and table together, so that a
label counts at once, also where one of the two was lost. Nothing is ever changed in the file: a later line on the same
coding corrects or withdraws an earlier one, and the history stays.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from filelock import FileLock, Timeout

from pipeline.errors import ConfigError
from pipeline.records import Label, Part, Verdict

YEARS = range(1990, 9000)  # in which somebody may have said something
WAIT_SECONDS = 10.0  # another label is written in milliseconds
SEEN = frozenset(Label.__dataclass_fields__)
TEXTS = (
    "label_id", "labelled_by", "event_mention_id", "article_id", "event_type", "tagger", "sentence_text",
    "trigger_text",
)  # fmt: skip


def append_label(path: Path, lock: Path, label: Label) -> None:
    """Add a line that is on the disk on return; what a killed program left of a line before stays a line of its own.

    ConfigError where the home cannot be written.
    """
    line = json.dumps({**asdict(label), "labelled_at": label.labelled_at.isoformat()}, ensure_ascii=False) + "\n"
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=WAIT_SECONDS), path.open("ab+") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(size - 1)
                line = line if file.read(1) == b"\n" else "\n" + line
            file.write(line.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
    except Timeout as error:
        raise ConfigError(str(path), "another program holds its lock", "try again; nothing was stored") from error
    except OSError as error:
        raise ConfigError(
            str(path), f"cannot be written ({error.strerror})", "labels are stored in the home: ask who owns it"
        ) from error


def read_labels(path: Path) -> tuple[list[Label], list[str]]:
    """All labels of the file in their order, and what is wrong with lines that are none. A home need not have any."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [f"{path.name}: cannot be read ({error.strerror})"]
    labels: list[Label] = []
    wrong: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                labels.append(label_of(json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                wrong.append(f"{path.name} line {number}: no label, and passed over ({error})")
    return labels, wrong


def label_of(told: dict[str, Any]) -> Label:
    """A label as it was stored; ValueError, TypeError or KeyError where it is none."""
    label = Label(
        **{
            **{name: told[name] for name in SEEN},
            "labelled_at": datetime.fromisoformat(str(told["labelled_at"])),
            "wrong": tuple(told["wrong"]),
            "should_be": dict(told["should_be"]),
            "coded": dict(told["coded"]),
        }
    )
    wrong = wrong_with(label)
    if wrong:
        raise ValueError(wrong)
    return label


def wrong_with(label: Label) -> str | None:
    """What the warehouse could not hold of a label, or would not understand; None where nothing is wrong."""
    strange = [part for part in label.wrong if part not in get_args(Part)]
    if strange or label.verdict not in get_args(Verdict) or bool(label.wrong) != (label.verdict == "wrong"):
        return f"{label.verdict!r} of {strange or list(label.wrong)}"
    if not label.should_be.keys() <= set(label.wrong):
        return "something should be otherwise that is not said to be wrong"
    if label.labelled_at.tzinfo is None or label.labelled_at.year not in YEARS:
        return "a time without a zone, or of another age"
    texts = [*(getattr(label, name) for name in TEXTS), *label.coded, *label.coded.values(), *label.should_be.values()]
    if not all(isinstance(text, str) and is_writable(text) for text in (*texts, label.note or "")):
        return "a text of another kind, or with half a character"
    if not is_number(label.trigger_start, 0) or (label.drawn_from is not None and not is_number(label.drawn_from, 1)):
        return "a number of another kind"
    return None


def is_number(value: object, least: int) -> bool:
    """Whether it is a whole number that a column holds."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < 2**31


def is_writable(text: str) -> bool:
    """Whether it is made of whole characters."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
