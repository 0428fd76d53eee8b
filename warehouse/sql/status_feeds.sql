-- The health of each feed, with what it said last.
SELECT feed_id, health, coalesce(gone_since, failing_since) AS since, last_error, last_new_entry_at, next_poll_at
FROM feed_health
ORDER BY since NULLS LAST, feed_id;
