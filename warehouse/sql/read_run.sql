-- One execution as recorded.
SELECT
    run_id, status::VARCHAR AS status, feeds_polled, feeds_failed, entries_new, pages_fetched, articles_loaded,
    events_coded, failures, error
FROM run
WHERE run_id = $run_id;
