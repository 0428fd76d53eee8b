-- The best articles that have all the words, by BM25 as fts has it, but with what all segments hold together: a score of
-- one segment says how rare a word is there, which in a segment of one article is not at all.
WITH corpus AS (
    SELECT count(*) AS articles, avg(words) AS words FROM indexed
), rarity AS (
    SELECT term, log10((any_value(c.articles) - count(*) + 0.5) / (count(*) + 0.5) + 1) AS weight
    FROM counted
    CROSS JOIN corpus AS c
    GROUP BY term
), scored AS (
    SELECT
        article_id,
        sum(
            r.weight * t.times * (1.2 + 1) / (t.times + 1.2 * (1 - 0.75 + 0.75 * t.words / c.words)) ORDER BY t.term
        ) AS score
    FROM counted AS t
    JOIN rarity AS r USING (term)
    CROSS JOIN corpus AS c
    GROUP BY article_id
    HAVING count(*) = len($terms)
)
SELECT s.article_id, s.score
FROM scored AS s
JOIN warehouse.article AS a USING (article_id)
WHERE ($since IS NULL OR coalesce(a.published_at, a.loaded_at) >= CAST($since AS TIMESTAMPTZ))
  AND ($language IS NULL OR a.language = $language)
ORDER BY s.score DESC, s.article_id
LIMIT $limit;
