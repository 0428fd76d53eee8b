-- The last runs.
FROM run_log ORDER BY started_at DESC LIMIT 10;
