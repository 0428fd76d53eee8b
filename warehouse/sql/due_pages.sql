-- Addresses to be fetched: pending, or failed and due again; the oldest sighting speaks for the address.
-- Without a choice of feeds, those that are switched on.
SELECT
    e.url, arg_min(e.feed_id, (e.first_seen_at, e.feed_id)) AS feed_id,
    max(e.attempts) AS attempts, min(e.first_seen_at) AS first_seen_at,
    arg_min(e.content_html, (e.first_seen_at, e.feed_id)) AS content_html
FROM entry AS e
WHERE e.url IS NOT NULL
  AND (e.status = 'pending' OR (e.status = 'failed' AND e.next_attempt_at <= $now))
  AND CASE WHEN $feeds IS NULL THEN e.feed_id IN (SELECT feed_id FROM feed WHERE enabled)
           ELSE list_contains($feeds, e.feed_id) END
GROUP BY e.url
ORDER BY first_seen_at, e.url
LIMIT $most;
