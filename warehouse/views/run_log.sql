-- What each run did: one row a run, with how long it took and what failed.
--   FROM run_log ORDER BY started_at DESC LIMIT 10;
CREATE OR REPLACE VIEW run_log AS
SELECT
    r.run_id, r.flow, r.status, r.started_at, r.ended_at, epoch(r.ended_at - r.started_at) AS elapsed_seconds,
    r.feeds_polled, r.feeds_failed, r.entries_new, r.pages_fetched, r.articles_loaded, r.events_coded, r.failures,
    coalesce(f.failed_with, []) AS failed_with, r.error, r.program_version, r.host, r.pid, r.flow_run_id
FROM run AS r
LEFT JOIN LATERAL (
    SELECT list(concat(stage, ' ', reason, ': ', times) ORDER BY times DESC, stage, reason) AS failed_with
    FROM (
        SELECT stage, reason, count(*) AS times FROM failure WHERE failure.run_id = r.run_id GROUP BY stage, reason
    )
) AS f ON true;
COMMENT ON VIEW run_log IS 'What each run did: one row a run, with how long it took and what failed.';
COMMENT ON COLUMN run_log.elapsed_seconds IS 'From start to end, in seconds; NULL while it runs.';
COMMENT ON COLUMN run_log.failed_with IS 'What failed and how often, the most frequent first: "fetch http_404: 3".';
