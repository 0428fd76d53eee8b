"""What the benchmarks share: the folder of public sets with its scorers, JSON Lines, CPU time by part."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def evaluation_folder(scorer: str) -> Path | None:
    """The folder that DATELINE_EVAL names, its scorers importable; None, said on stderr, where it lacks `scorer`."""
    folder = Path(os.environ.get("DATELINE_EVAL", ""))
    if not (folder / scorer).is_file():
        print(f"skipped: DATELINE_EVAL does not name a folder with {scorer}", file=sys.stderr)
        return None
    sys.path.insert(0, str(folder))
    return folder


def read(path: Path) -> list[Record]:
    """A file of JSON Lines."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]  # no split at U+2028


def timed(times: dict[str, float], name: str, function: Callable[..., Any], *args: Any) -> Any:
    """The function's result; its CPU seconds are added to `times`."""
    began = time.thread_time()
    result = function(*args)
    times[name] = times.get(name, 0.0) + time.thread_time() - began
    return result
