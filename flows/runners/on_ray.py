"""Items on a Ray cluster, as Ray's own tasks.

Not by prefect-ray, for the reasons that `on_dask` gives; it would also install ray[default] with a dashboard and its
three dozen packages.
"""

from __future__ import annotations

import pickle
import socket
from collections.abc import Iterator, Sequence
from logging import ERROR
from types import TracebackType
from typing import Any, Generic, Self

import ray
from ray.exceptions import RayError, RayTaskError, WorkerCrashedError

from flows.runners import In, Out, Setup
from flows.runners.there import run_there
from pipeline.errors import ConfigError
from pipeline.extract import Crash, WorkersError

REACH_SECONDS = 30.0
TRIES_AGAIN = 3  # of an item whose worker died
STORE_BYTES = 200 << 20  # of Ray's store on this machine: pages in flight, nothing else


class OnRay(Generic[In, Out]):
    """`count` workers of a Ray on this machine, or the cluster at `address` (host:6379, or ray://host:10001).

    Ray runs again elsewhere what a dead worker had; an item whose workers died again and again is a Crash.
    The cluster's nodes need the same Dateline; pages are sent to them, the home is not looked for there.
    """

    def __init__(self, setup: Setup[In, Out], count: int, address: str | None = None) -> None:
        self._setup = pickle.dumps(setup)
        own: dict[str, Any] = {"num_cpus": count, "object_store_memory": STORE_BYTES, "include_dashboard": False}
        try:
            _reach(address)
            ray.init(address or "local", log_to_driver=False, logging_level=ERROR, **({} if address else own))
        except (RayError, OSError, RuntimeError, ValueError) as error:
            raise ConfigError("--address", f"no Ray answers at {address or 'this machine'}", str(error)) from error
        self._run = ray.remote(num_cpus=1, max_retries=TRIES_AGAIN)(run_there)

    def map(self, items: Sequence[In]) -> Iterator[tuple[int, Out | Crash]]:
        """See `Runner.map`."""
        sent = {self._run.remote(self._setup, 1, item): index for index, item in enumerate(items)}
        try:
            while sent:
                done, _ = ray.wait(list(sent), num_returns=1)
                yield sent.pop(done[0]), _outcome(done[0])
        finally:
            for left in sent:
                ray.cancel(left)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ray.shutdown()  # its workers end with it, and their processes with them


def _reach(address: str | None) -> None:
    """OSError where nobody listens: Ray itself would try for many minutes."""
    host, colon, port = (address or "").removeprefix("ray://").rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), REACH_SECONDS).close()


def _outcome(reference: Any) -> Any:
    try:
        return ray.get(reference)
    except WorkerCrashedError:
        return Crash("crashed", "several workers died over it")
    except RayTaskError as error:
        raise WorkersError(str(error.cause)) from error
    except RayError as error:
        raise WorkersError(f"the Ray cluster gave no result: {error}") from error
