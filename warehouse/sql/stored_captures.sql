-- Captured pages to be read again, with what their feed says of them: those of the latest articles that another
-- extractor made (all of them where $every), and those that could not be read.
SELECT
    c.capture_id, c.url, c.final_url, c.fetched_at, c.http_status, c.content_type, c.body_sha256, c.size_bytes,
    c.warc_file, c.warc_offset, c.warc_length,
    a.article_id, a.url AS article_url,
    arg_min(e.feed_id, (e.first_seen_at, e.feed_id)) AS feed_id,
    arg_min(e.title, (e.first_seen_at, e.feed_id)) AS title,
    arg_min(e.authors, (e.first_seen_at, e.feed_id)) AS authors,
    arg_min(coalesce(e.agency, f.agency), (e.first_seen_at, e.feed_id)) AS agency,
    arg_min(f.language, (e.first_seen_at, e.feed_id)) AS language,
    arg_min(e.published_at, (e.first_seen_at, e.feed_id)) AS published_at,
    arg_min(e.updated_at, (e.first_seen_at, e.feed_id)) AS modified_at,
    arg_min(e.content_html, (e.first_seen_at, e.feed_id)) FILTER (length(e.content_html) > 1000) AS content_html,
    max(e.attempts) AS attempts
FROM entry AS e
JOIN capture AS c USING (capture_id)
LEFT JOIN feed AS f USING (feed_id)
LEFT JOIN article AS a ON a.capture_id = c.capture_id AND a.is_latest
WHERE c.pruned_at IS NULL
  AND ($feeds IS NULL OR list_contains($feeds, e.feed_id))
  AND (
      (e.status = 'loaded' AND a.article_id IS NOT NULL AND ($every OR a.extractor <> $extractor))
      OR (e.status = 'failed' AND e.stage = 'extract' AND a.article_id IS NULL)
  )
GROUP BY ALL
ORDER BY c.warc_file, c.warc_offset, c.capture_id
LIMIT $most;
