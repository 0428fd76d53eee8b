-- What went wrong in one execution, each line with the address that it is about.
SELECT
    stage::VARCHAR AS stage, reason,
    CASE WHEN contains(detail, url) THEN detail ELSE url || ': ' || detail END AS what,
    next_attempt_at
FROM failure
WHERE run_id = $run_id
ORDER BY stage, reason, url;
