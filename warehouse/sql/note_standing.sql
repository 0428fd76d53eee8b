-- What became of the codings that people judged.
UPDATE label
SET counts = batch.counts, standing = batch.standing, coded_now = batch.coded_now, run_id = batch.run_id
FROM batch
WHERE label.label_id = batch.label_id;
