-- The addresses that a feed has been polled at.
SELECT used_from, reason, feed_url
FROM feed_address
WHERE feed_id = $feed_id
ORDER BY used_from;
