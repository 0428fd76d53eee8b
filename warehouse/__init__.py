"""Where it lands: the only opener of DuckDB. Workers import its columns, so DuckDB is loaded where it is asked for."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.query import connect

__all__ = ["connect"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from warehouse import query

        return getattr(query, name)
    raise AttributeError(name)
