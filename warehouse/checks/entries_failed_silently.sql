-- A failed entry says at which stage and why, as does one that was skipped say why.
SELECT feed_id, entry_id, url, status, stage, reason
FROM entry
WHERE (status = 'failed' AND (stage IS NULL OR reason IS NULL)) OR (status = 'skipped' AND reason IS NULL);
