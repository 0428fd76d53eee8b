-- What a failed poll teaches: since when, how often, why, and when to ask again.
UPDATE feed SET
    last_poll_at = batch.last_poll_at, next_poll_at = batch.next_poll_at,
    failing_since = coalesce(feed.failing_since, batch.last_poll_at),
    consecutive_failures = feed.consecutive_failures + 1, last_error = batch.last_error
FROM batch
WHERE feed.feed_id = batch.feed_id;
