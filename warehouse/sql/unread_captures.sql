-- Captured pages that no article or failure has come of yet, with what their feed says of them.
SELECT
    c.capture_id, c.url, c.final_url, c.fetched_at, c.http_status, c.content_type, c.body_sha256, c.size_bytes,
    c.warc_file, c.warc_offset, c.warc_length,
    arg_min(e.feed_id, (e.first_seen_at, e.feed_id)) AS feed_id,
    arg_min(e.title, (e.first_seen_at, e.feed_id)) AS title,
    arg_min(e.authors, (e.first_seen_at, e.feed_id)) AS authors,
    arg_min(coalesce(e.agency, f.agency), (e.first_seen_at, e.feed_id)) AS agency,
    arg_min(f.language, (e.first_seen_at, e.feed_id)) AS language,
    arg_min(f.country, (e.first_seen_at, e.feed_id)) AS country,
    arg_min(e.published_at, (e.first_seen_at, e.feed_id)) AS published_at,
    arg_min(e.updated_at, (e.first_seen_at, e.feed_id)) AS modified_at,
    arg_min(e.content_html, (e.first_seen_at, e.feed_id)) FILTER (length(e.content_html) > 1000) AS content_html,
    max(e.attempts) AS attempts
FROM entry AS e
JOIN capture AS c USING (capture_id)
LEFT JOIN feed AS f USING (feed_id)
WHERE e.status = 'fetched'
  AND ($among IS NULL OR list_contains($among, c.capture_id))
GROUP BY ALL
ORDER BY c.capture_id;
