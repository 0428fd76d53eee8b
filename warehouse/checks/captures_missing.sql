-- Every article, and every entry whose page was fetched, leads to its capture.
SELECT 'article' AS table_name, a.article_id AS row_id, a.capture_id
FROM article AS a
ANTI JOIN capture AS c USING (capture_id)
UNION ALL
SELECT 'entry', concat(e.feed_id, ' ', e.entry_id), e.capture_id
FROM entry AS e
LEFT JOIN capture AS c USING (capture_id)
WHERE c.capture_id IS NULL AND (e.capture_id IS NOT NULL OR e.status IN ('fetched', 'loaded'));
