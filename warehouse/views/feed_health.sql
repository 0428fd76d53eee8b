-- Is each feed alive, and what does it give?
--   SELECT feed_id, health, failing_since, last_error FROM feed_health WHERE health <> 'good';
CREATE OR REPLACE VIEW feed_health AS
WITH entries AS (
    SELECT
        feed_id,
        count(*) AS entries,
        count(*) FILTER (status = 'loaded') AS loaded,
        count(*) FILTER (status = 'failed') AS failed,
        count(*) FILTER (status IN ('pending', 'fetched')) AS waiting,
        max(first_seen_at) AS last_new_entry_at
    FROM entry
    GROUP BY feed_id
), polls AS (
    SELECT feed_id, count(*) AS polls, arg_max(outcome, polled_at) AS last_outcome
    FROM poll
    GROUP BY feed_id
)
SELECT
    f.feed_id, f.enabled,
    CASE WHEN NOT f.enabled THEN 'off' WHEN f.last_poll_at IS NULL THEN 'new'
         WHEN f.gone_since IS NOT NULL THEN 'gone' WHEN f.consecutive_failures > 0 THEN 'failing'
         ELSE 'good' END AS health,
    f.failing_since, f.gone_since, f.last_error, f.last_poll_at, f.next_poll_at, f.next_poll_reason,
    p.last_outcome, coalesce(p.polls, 0) AS polls,
    coalesce(e.entries, 0) AS entries, coalesce(e.loaded, 0) AS loaded, coalesce(e.failed, 0) AS failed,
    coalesce(e.waiting, 0) AS waiting, e.last_new_entry_at, f.feed_url, f.listed_url
FROM feed AS f
LEFT JOIN entries AS e USING (feed_id)
LEFT JOIN polls AS p USING (feed_id);
COMMENT ON VIEW feed_health IS 'One row a feed: is it alive, since when is it failing or gone, when is it asked next and why, what has it given?';
COMMENT ON COLUMN feed_health.health IS 'off, new (never asked), gone, failing or good.';
COMMENT ON COLUMN feed_health.last_outcome IS 'How the last poll went: read, unchanged or failed.';
COMMENT ON COLUMN feed_health.polls IS 'Attempts so far.';
COMMENT ON COLUMN feed_health.entries IS 'Entries seen in it.';
COMMENT ON COLUMN feed_health.loaded IS 'Entries that became articles.';
COMMENT ON COLUMN feed_health.failed IS 'Entries that failed.';
COMMENT ON COLUMN feed_health.waiting IS 'Entries that are yet to be fetched or read.';
COMMENT ON COLUMN feed_health.last_new_entry_at IS 'When it last showed something new, UTC.';
