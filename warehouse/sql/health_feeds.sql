-- Feeds that are switched on and do not answer, with what they said last.
SELECT feed_id, CASE WHEN gone_since IS NOT NULL THEN 'gone' ELSE 'failing' END AS health, coalesce(last_error, 'no answer')
FROM feed
WHERE enabled AND (gone_since IS NOT NULL OR consecutive_failures > 0)
ORDER BY feed_id;
