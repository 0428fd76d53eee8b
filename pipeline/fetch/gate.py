"""Politeness: how many requests run at once, and how soon one host is asked again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

_REMEMBER_SECONDS = 60.0  # the longest interval that somebody may still ask for: the cap on a crawl delay
_SWEEP_AT = 1024  # hosts; some 200 KB


@dataclass(frozen=True, slots=True)
class HostState:
    """What is going on with one host. `last_start` is in seconds of the gate's clock."""

    active: int = 0
    last_start: float = float("-inf")
    interval_seconds: float = 0.0  # which the last request asked to be kept after it

    def started(self, now: float, interval_seconds: float) -> HostState:
        """After a request began at `now`."""
        return HostState(self.active + 1, now, interval_seconds)

    def ended(self) -> HostState:
        """After a request ended."""
        return replace(self, active=self.active - 1)

    def is_over(self, now: float) -> bool:
        """Would any request start as soon with this forgotten?"""
        return self.active == 0 and now - self.last_start >= max(self.interval_seconds, _REMEMBER_SECONDS)


def wait_seconds(
    host: HostState, total_active: int, now: float, interval_seconds: float, *, host_connections: int, connections: int
) -> float | None:
    """How long a request to `host` has to wait: 0 may start now, None until another request has ended.

    The larger interval counts, this request's or the last one's: a page with a crawl delay of 10 s keeps it from
    the feed that was asked before it, too.
    """
    if host.active >= host_connections or total_active >= connections:
        return None
    return max(0.0, host.last_start + max(host.interval_seconds, interval_seconds) - now)


class Gate:
    """Lets requests through one by one; shared by all threads of a client.

    A thread that waits for its host holds no place of the total, so a slow host does not stop the others. Hosts
    that were not asked for a while are forgotten.
    """

    def __init__(self, *, host_connections: int, connections: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._host_connections, self._connections, self._clock = host_connections, connections, clock
        self._hosts: dict[str, HostState] = {}
        self._sweep_at = _SWEEP_AT
        self._active = 0
        self._changed = threading.Condition()

    def __len__(self) -> int:
        """Hosts remembered."""
        return len(self._hosts)

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
            while (wait := self._wait(host, interval_seconds)) != 0:
                self._changed.wait(wait)
            self._active += 1
            self._hosts[host] = self._state(host).started(self._clock(), interval_seconds)

    def _end(self, host: str) -> None:
        with self._changed:
            self._active -= 1
            self._hosts[host] = self._state(host).ended()
            if len(self._hosts) >= self._sweep_at:
                self._sweep()
            self._changed.notify_all()

    def _sweep(self) -> None:
        """Forget hosts that are over, each time that their number has doubled: a constant cost a request."""
        now = self._clock()
        self._hosts = {host: state for host, state in self._hosts.items() if not state.is_over(now)}
        self._sweep_at = max(_SWEEP_AT, 2 * len(self._hosts))

    def _wait(self, host: str, interval_seconds: float) -> float | None:
        return wait_seconds(
            self._state(host),
            self._active,
            self._clock(),
            interval_seconds,
            host_connections=self._host_connections,
            connections=self._connections,
        )

    def _state(self, host: str) -> HostState:
        return self._hosts.get(host, HostState())


class Patience:
    """How long one run waits for each host that asks for a crawl delay; what is left over waits for the next run."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._spent: dict[str, float] = {}
        self._lock = threading.Lock()

    def spend(self, host: str, seconds: float) -> bool:
        """Take one more wait of so many seconds for this host; False when that would be too long, and is not taken."""
        with self._lock:
            spent = self._spent.get(host, 0.0) + seconds
            if seconds and spent > self._seconds:
                return False
            self._spent[host] = spent
            return True
