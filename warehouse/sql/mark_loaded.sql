-- Every sighting of the page has its article.
UPDATE entry SET status = 'loaded', article_id = batch.article_id, stage = NULL, reason = NULL, next_attempt_at = NULL
FROM batch
WHERE entry.capture_id = batch.capture_id AND entry.status = 'fetched';
