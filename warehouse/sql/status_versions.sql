-- What read the articles that stand: how many each pair of extractor and tagger, how many of their pages are deleted,
-- and when the newest of them was loaded.
SELECT
    a.extractor, a.tagger, count(*) AS articles, count(*) FILTER (c.pruned_at IS NOT NULL) AS pruned,
    max(a.loaded_at) AS loaded_at
FROM article AS a
LEFT JOIN capture AS c USING (capture_id)
WHERE a.is_latest
GROUP BY a.extractor, a.tagger
ORDER BY loaded_at DESC, articles DESC, a.extractor, a.tagger;
