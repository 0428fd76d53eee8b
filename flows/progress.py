"""How a run tells what it is doing: a small protocol, so that a terminal, a log or nobody can listen."""

from __future__ import annotations

from typing import Protocol

STAGE_NAMES = {
    "poll": "poll feeds", "fetch": "fetch pages", "read": "extract and tag", "files": "read archives",
    "group": "group stories", "publish": "publish copy",
}  # fmt: skip


class Progress(Protocol):
    """Told of stages and steps. Called from many threads."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins, with that many steps to do; None: nobody knows before."""

    def advance(self, name: str, steps: int = 1) -> None:
        """Steps of a stage are done."""


class Silent:
    """Nobody listens."""

    def stage(self, name: str, total: int | None) -> None:
        """Nothing."""

    def advance(self, name: str, steps: int = 1) -> None:
        """Nothing."""


_listener: Progress = Silent()


def listen(progress: Progress) -> None:
    """Send what this process's runs tell to `progress` from now on."""
    global _listener
    _listener = progress


def current() -> Progress:
    """Who listens in this process."""
    return _listener
