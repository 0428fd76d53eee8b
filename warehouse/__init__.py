"""Where it lands: the only opener of DuckDB."""
