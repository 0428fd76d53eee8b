-- A run ends; what it did is counted from what it wrote.
UPDATE run SET
    status = $status, ended_at = greatest($now, started_at), error = $error,
    feeds_polled = (SELECT count(*) FROM poll WHERE run_id = $run_id),
    feeds_failed = (SELECT count(*) FROM poll WHERE run_id = $run_id AND outcome = 'failed'),
    entries_new = (SELECT coalesce(sum(entries_new), 0) FROM poll WHERE run_id = $run_id),
    pages_fetched = (SELECT count(*) FROM capture WHERE run_id = $run_id),
    articles_loaded = (SELECT count(*) FROM article WHERE run_id = $run_id AND loaded_at >= run.started_at),
    events_coded = (SELECT count(*) FROM event_mention WHERE run_id = $run_id),
    failures = (SELECT count(*) FROM failure WHERE run_id = $run_id)
WHERE run_id = $run_id;
