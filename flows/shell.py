"""`dateline shell`: the views, and then DuckDB's prompt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rich.text import Text

from flows.answers import wide_console
from flows.visible import one_line
from warehouse.shell import shell_command, views


def run_shell(published: Path) -> int:
    """List the views where a person looks on, and hand over to DuckDB; its exit status."""
    listed = views(published)
    if sys.stdin.isatty():
        console = wide_console(sys.stdout)
        width = max((len(name) for name, _ in listed), default=0)
        for name, comment in listed:
            console.print(Text(f"{name:{width}}  {one_line(comment)}"), soft_wrap=True)
        console.print("Read-only; .quit ends it, .help says what else there is.", style="dim")
    sys.stdout.flush()
    return subprocess.call(shell_command(published))
