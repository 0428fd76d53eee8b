-- What went wrong in one execution.
SELECT stage::VARCHAR AS stage, reason, detail, url, feed_id, next_attempt_at
FROM failure
WHERE run_id = $run_id
ORDER BY failed_at, url;
