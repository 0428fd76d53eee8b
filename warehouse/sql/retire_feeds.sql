-- Feeds that the operator no longer lists are off; what they gave stays.
UPDATE feed SET enabled = false
WHERE enabled AND feed_id NOT IN (SELECT feed_id FROM batch);
