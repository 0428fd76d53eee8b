-- When each feed that is switched on was polled and is to be, the longest waiting first.
SELECT feed_id, last_poll_at, next_poll_at
FROM feed
WHERE enabled
ORDER BY next_poll_at NULLS FIRST, feed_id;
