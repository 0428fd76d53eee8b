-- Runs that have not ended by their own word.
SELECT run_id, flow_run_id
FROM run
WHERE status = 'running';
