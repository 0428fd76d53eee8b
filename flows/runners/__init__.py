"""Where pages are read: processes of this machine, Dask or Ray, behind one protocol, so that no stage knows which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Generic, Literal, TypeVar, get_args

from pipeline.errors import ConfigError
from pipeline.extract import Runner as Runner
from pipeline.extract import Workers

In = TypeVar("In")
Out = TypeVar("Out")
Name = Literal["processes", "dask", "ray"]
NAMES: tuple[Name, ...] = get_args(Name)
PACKAGES: dict[Name, str] = {"dask": "distributed", "ray": "ray"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup(Generic[In, Out]):
    """What is to be run, and within which limits; sent by value to where it runs. See `Workers`."""

    function: Callable[[In], Out]
    warm_up: Callable[[], None] | None
    seconds: float
    memory_bytes: int | None

    def open(self, count: int) -> Workers[In, Out]:
        """So many processes of this machine."""
        return Workers(
            self.function,
            count=count,
            seconds=self.seconds,
            warm_up=self.warm_up,
            memory_bytes=self.memory_bytes,
        )


def check_runner(name: Name, address: str | None) -> None:
    """ConfigError where the runner's extra is not installed, or it has no use for an address."""
    if name == "processes" and address:
        raise ConfigError("--address", "processes run on this machine", "say --runner dask or --runner ray")
    package = PACKAGES.get(name)
    if package and find_spec(package) is None:
        raise ConfigError("--runner", f"{package} is not installed", f"pip install 'dateline[{name}]'")


def open_runner(name: Name, setup: Setup[In, Out], count: int, address: str | None = None) -> Runner[In, Out]:
    """The runner of that name: with `count` processes of this machine, or on the cluster at `address`.

    Raises ConfigError for an address that it has no use for or cannot reach, and where its extra is not installed.
    """
    check_runner(name, address)
    if name == "processes":
        return setup.open(count)
    if name == "dask":
        from flows.runners.on_dask import OnDask

        return OnDask(setup, count, address)
    from flows.runners.on_ray import OnRay

    return OnRay(setup, count, address)
