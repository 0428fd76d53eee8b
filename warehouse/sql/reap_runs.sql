-- Who holds the lock knows that every other run that still says "running" is dead.
UPDATE run SET status = 'crashed', ended_at = $now, error = 'killed, or its machine went down'
WHERE status = 'running'
RETURNING run_id, flow_run_id;
