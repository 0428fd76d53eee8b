-- A run begins.
INSERT INTO run (run_id, flow, flow_run_id, program_version, host, pid, status, started_at)
VALUES ($run_id, $flow, $flow_run_id, $program_version, $host, $pid, 'running', $now);
