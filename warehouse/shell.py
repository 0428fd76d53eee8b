"""DuckDB's own prompt on the readers' copy: read-only, in UTC, with the views listed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import WarehouseError
from warehouse.connection import MEMORY_MB, own_folder, quoted
from warehouse.query import ask
from warehouse.storage.pointer import POINTER, attaching_pointed

CLIENT = "duckdb_cli"
GREETING = "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_name"
FIRST = (
    f"SET TimeZone = 'UTC'; SET autoinstall_known_extensions = false; SET memory_limit = '{MEMORY_MB}MiB'; "
    "SET temp_directory = {folder};"
)


def shell_command(published: Path) -> list[str]:
    """The command line of the prompt; WarehouseError where there is no warehouse or no client."""
    spec = find_spec(CLIENT)
    if spec is None or spec.origin is None:
        raise WarehouseError("the package duckdb-cli is not installed: install Dateline with its dependencies")
    client = str(Path(spec.origin).parent / "duckdb")
    first = FIRST.format(folder=quoted(own_folder(published)))
    if published.suffix == POINTER:
        return [client, "-cmd", first + "".join(f" {statement};" for statement in attaching_pointed(published))]
    return [client, "-readonly", "-cmd", first, str(published.resolve())]


def views(published: Path) -> list[tuple[str, str]]:
    """Name and meaning of each view; WarehouseError where there is no warehouse yet."""
    return [(str(name), str(comment)) for name, comment in ask(published, GREETING).rows]
