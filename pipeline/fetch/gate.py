"""Politeness: how many requests run at once, and how soon one host is asked again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class HostState:
    """What is going on with one host. `next_start` is in seconds of the gate's clock."""

    active: int = 0
    next_start: float = float("-inf")

    def started(self, now: float, interval_seconds: float) -> HostState:
        """After a request began at `now`."""
        return HostState(self.active + 1, now + interval_seconds)

    def ended(self) -> HostState:
        """After a request ended."""
        return replace(self, active=self.active - 1)


def wait_seconds(
    host: HostState, total_active: int, now: float, *, host_connections: int, connections: int
) -> float | None:
    """How long a request to `host` has to wait: 0 may start now, None until another request has ended."""
    if host.active >= host_connections or total_active >= connections:
        return None
    return max(0.0, host.next_start - now)


class Gate:
    """Lets requests through one by one; shared by all threads of a client.

    A thread that waits for its host holds no place of the total, so a slow host does not stop the others.
    """

    def __init__(self, *, host_connections: int, connections: int) -> None:
        self._host_connections, self._connections = host_connections, connections
        self._hosts: dict[str, HostState] = {}
        self._active = 0
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, host: str, interval_seconds: float) -> Iterator[None]:
        """Wait for a turn at `host`, and hold it; the next starts `interval_seconds` later at the soonest."""
        self._begin(host, interval_seconds)
        try:
            yield
        finally:
            self._end(host)

    def _begin(self, host: str, interval_seconds: float) -> None:
        with self._changed:
            while (wait := self._wait(host)) != 0:
                self._changed.wait(wait)
            self._active += 1
            self._hosts[host] = self._state(host).started(time.monotonic(), interval_seconds)

    def _end(self, host: str) -> None:
        with self._changed:
            self._active -= 1
            self._hosts[host] = self._state(host).ended()
            self._changed.notify_all()

    def _wait(self, host: str) -> float | None:
        return wait_seconds(
            self._state(host),
            self._active,
            time.monotonic(),
            host_connections=self._host_connections,
            connections=self._connections,
        )

    def _state(self, host: str) -> HostState:
        return self._hosts.get(host, HostState())
