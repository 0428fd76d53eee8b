-- The raw files that hold what the warehouse knows of, pruned ones left out.
SELECT DISTINCT warc_file
FROM capture
WHERE pruned_at IS NULL
ORDER BY warc_file;
