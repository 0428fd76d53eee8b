-- All feeds.
FROM feed_health ORDER BY feed_id;
