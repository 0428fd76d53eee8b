-- Runs that have not ended by their own word.
SELECT run_id, flow_run_id, host, pid
FROM run
WHERE status = 'running';
