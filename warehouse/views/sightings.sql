-- Where each address was seen: one row an address and feed, with who showed it first and how much later this one did.
--   SELECT url, feed_id, minutes_after_first FROM sightings WHERE feed_count > 1 ORDER BY url, minutes_after_first;
CREATE OR REPLACE VIEW sightings AS
WITH shown AS (
    SELECT
        url, feed_id, min(first_seen_at) AS first_seen_at, min(published_at) AS published_at,
        arg_min(title, first_seen_at) AS title, arg_max(article_id, first_seen_at) AS article_id,
        max(renewals) AS renewals
    FROM entry
    WHERE url IS NOT NULL
    GROUP BY url, feed_id
)
SELECT
    s.url, s.feed_id, s.title, s.published_at, s.first_seen_at, s.renewals, s.article_id,
    CAST(count(*) OVER address AS INTEGER) AS feed_count,
    first_value(s.feed_id) OVER address AS first_feed_id,
    round(epoch(s.first_seen_at - first_value(s.first_seen_at) OVER address) / 60, 1) AS minutes_after_first
FROM shown AS s
WINDOW address AS (
    PARTITION BY s.url ORDER BY s.first_seen_at, s.feed_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
);
COMMENT ON VIEW sightings IS 'Where each address was seen: one row an address and feed, who was first and how much later this feed was.';
COMMENT ON COLUMN sightings.minutes_after_first IS 'Minutes after the first. By when feeds showed the address.';
