-- The bytes of these captures are gone.
UPDATE capture SET pruned_at = batch.pruned_at
FROM batch
WHERE capture.warc_file = batch.warc_file AND capture.pruned_at IS NULL;
