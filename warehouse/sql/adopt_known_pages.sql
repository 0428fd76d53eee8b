-- A new sighting of an address that was already fetched or loaded needs no second download.
UPDATE entry SET status = known.status, capture_id = known.capture_id, article_id = known.article_id
FROM (
    SELECT url, arg_max(status, first_seen_at) AS status, arg_max(capture_id, first_seen_at) AS capture_id,
           arg_max(article_id, first_seen_at) AS article_id
    FROM entry
    WHERE status IN ('fetched', 'loaded') AND capture_id IS NOT NULL
      AND url IN (SELECT url FROM batch)
    GROUP BY url
) AS known, batch
WHERE entry.url = known.url AND entry.status = 'pending' AND entry.capture_id IS NULL
  AND entry.feed_id = batch.feed_id AND entry.entry_id = batch.entry_id;
