-- When the last runs that poll began, the newest first.
SELECT started_at
FROM run
WHERE flow = 'ingest'
ORDER BY started_at DESC
LIMIT $most;
