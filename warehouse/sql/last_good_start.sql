-- When the last run that polled and ended well began.
SELECT max(started_at)
FROM run
WHERE flow = 'ingest' AND status = 'completed';
