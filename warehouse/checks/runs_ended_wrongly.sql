-- A run that is over says when, and not before it began; one that still runs does not.
SELECT run_id, flow, status, started_at, ended_at
FROM run
WHERE (status = 'running') <> (ended_at IS NULL) OR ended_at < started_at;
