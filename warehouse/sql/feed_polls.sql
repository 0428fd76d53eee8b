-- The latest polls of one feed.
SELECT
    polled_at, outcome, http_status, elapsed_ms, entries_seen, entries_new, entries_changed, entries_left_out,
    asked_fully, reason, detail, next_poll_at, next_poll_reason
FROM poll
WHERE feed_id = $feed_id
ORDER BY polled_at DESC
LIMIT $most;
