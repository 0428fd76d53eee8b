-- WARC files that hold the body of a page that waits to be read or, unless $waiting_only, that an article was made of.
-- A body that came again is stored once: every file with the same body of the same address counts.
WITH needed AS (
    SELECT capture_id FROM entry WHERE status = 'fetched'
    UNION
    SELECT capture_id FROM article WHERE NOT $waiting_only
)
SELECT DISTINCT holder.warc_file
FROM capture
SEMI JOIN needed USING (capture_id)
JOIN capture AS holder ON holder.url = capture.url AND holder.body_sha256 = capture.body_sha256;
