-- When each feed that is switched on is to be polled, the longest waiting first.
SELECT feed_id, next_poll_at
FROM feed
WHERE enabled
ORDER BY next_poll_at NULLS FIRST, feed_id;
