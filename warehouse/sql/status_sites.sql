-- Pages of each site that were read, and that could not be for one of $reasons: of what feeds showed in the last three
-- days, and in the four weeks before.
WITH page AS (
    SELECT
        e.url, lower(regexp_extract(e.url, '^[a-z]+://(?:[^/@]*@)?([^/:?#]+)', 1)) AS host,
        max(e.first_seen_at) > $now - INTERVAL 3 DAY AS is_late, bool_and(e.status = 'failed') AS failed
    FROM entry AS e
    WHERE e.first_seen_at > $now - INTERVAL 31 DAY
      AND (e.status = 'loaded' OR (e.status = 'failed' AND e.stage = 'extract' AND list_contains($reasons, e.reason)))
    GROUP BY e.url
)
SELECT
    host,
    count(*) FILTER (is_late) AS pages, count(*) FILTER (is_late AND failed) AS failed,
    count(*) FILTER (NOT is_late) AS pages_before, count(*) FILTER (NOT is_late AND failed) AS failed_before
FROM page
WHERE host <> ''
GROUP BY host
HAVING count(*) FILTER (is_late AND failed) > 0
ORDER BY failed DESC, host;
