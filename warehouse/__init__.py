"""Where it lands: the only opener of DuckDB."""

from warehouse.query import connect

__all__ = ["connect"]
