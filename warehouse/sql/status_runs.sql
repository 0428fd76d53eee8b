-- The last runs, the newest first, with what they gave.
SELECT
    run_id, flow, status::VARCHAR AS status, started_at, ended_at, elapsed_seconds, feeds_polled, feeds_failed,
    entries_new, pages_fetched, articles_loaded, events_coded, failures, error
FROM run_log
ORDER BY started_at DESC, run_id
LIMIT $most;
