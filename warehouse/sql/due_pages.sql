-- Addresses to be fetched: pending, or failed and due again; the oldest sighting speaks for the address.
SELECT
    e.url, arg_min(e.feed_id, (e.first_seen_at, e.feed_id)) AS feed_id,
    max(e.attempts) AS attempts, min(e.first_seen_at) AS first_seen_at,
    arg_min(e.content_html, (e.first_seen_at, e.feed_id)) AS content_html
FROM entry AS e
WHERE e.url IS NOT NULL
  AND (e.status = 'pending' OR (e.status = 'failed' AND e.next_attempt_at <= $now))
  AND ($feeds IS NULL OR list_contains($feeds, e.feed_id))
GROUP BY e.url
ORDER BY first_seen_at, e.url
LIMIT $most;
