"""What runs in a worker of a cluster: the item is handed to processes that only this worker has, as it would be here.

So a page that hangs, fills the memory or crashes its process costs itself and no worker, under Dask and Ray as well;
and when a worker dies, its processes end themselves.
"""

from __future__ import annotations

import pickle
import threading
from typing import Any

from pipeline.extract import Crash, Workers

_pools: dict[bytes, Workers[Any, Any]] = {}
_lock = threading.Lock()


def run_there(setup: bytes, count: int, item: Any) -> Any | Crash:
    """The item's result. `setup` is a pickled Setup, `count` how many items this worker runs at once."""
    with _lock:
        pool = _pools.get(setup)
        if pool is None:
            pool = _pools[setup] = pickle.loads(setup).open(count)
    [(_, result)] = pool.map([item])
    return result


def close_there(setup: bytes) -> None:
    """End the processes of that setup."""
    with _lock:
        pool = _pools.pop(setup, None)
    if pool:
        pool.close()
