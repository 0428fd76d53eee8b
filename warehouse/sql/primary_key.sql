-- The columns of a table's primary key, in their order.
SELECT constraint_column_names
FROM duckdb_constraints()
WHERE table_name = $table AND constraint_type = 'PRIMARY KEY' AND database_name = current_database();
