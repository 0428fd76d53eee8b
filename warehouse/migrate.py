"""Bring a warehouse up to this program: numbered migrations and the views, applied to a copy that takes its place.

DuckDB 1.5.5 cannot replay some DDL from its write-ahead log ("GetDefaultDatabase with no default database set"),
so a program killed between a migration and its checkpoint would leave a file that never opens again. A copy that
is renamed when it is whole cannot be left half-way, and the old file stays good until then.
"""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import duckdb

from pipeline.errors import WarehouseError
from warehouse.catalog import view_comments
from warehouse.compact import compact
from warehouse.connection import connected, discard, swap

VIEWS = "views"

# Some migrations were changed in their first hours, which none is any more: SHA-256 of their earlier texts. What those
# made is equal, or made equal by a later migration.
EARLIER_TEXTS = {
    "0002_reading.sql": {
        "12bf857a2f3a5a93af0cb7abbb4eccf797d755d6abe9610658f8ee2c54a20db8",  # another comment
    },
    "0004_polling.sql": {
        "018447b530a061ac6e6fd73c11574c9946aa739b680440d71c1ec4f299bcbf9a",  # entry_version INTEGER: mended by 0011
        "e1b9ada9baeafaedf7bbe6bd57fe1a1799e2656cd544c1f94da2b3eaec47d931",  # a default for subjects
    },
    "0011_one_meaning.sql": {  # without some comments: 0018
        "419a7f5f626712687d8be9f9665aa4bdd58c2df75f08051014ccc3085290f89c",
        "7ad47b336c1753578144bb38760cc069fbf718fa96da907fd1070050259c73ab",
    },
    "0014_counted.sql": {
        "92a797b4c3a1240b5f5598cca4353f64965e5894b97f30816983f9563965e51a",  # counts NULL that are 0: 0018
    },
    "0015_days.sql": {
        "984175020d6831cf9a00d6a194c477c27983a40f660fb891a610cd51aa2bf017",  # made macros that views make now
    },
    "0016_backfill.sql": {
        "17c14eebe43fcfb5a3b59b862aa2e1b21d59584347ee59043658bc77e75a5967",  # other comments: 0018
    },
    "0017_times.sql": {
        "59240dc6a463f02f4b81e02877b17c9c9e5f3a7119c9a87f6a52b81e11c111f8",  # outlets as they were counted before: 0018
    },
}

LEDGER = """
CREATE TABLE IF NOT EXISTS schema_migration (
    migration VARCHAR PRIMARY KEY,
    migration_sha256 VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
COMMENT ON TABLE schema_migration IS 'Numbered migrations that this warehouse has been through.';
COMMENT ON COLUMN schema_migration.migration IS 'File name of the migration; "views" stands for all views together.';
COMMENT ON COLUMN schema_migration.migration_sha256 IS 'SHA-256 of that file, or of all views, when it was applied.';
COMMENT ON COLUMN schema_migration.applied_at IS 'When it was applied, UTC.';
"""


def scripts(folder: str) -> list[tuple[str, str]]:
    """(file name, SQL) of each file in `warehouse/<folder>/`, in the order of their names."""
    found = [f for f in (files("warehouse") / folder).iterdir() if f.name.endswith(".sql")]
    return sorted((f.name, f.read_text("utf-8")) for f in found)


def migrate(path: Path) -> bool:
    """Make or renew the warehouse at `path`; False when it is up to date and nothing was done.

    Raises WarehouseError when the file has been through a migration that is unknown here, or differs.
    """
    applied = ledger(path) if path.exists() else {}
    shipped = scripts("schema")
    refuse_strange(applied, {name: digest(text) for name, text in shipped})
    wanted = [(name, text) for name, text in shipped if name not in applied]
    if not wanted and applied.get(VIEWS) == views_digest():
        return False
    renew(path, wanted)
    return True


def ledger(path: Path) -> dict[str, str]:
    """The migrations that a warehouse has been through, with their digests; its log is brought into the file."""
    with connected(path) as connection:
        connection.execute("FORCE CHECKPOINT")
        return dict(connection.execute("SELECT migration, migration_sha256 FROM schema_migration").fetchall())


def refuse_strange(applied: dict[str, str], shipped: dict[str, str]) -> None:
    """WarehouseError when the file has been through a migration that is unknown here, or differs."""
    for name, sha256_applied in applied.items():
        if name == VIEWS:
            continue
        if name not in shipped:
            raise WarehouseError(f"the warehouse is newer than this program (migration {name}): upgrade Dateline")
        if sha256_applied != shipped[name] and sha256_applied not in EARLIER_TEXTS.get(name, ()):
            raise WarehouseError(f"migration {name} differs from the one that made this warehouse")


def renew(path: Path, wanted: list[tuple[str, str]]) -> None:
    """Apply migrations and views to a copy, then put it in the place of the warehouse; what a killed one left goes.

    A copy in which tables made anew left much room is written anew once more.
    """
    for left in path.parent.glob(f"{path.name}.*.new*"):
        discard(left)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        if path.exists():
            shutil.copyfile(path, fresh)
        with connected(fresh) as connection:
            connection.execute(LEDGER)
            for name, text in wanted:
                apply(connection, name, text, digest(text))
            apply(connection, VIEWS, "".join(text for _, text in scripts("views")), views_digest())
            connection.execute(";".join(view_comments(connection)))
            connection.execute("FORCE CHECKPOINT")
        compact(fresh)
        swap(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def apply(connection: duckdb.DuckDBPyConnection, name: str, text: str, sha256_text: str) -> None:
    """One migration, then its line in the ledger, each statement by itself: the copy is whole or thrown away.

    DuckDB 1.5.5 cannot alter a keyed table with rows several times in one transaction ("duplicate key" on commit).
    """
    connection.execute(text)
    connection.execute(
        "INSERT OR REPLACE INTO schema_migration (migration, migration_sha256) VALUES (?, ?)", [name, sha256_text]
    )


def views_digest() -> str:
    """SHA-256 over all views."""
    return digest("".join(text for _, text in scripts("views")))


def digest(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return sha256(text.encode()).hexdigest()
