-- Every sighting of a page that was read again has its newest article; one of a later capture keeps its own state.
UPDATE entry SET
    article_id = batch.article_id,
    status = CASE WHEN entry.capture_id = batch.capture_id THEN 'loaded' ELSE entry.status END,
    stage = CASE WHEN entry.capture_id <> batch.capture_id THEN entry.stage END,
    reason = CASE WHEN entry.capture_id <> batch.capture_id THEN entry.reason END,
    next_attempt_at = CASE WHEN entry.capture_id <> batch.capture_id THEN entry.next_attempt_at END
FROM batch
WHERE entry.status IN ('loaded', 'failed')
  AND (
      entry.capture_id = batch.capture_id
      OR entry.article_id IN (SELECT article_id FROM article WHERE article.capture_id = batch.capture_id)
  );
