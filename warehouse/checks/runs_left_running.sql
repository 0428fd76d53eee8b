-- One run at a time: none still says "running" when a later one has begun. `dateline reap` or the next run mends it.
SELECT run_id, flow, host, pid, started_at
FROM run
WHERE status = 'running' AND started_at < (SELECT max(started_at) FROM run);
