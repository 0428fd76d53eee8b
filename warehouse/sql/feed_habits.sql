-- When some feeds published what was seen since $since: how much in each hour of the day (UTC), first and last.
-- An entry without a date counts from when it was seen, but not if the feed's first poll saw it: it may be old.
WITH publication AS (
    SELECT e.feed_id, least(coalesce(e.published_at, e.first_seen_at), e.first_seen_at) AS published_at
    FROM entry AS e
    JOIN feed AS f USING (feed_id)
    WHERE e.feed_id IN (SELECT unnest($feeds))
      AND e.first_seen_at > $since
      AND (e.published_at IS NOT NULL OR e.first_seen_at > f.watched_since)
)
SELECT
    feed_id, histogram(hour(published_at AT TIME ZONE 'UTC')) AS by_hour,
    min(published_at) AS first_at, max(published_at) AS last_at
FROM publication
WHERE published_at > $since
GROUP BY feed_id;
