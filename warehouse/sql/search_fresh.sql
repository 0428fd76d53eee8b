-- Articles that are in no segment, the oldest first, so many to a segment.
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT *, (row_number() OVER (ORDER BY day, article_id) - 1) // $most AS part
FROM wanted
ANTI JOIN indexed USING (article_id);
