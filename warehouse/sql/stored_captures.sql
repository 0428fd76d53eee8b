-- Captured pages to be read again, with what their feeds say of them: those of the latest articles that another
-- extractor made (all of them where $every), and those that could not be read. A page that ended its worker is tried
-- again only where $every. A page of several feeds speaks for the one that showed it first, whichever are asked for.
WITH wanted AS (
    SELECT capture_id, article_id, url FROM article WHERE is_latest AND ($every OR extractor <> $extractor)
),
page AS (  -- sightings of the capture itself speak before those that only led to the same article
    SELECT w.capture_id, w.article_id, w.url AS article_url, e.feed_id, e.entry_id, 1 AS distance
    FROM wanted AS w
    JOIN entry AS e ON e.capture_id = w.capture_id
    UNION ALL
    SELECT w.capture_id, w.article_id, w.url, e.feed_id, e.entry_id, 2
    FROM wanted AS w
    JOIN entry AS e ON e.article_id = w.article_id AND e.capture_id IS DISTINCT FROM w.capture_id
    UNION ALL
    SELECT e.capture_id, NULL, NULL, e.feed_id, e.entry_id, 1
    FROM entry AS e
    WHERE e.status = 'failed' AND e.stage = 'extract' AND ($every OR e.reason NOT IN ('crashed', 'timeout', 'memory'))
      AND e.capture_id NOT IN (SELECT capture_id FROM article WHERE is_latest)
)
SELECT
    c.capture_id, c.url, c.final_url, c.fetched_at, c.http_status, c.content_type, c.body_sha256, c.size_bytes,
    c.warc_file, c.warc_offset, c.warc_length,
    p.article_id, p.article_url,
    arg_min(e.feed_id, (p.distance, e.first_seen_at, e.feed_id)) AS feed_id,
    arg_min(e.title, (p.distance, e.first_seen_at, e.feed_id)) AS title,
    arg_min(e.authors, (p.distance, e.first_seen_at, e.feed_id)) AS authors,
    arg_min(coalesce(e.agency, f.agency), (p.distance, e.first_seen_at, e.feed_id)) AS agency,
    arg_min(f.language, (p.distance, e.first_seen_at, e.feed_id)) AS language,
    arg_min(f.country, (p.distance, e.first_seen_at, e.feed_id)) AS country,
    arg_min(e.published_at, (p.distance, e.first_seen_at, e.feed_id)) AS published_at,
    arg_min(e.updated_at, (p.distance, e.first_seen_at, e.feed_id)) AS modified_at,
    arg_min(e.content_html, (p.distance, e.first_seen_at, e.feed_id)) FILTER (length(e.content_html) > 1000) AS content_html,
    max(e.attempts) AS attempts
FROM page AS p
JOIN capture AS c USING (capture_id)
JOIN entry AS e USING (feed_id, entry_id)
LEFT JOIN feed AS f ON f.feed_id = e.feed_id
WHERE c.pruned_at IS NULL
GROUP BY ALL
HAVING $feeds IS NULL OR list_has_any(list(e.feed_id), $feeds)
ORDER BY any_value(p.article_id) IS NULL, c.warc_file, c.warc_offset, c.capture_id
LIMIT $most;
