-- Every sighting of a page that was read again has its newest article.
UPDATE entry SET status = 'loaded', article_id = batch.article_id, stage = NULL, reason = NULL, next_attempt_at = NULL
FROM batch
WHERE entry.status IN ('loaded', 'failed')
  AND (
      entry.capture_id = batch.capture_id
      OR entry.article_id IN (SELECT article_id FROM article WHERE article.capture_id = batch.capture_id)
  );
