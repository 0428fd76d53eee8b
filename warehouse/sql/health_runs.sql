-- The book of runs, in short.
SELECT run_id, status::VARCHAR, started_at
FROM run
ORDER BY started_at;
