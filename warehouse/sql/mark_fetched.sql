-- Every sighting that waits for the address has its page.
UPDATE entry SET status = 'fetched', capture_id = batch.capture_id, stage = NULL, reason = NULL, next_attempt_at = NULL
FROM batch
WHERE entry.url = batch.url AND entry.status IN ('pending', 'failed');
