-- These runs were killed, or their machine went down.
UPDATE run SET status = 'crashed', ended_at = greatest($now, started_at), error = 'killed, or its machine went down'
WHERE list_contains($runs, run_id);
