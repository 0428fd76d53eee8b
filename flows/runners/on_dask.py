"""Items on a Dask cluster, through Dask's own client.

Not by prefect-dask: its task runner sends whole Prefect tasks, which would have to carry the open warehouse, and each
of them talks to Prefect's server, which workers on other machines need not reach. Here only pages and what was read in
them cross the network; batches, and who loads them, stay tasks of the flow.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Any, Generic, Self, cast

from distributed import Client, Future, LocalCluster, as_completed, get_worker
from distributed.scheduler import KilledWorker

from flows.runners import In, Out, Setup
from flows.runners.there import close_there, run_there
from pipeline.errors import ConfigError
from pipeline.extract import Crash, WorkersError

REACH_SECONDS = 30.0


class OnDask(Generic[In, Out]):
    """`count` workers on this machine, or those of the scheduler at `address` (tcp://host:8786).

    Dask runs again elsewhere what a dead worker had; an item whose workers died again and again is a Crash.
    The cluster's workers need the same Dateline; pages are sent to them, the home is not looked for there.
    """

    def __init__(self, setup: Setup[In, Out], count: int, address: str | None = None) -> None:
        self._setup = pickle.dumps(setup)
        with ExitStack() as closing:
            try:
                self._client = closing.enter_context(_client(closing, count, address))
            except (OSError, ValueError) as error:
                raise ConfigError("--address", f"no Dask scheduler answers at {address}", str(error)) from error
            closing.callback(self._end_there)
            self._closing = closing.pop_all()

    def map(self, items: Sequence[In]) -> Iterator[tuple[int, Out | Crash]]:
        """See `Runner.map`."""
        sent = {self._send(item): index for index, item in enumerate(items)}
        try:
            for future in as_completed(list(sent), loop=self._client.loop, raise_errors=False):
                yield sent[future], _outcome(future)
        finally:
            self._client.cancel([future for future in sent if not future.done()])

    def _send(self, item: In) -> Future:
        return self._client.submit(_run, self._setup, item, pure=False)

    def _end_there(self) -> None:
        with suppress(Exception):  # a cluster that is gone has nothing left to end
            self._client.run(close_there, self._setup)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()


def _client(closing: ExitStack, count: int, address: str | None) -> Client:
    if address is None:
        # memory_limit: Dask would watch its own small process, not those that read
        address = closing.enter_context(
            LocalCluster(
                n_workers=count, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0", memory_limit=0
            )
        ).scheduler_address
    return Client(address, timeout=REACH_SECONDS, set_as_default=False)


def _run(setup: bytes, item: Any) -> Any:
    """On a worker: it runs as many items at once as it has threads."""
    return run_there(setup, get_worker().state.nthreads, item)


def _outcome(future: Future) -> Any:
    if future.status == "finished":
        return future.result()
    error = future.exception() if future.status == "error" else None
    if isinstance(error, KilledWorker):
        return Crash("crashed", "several workers died over it")
    if isinstance(error, WorkersError):
        raise error
    raise WorkersError(f"the Dask cluster gave no result: {error or future.status}") from cast(Any, error)
