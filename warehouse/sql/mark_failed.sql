-- Every sighting that waits for the address has failed, for now or for good.
UPDATE entry SET
    status = 'failed', stage = batch.stage, reason = batch.reason,
    attempts = entry.attempts + 1, next_attempt_at = batch.next_attempt_at
FROM batch
WHERE entry.url = batch.url AND entry.status IN ('pending', 'fetched', 'failed');
