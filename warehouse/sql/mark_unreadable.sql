-- Sightings of these captured pages have failed; nothing tries them again by itself, but `dateline rebuild` does.
UPDATE entry SET
    status = 'failed', stage = batch.stage, reason = batch.reason, attempts = entry.attempts + 1,
    next_attempt_at = NULL
FROM batch
WHERE entry.capture_id = batch.capture_id AND entry.status = 'fetched';
