-- What the columns of a view mean: its own comments, else those of the tables' columns of the same name; "" is the view.
SELECT v.column_name, coalesce(
    v.comment, arg_min(t.comment, (coalesce(list_position(['event', 'event_mention', 'article'], t.table_name), 9), t.table_name))
) AS meaning
FROM duckdb_columns() AS v
LEFT JOIN duckdb_columns() AS t ON t.column_name = v.column_name AND t.comment IS NOT NULL
WHERE v.table_name = $view
GROUP BY v.column_name, v.comment
HAVING meaning IS NOT NULL
UNION ALL
SELECT '', comment FROM duckdb_views() WHERE view_name = $view;
