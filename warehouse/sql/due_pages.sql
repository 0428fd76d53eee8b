-- Addresses to be fetched: pending or failed, and due, or due later than any wait can be (a day): by a clock that was
-- ahead. The oldest sighting speaks for the address. With the last capture of each, where there is one. Without a choice
-- of feeds, those that are switched on.
WITH due AS (
    SELECT
        e.url, arg_min(e.link, (e.first_seen_at, e.feed_id)) AS link,
        arg_min(e.feed_id, (e.first_seen_at, e.feed_id)) AS feed_id,
        max(e.attempts) AS attempts, min(e.first_seen_at) AS first_seen_at, bool_or(e.full_text) AS full_text
    FROM entry AS e
    WHERE e.url IS NOT NULL
      AND ((e.status = 'pending' AND coalesce(e.next_attempt_at <= $now, true))
           OR (e.status = 'failed' AND e.next_attempt_at <= $now)
           OR (e.status = 'failed' AND e.next_attempt_at > $now + INTERVAL 2 DAY))
      AND CASE WHEN $feeds IS NULL THEN e.feed_id IN (SELECT feed_id FROM feed WHERE enabled)
               ELSE list_contains($feeds, e.feed_id) END
    GROUP BY e.url
    ORDER BY first_seen_at, e.url
    LIMIT $most
), captured AS (
    SELECT c.url, arg_max(c, c.fetched_at) AS previous
    FROM capture AS c
    SEMI JOIN due USING (url)
    GROUP BY c.url
)
SELECT due.url, due.link, due.feed_id, due.attempts, due.full_text, captured.previous
FROM due
LEFT JOIN captured USING (url)
ORDER BY due.first_seen_at, due.url;
