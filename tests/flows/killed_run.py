"""A run that kills itself, as the kernel or an operator would: `killed_run.py HOME STAGE STEPS`.

SIGKILL strikes when STEPS steps of STAGE are done (0: when the stage begins).
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter

from flows.progress import listen
from flows.quiet import hush


class Killer:
    """Counts steps, and strikes."""

    def __init__(self, stage: str, steps: int) -> None:
        self._stage, self._steps, self._done = stage, steps, Counter[str]()

    def stage(self, name: str, total: int) -> None:
        """A stage begins."""
        self.advance(name, 0)

    def advance(self, name: str, steps: int = 1) -> None:
        """Steps are done."""
        self._done[name] += steps
        if name == self._stage and self._done[name] >= self._steps:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    hush()
    listen(Killer(sys.argv[2], int(sys.argv[3])))
    from flows.ingest import ingest

    ingest(home=sys.argv[1])
    sys.exit("it was to be killed")
