-- One execution as recorded. Asked in the transaction that ends it: the view run_log would count its failures, too.
SELECT
    run_id, flow, status::VARCHAR AS status, started_at, ended_at, epoch(ended_at - started_at) AS elapsed_seconds,
    feeds_polled, feeds_failed, entries_new, pages_fetched, articles_loaded, events_coded, failures, error
FROM run
WHERE run_id = $run_id;
