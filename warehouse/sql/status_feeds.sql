-- The health of each feed, as the view feed_health tells it, with what it said last. That view also counts polls and
-- entries, which takes a second where there are millions.
SELECT
    feed_id,
    CASE WHEN NOT enabled THEN 'off' WHEN last_poll_at IS NULL THEN 'new' WHEN gone_since IS NOT NULL THEN 'gone'
         WHEN consecutive_failures > 0 THEN 'failing' ELSE 'good' END AS health,
    coalesce(gone_since, failing_since) AS since, last_error, last_poll_at, next_poll_at
FROM feed
ORDER BY since NULLS LAST, feed_id;
