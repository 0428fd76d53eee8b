-- The health of the feeds that are polled.
SELECT
    feed_id, health, entries, loaded, failed, waiting, last_poll_at::VARCHAR AS last_poll, last_error
FROM feed_health
WHERE enabled
ORDER BY health, feed_id;
