-- Keep the addresses that feeds have been polled at: a line each time it changes.
INSERT INTO feed_address
SELECT feed.feed_id, feed.feed_url, $now, $reason
FROM feed
LEFT JOIN (
    SELECT feed_id, arg_max(feed_url, used_from) AS feed_url
    FROM feed_address
    GROUP BY feed_id
) AS latest USING (feed_id)
WHERE feed.feed_id IN (SELECT feed_id FROM batch)
  AND feed.feed_url IS DISTINCT FROM latest.feed_url;
