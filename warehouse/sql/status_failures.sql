-- What went wrong in the last runs, by stage and reason, and what has become of it: what still fails (a feed that does
-- not answer, a page whose entries are failed, a part of an archive), when it is tried again, whether its page is kept.
WITH lately AS (
    SELECT run_id, flow FROM run ORDER BY started_at DESC LIMIT $runs
), item AS (
    SELECT
        f.stage, f.reason, f.feed_id, f.url, count(*) AS times, max(f.failed_at) AS failed_at,
        arg_max(f.detail, f.failed_at) AS detail, arg_max(lately.flow, f.failed_at) AS flow
    FROM failure AS f
    JOIN lately USING (run_id)
    GROUP BY f.stage, f.reason, f.feed_id, f.url
), page AS (
    SELECT
        e.url, bool_or(e.status = 'failed') AS fails, min(e.next_attempt_at) FILTER (e.status = 'failed') AS again_at,
        bool_or(c.capture_id IS NOT NULL) AS is_kept
    FROM entry AS e
    LEFT JOIN capture AS c ON c.capture_id = e.capture_id AND c.pruned_at IS NULL
    WHERE e.url IN (SELECT url FROM item WHERE stage <> 'poll')
    GROUP BY e.url
), state AS (
    SELECT
        i.*, CASE WHEN i.stage = 'poll' THEN f.enabled AND f.consecutive_failures > 0 ELSE coalesce(p.fails, true) END AS fails,
        CASE WHEN i.stage = 'poll' THEN f.next_poll_at ELSE p.again_at END AS again_at,
        coalesce(p.is_kept, false) AS is_kept
    FROM item AS i
    LEFT JOIN feed AS f ON f.feed_id = i.feed_id
    LEFT JOIN page AS p ON p.url = i.url AND i.stage <> 'poll'
)
SELECT
    stage::VARCHAR AS stage, reason, flow, sum(times)::BIGINT AS times,
    count(*) FILTER (fails IS TRUE) AS failing,
    count(*) FILTER (fails IS TRUE AND again_at IS NOT NULL) AS again, min(again_at) FILTER (fails IS TRUE) AS again_at,
    count(*) FILTER (fails IS TRUE AND is_kept) AS kept,
    list(DISTINCT feed_id ORDER BY feed_id) FILTER (fails IS TRUE AND feed_id IS NOT NULL) AS feeds,
    arg_max(detail, failed_at) AS detail
FROM state
GROUP BY stage, reason, flow
ORDER BY failing = 0, times DESC, stage, reason, flow;
