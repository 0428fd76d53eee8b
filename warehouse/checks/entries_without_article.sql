-- A loaded entry leads to its article, and no entry to one that is not there.
SELECT e.feed_id, e.entry_id, e.url, e.status, e.article_id
FROM entry AS e
LEFT JOIN article AS a USING (article_id)
WHERE a.article_id IS NULL AND (e.article_id IS NOT NULL OR e.status = 'loaded');
