-- The latest polls of one feed, narrow enough for a terminal.
SELECT
    polled_at, outcome, http_status AS status, entries_seen AS seen, entries_new AS new, entries_changed AS changed,
    asked_fully AS fully, coalesce(reason || ': ' || detail, next_poll_reason) AS why
FROM poll
WHERE feed_id = $feed_id
ORDER BY polled_at DESC
LIMIT $most;
