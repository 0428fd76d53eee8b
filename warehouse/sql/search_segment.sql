-- The best articles of one segment that have all the words.
SELECT d.name AS article_id, d.score
FROM (
    SELECT name, fts_main_SEGMENT.match_bm25(name, $words, conjunctive := 1) AS score FROM fts_main_SEGMENT.docs
) AS d
SEMI JOIN (FROM indexed WHERE segment = 'SEGMENT') AS i ON i.article_id = d.name
JOIN warehouse.article AS a ON a.article_id = d.name
WHERE d.score IS NOT NULL
  AND ($since IS NULL OR coalesce(a.published_at, a.loaded_at) >= CAST($since AS TIMESTAMPTZ))
  AND ($language IS NULL OR a.language = $language)
ORDER BY d.score DESC, d.name
LIMIT $limit;
